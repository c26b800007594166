import { expect } from 'chai';
import {
  ArrayEvent,
  DataVolumeReducer,
  DataWriter,
  DL1CameraContainer,
  GainSelector,
  ImageCleaner,
  ImageExtractor,
  ImageModifier,
  ImageParametersContainer,
  ImageParametrizer,
  ImageProcessor,
  InvalidPixelHandler,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  Reconstructor,
  StereoCombiner,
  type AdcSamples,
  type CameraGeometry,
  type ComponentClass,
  type EventIndexContainer,
  type Waveforms,
} from '@cherenkit/core';
import { buildComponent, conformanceChecks, showerEvent, ShowerEventSource, smallSubarray } from '@cherenkit/testing';

const OWN = { alt: 1.2, az: 0, coreX: 0, coreY: 0, isValid: true };

abstract class Fit extends Reconstructor {
  override reconstruct(event: ArrayEvent): void {
    this.change(event);
    const result = event.dl1.tel.size > 0 ? OWN : { reason: 'there are no images' };
    event.dl2.stereo.geometry.set(this.name, new ReconstructedGeometryContainer(result));
  }
  protected abstract change(event: ArrayEvent): void;
}

class NumbersEvents extends Fit {
  protected override change(event: ArrayEvent): void {
    event.index.eventId += 1000;
  }
}

class ReplacesIndex extends Fit {
  protected override change(event: ArrayEvent): void {
    event.index = new ArrayEvent().index;
  }
}

class CorrectsOthers extends Fit {
  protected override change({ dl2 }: ArrayEvent): void {
    for (const [name, result] of dl2.stereo.geometry) if (name !== this.name) result.coreX = 1;
  }
}

class RemovesOthers extends Fit {
  protected override change({ dl2 }: ArrayEvent): void {
    dl2.stereo.geometry.clear();
  }
}

class MovesTelescopes extends Fit {
  protected override change(): void {
    const [position] = this.context.subarray.positions.values();
    if (position) (position as { x: number }).x += 1;
  }
}

class CombinesInPlace extends StereoCombiner {
  override combine({ dl2 }: ArrayEvent, _property?: string, prefix = ''): void {
    for (const { energy } of dl2.tel.values()) {
      const result = energy.get(prefix);
      if (result) result.energy = 0;
    }
    dl2.stereo.energy.set(prefix, new ReconstructedEnergyContainer({ reason: 'for the test' }));
  }
}

class CleansInPlace extends ImageCleaner {
  override clean(_: number, image: Float32Array): Uint8Array {
    image[0] = -1;
    return new Uint8Array(image.length);
  }
}

class ChangesPeakTimes extends ImageCleaner {
  override clean(_: number, image: Float32Array, peakTime?: Float32Array): Uint8Array {
    peakTime?.fill(1);
    return new Uint8Array(image.length);
  }
}

class ChangesIndex extends ImageModifier {
  override modify(_: number, image: Float32Array, index: EventIndexContainer): Float32Array {
    index.obsId += 1;
    return image.slice();
  }
}

class ChangesMask extends ImageParametrizer {
  override parametrize(_: CameraGeometry, _image: unknown, mask: Uint8Array): ImageParametersContainer {
    mask.fill(0);
    return new ImageParametersContainer();
  }
}

class ChangesGeometry extends ImageParametrizer {
  override parametrize({ pixX }: CameraGeometry): ImageParametersContainer {
    pixX[0] = (pixX[0] ?? 0) + 1;
    return new ImageParametersContainer();
  }
}

class SubtractsPedestal extends ImageExtractor {
  override extract({ samples, nChannels, nPixels }: Waveforms<Float32Array>): DL1CameraContainer {
    samples[0] = (samples[0] ?? 0) - 1;
    return new DL1CameraContainer({ image: new Float32Array(nChannels * nPixels), isValid: true });
  }
}

class SelectsGain extends DataVolumeReducer {
  override reduce(_: Waveforms<Float32Array>, _telId: number, selected: Int8Array | undefined): undefined {
    selected?.fill(1);
  }
}

class ClipsSamples extends GainSelector {
  override select({ samples, nPixels }: Waveforms<AdcSamples>): Int8Array {
    samples[0] = 1;
    return new Int8Array(nPixels);
  }
}

class ScalesAllPixels extends InvalidPixelHandler {
  override handle(_: number, image: Float32Array, peakTime: Float32Array | undefined, invalid: Uint8Array): void {
    invalid.forEach((isInvalid, pixel) => (image[pixel] = isInvalid ? 0 : 2));
    invalid.forEach((isInvalid, pixel) => isInvalid && peakTime && (peakTime[pixel] = 0));
  }
}

class ChangesYielded extends ShowerEventSource {
  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    let previous: ArrayEvent | undefined;
    for await (const event of { [Symbol.asyncIterator]: () => super[Symbol.asyncIterator]() }) {
      if (previous) previous.index.eventId += 1000;
      previous = event;
      yield event;
    }
  }
}

class WritesInPlace extends DataWriter {
  override open(): Promise<void> {
    return Promise.resolve();
  }
  override write(event: ArrayEvent): Promise<void> {
    event.index.eventId = 0;
    return Promise.resolve();
  }
  override finish(): Promise<void> {
    return Promise.resolve();
  }
  override [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

const UNMODIFIED = 'does not modify its input';
const GUILTY: readonly [component: ComponentClass, check: string, message: RegExp][] = [
  [NumbersEvents, UNMODIFIED, /a shower was modified: index\.eventId: \d+, was \d+/],
  [ReplacesIndex, UNMODIFIED, /a shower was modified: index\./],
  [CorrectsOthers, UNMODIFIED, /a shower was modified: other\.result\.coreX: 1, was /],
  [RemovesOthers, UNMODIFIED, /a shower was modified: other\.isKept: false, was true/],
  [MovesTelescopes, UNMODIFIED, /the subarray was modified: positions\[1\]\.x: /],
  [CombinesInPlace, UNMODIFIED, /was modified: tel\[1\]\.energy\[Predictions\]\.energy: 0, was /],
  [CleansInPlace, UNMODIFIED, /was modified: image\[0\]: -1, was /],
  [ChangesPeakTimes, UNMODIFIED, /was modified: peakTime\[0\]: 1, was /],
  [ChangesIndex, UNMODIFIED, /was modified: index\.obsId: 2, was 1/],
  [ChangesMask, UNMODIFIED, /was modified: mask\[\d+\]: 0, was 1/],
  [ChangesGeometry, UNMODIFIED, /was modified: geometry\.pixX\[0\]: /],
  [SubtractsPedestal, UNMODIFIED, /was modified: waveforms\.samples\[0\]: /],
  [SelectsGain, UNMODIFIED, /was modified: selected\[0\]: 1, was 0/],
  [ClipsSamples, UNMODIFIED, /was modified: samples\[0\]: 1, was /],
  [ScalesAllPixels, UNMODIFIED, /was modified: image\[0\]: 2, was /],
  [ChangesYielded, 'does not modify events after yielding them', /modified after it was yielded: .*eventId/],
  [
    WritesInPlace,
    'writes events without telescopes, images or results, and does not modify events',
    /modified by write\(\): event\.index\.eventId: 0, was /,
  ],
];

describe('conformance finds what a component changes', () => {
  for (const [component, check, message] of GUILTY) {
    it(`${component.kind}: ${component.name}`, async () => {
      const found = conformanceChecks(component).find(({ name }) => name === check);
      const failure = await found?.run().then(
        () => 'none',
        (error: unknown) => (error as Error).message,
      );
      expect(failure).to.match(message);
    });
  }

  it('ImageProcessor: in its children', async () => {
    const components = [CleansInPlace, ChangesMask, ChangesIndex];
    const types = {
      image_cleaner_type: 'CleansInPlace',
      image_parametrizer_type: 'ChangesMask',
      image_modifier_type: 'ChangesIndex',
    };
    const config = { ImageProcessor: types };
    const built = await buildComponent(ImageProcessor, { config, components });
    expect(() => built.process(showerEvent(smallSubarray()))).to.throw(/CleansInPlace .*image was changed, although/);
  });
});
