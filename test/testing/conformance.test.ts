import { expect } from 'chai';
import {
  DL1CameraContainer,
  ImageCleaner,
  ImageExtractor,
  ImageModifier,
  ReconstructedGeometryContainer,
  Reconstructor,
  trait,
  type ArrayEvent,
  type ComponentClass,
  type Waveforms,
} from '@cherenkit/core';
import { conformance, conformanceChecks } from '@cherenkit/testing';

const valid = { alt: 1, az: 1, coreX: 1, coreY: 1, isValid: true };
const result = (event: ArrayEvent, values: object): void => {
  event.dl2.stereo.geometry.set('Test', new ReconstructedGeometryContainer(values));
};
const hasImages = ({ dl1 }: ArrayEvent): boolean =>
  [...dl1.tel.values()].some(({ parameters }) => (parameters?.hillas.intensity ?? NaN) > 0);

/** Conforms to the contract. */
class Sound extends Reconstructor.withTraits({
  least: trait.perTelescope(trait.number({ default: 1, help: 'A number.' })),
}) {
  static override readonly help: string = 'Conforms to the contract.';

  override reconstruct(event: ArrayEvent): void {
    result(event, hasImages(event) ? valid : { reason: 'there are no images' });
  }
}

class KeepsStateBetweenEvents extends Sound {
  static override readonly help = 'Counts events in its result.';
  private count = 0;

  override reconstruct(event: ArrayEvent): void {
    result(event, { ...valid, hMax: this.count++ });
  }
}

class IsRandom extends Sound {
  static override readonly help = 'Has a random result.';

  override reconstruct(event: ArrayEvent): void {
    result(event, { ...valid, hMax: Math.random() });
  }
}

class IsValidWithoutCore extends Sound {
  static override readonly help = 'Is valid without a core.';

  override reconstruct(event: ArrayEvent): void {
    result(event, { ...valid, coreX: NaN });
  }
}

class GivesNoReason extends Sound {
  static override readonly help = 'Has an invalid result without reason.';

  override reconstruct(event: ArrayEvent): void {
    result(event, hasImages(event) ? valid : {});
  }
}

class ThrowsForOneTelescope extends Sound {
  static override readonly help = 'Needs two telescopes.';

  override reconstruct(event: ArrayEvent): void {
    if (event.dl1.tel.size === 1) throw new RangeError('two telescopes, please');
    super.reconstruct(event);
  }
}

class SkipsEventsWithoutTelescopes extends Sound {
  static override readonly help = 'Writes nothing for an event without telescopes.';

  override reconstruct(event: ArrayEvent): void {
    if (event.dl1.tel.size > 0) super.reconstruct(event);
  }
}

class IsNeverValid extends Sound {
  static override readonly help = 'Has invalid results only.';

  override reconstruct(event: ArrayEvent): void {
    result(event, { reason: 'never' });
  }
}

class ChangesImages extends Sound {
  static override readonly help = 'Subtracts charge.';

  override reconstruct(event: ArrayEvent): void {
    for (const { image } of event.dl1.tel.values()) if (image) image[0] -= 1;
    super.reconstruct(event);
  }
}

class HasNoHelp extends Sound {}

class ListsUnknownTelescopes extends Sound {
  static override readonly help = 'Lists a telescope that is not in the event.';

  override reconstruct(event: ArrayEvent): void {
    result(event, { ...valid, telescopes: [99] });
  }
}

class KeepsInvalidCharges extends ImageCleaner {
  static override readonly help = 'Keeps all pixels.';

  override clean(_telId: number, image: Float32Array): Uint8Array {
    return new Uint8Array(image.length).fill(1);
  }
}

class UsesWholeArray extends ImageCleaner {
  static override readonly help = 'Depends on the number of telescopes.';

  override clean(_telId: number, image: Float32Array): Uint8Array {
    return Uint8Array.from(image, (charge) => Number(charge > 5 * this.context.subarray.nTels));
  }
}

class ReturnsShortMask extends ImageCleaner {
  static override readonly help = 'Returns a mask that is too short.';

  override clean(_telId: number, image: Float32Array): Uint8Array {
    return new Uint8Array(image.length - 1);
  }
}

class SubtractsInPlace extends ImageExtractor {
  static override readonly help = 'Changes the waveforms.';

  override extract(waveforms: Waveforms<Float32Array>): DL1CameraContainer {
    waveforms.samples[0] -= 1;
    const image = new Float32Array(waveforms.nChannels * waveforms.nPixels);
    return new DL1CameraContainer({ image, peakTime: image.slice(), isValid: true });
  }
}

class ReturnsItsInput extends ImageModifier {
  static override readonly help = 'Modifies nothing.';

  override modify(_telId: number, image: Float32Array): Float32Array {
    return image;
  }
}

/** The messages of failed checks by name. @param wanted - the only check to run; all by default */
async function failuresOf(component: ComponentClass, wanted?: string): Promise<Record<string, string>> {
  const failures: Record<string, string> = {};
  for (const { name, run } of conformanceChecks(component)) {
    if (wanted !== undefined && name !== wanted) continue;
    await run().catch((error: unknown) => (failures[name] = (error as Error).message));
  }
  return failures;
}

describe('conformance', () => {
  it('passes a conforming component', async () => {
    expect(await failuresOf(Sound)).to.deep.equal({});
  });

  const broken: [ComponentClass, string, RegExp][] = [
    [KeepsStateBetweenEvents, 'does not depend on the order of events', /an unknown pointing .*hMax: 0, was 10$/],
    [KeepsStateBetweenEvents, 'is deterministic', /second time: stereo\.geometry\[Test\]\.hMax: 1, was 0$/],
    [IsRandom, 'is deterministic', /in another instance: stereo\.geometry\[Test\]\.hMax: 0\.\d+, was 0\.\d+$/],
    [
      IsValidWithoutCore,
      'handles a shower',
      /dl2\.stereo\.geometry\[Test\] is valid, but its coreX is NaN, expected a finite value$/,
    ],
    [GivesNoReason, 'handles an event without telescopes', /is invalid, but has no reason$/],
    [ThrowsForOneTelescope, 'handles an event of one telescope', /one telescope: two telescopes, please$/],
    [
      SkipsEventsWithoutTelescopes,
      'gives a result for every event, and a valid one for some',
      /Test has no result for some events/,
    ],
    [IsNeverValid, 'gives a result for every event, and a valid one for some', /no event has a valid result/],
    [ChangesImages, 'does not modify its input', /a shower was modified: dl1\.tel\[1\]\.image\[0\]: .+, was /],
    [HasNoHelp, 'has a help text and a valid manifest', /HasNoHelp has no `static help`$/],
    [ListsUnknownTelescopes, 'handles a shower', /contains telescope 99, which is not in the event$/],
    [KeepsInvalidCharges, 'handles NaN in some pixels (Hex, HexCam)', /pixel 0 is kept, although its charge is NaN$/],
    [UsesWholeArray, 'does not depend on other telescopes in the array', /in a subarray of one/],
    [ReturnsShortMask, 'handles no signal (Square, SquareCam)', /the mask has 575 values, expected 576$/],
    [SubtractsInPlace, 'does not modify its input', /was modified: waveforms\.samples\[0\]/],
    [ReturnsItsInput, 'handles a shower (Hex, HexCam)', /the input image is returned/],
  ];
  for (const [component, check, message] of broken) {
    it(`detects a component that ${component.name
      .replace(/(?=[A-Z])/g, ' ')
      .trim()
      .toLowerCase()}: ${check}`, async () => {
      const failures = await failuresOf(component, check);
      expect(failures).to.have.property(check).that.matches(message);
    });
  }

  it('registers its checks with any test runner', async () => {
    const registered = new Map<string, () => Promise<void>>();
    const suites: string[] = [];
    const runner = {
      describe: (name: string, body: () => void) => {
        suites.push(name);
        body();
      },
      it: (name: string, body: () => Promise<void>) => registered.set(name, body),
    };
    conformance(Sound, { runner });
    expect(suites).to.deep.equal(['Sound as Reconstructor']);
    expect([...registered.keys()]).to.deep.equal(conformanceChecks(Sound).map(({ name }) => name));
    await registered.get('is deterministic')?.();
  });
});
