import {
  waveformsOf,
  type AdcSamples,
  type ArrayEvent,
  type CameraGeometry,
  type Component,
  type SubarrayDescription,
  type Waveforms,
} from '@cherenkit/core';
import { showerEventAt } from './shower-event.js';
import type { CaseRun, TestCase } from './test-case.js';

/** Data of one camera at all levels, possibly with NaN or saturated pixels. */
export interface CameraData {
  readonly telId: number;
  readonly geometry: CameraGeometry;
  readonly event: ArrayEvent;
  /** Raw samples of all gain channels. */
  readonly raw: Waveforms<AdcSamples>;
  /** Calibrated samples of one gain channel. */
  readonly waveforms: Waveforms<Float32Array>;
  readonly image: Float32Array;
  readonly peakTime: Float32Array;
  readonly mask: Uint8Array;
  /** Mask, 1 for pixels whose values are NaN. */
  readonly missing: Uint8Array;
}

/** Input of a test case for one camera. `makeData` returns a new copy at each call. */
export interface CameraInput {
  readonly name: string;
  readonly telId: number;
  readonly nChannels: number;
  readonly makeData: () => CameraData;
}

const SATURATED = 4095;

/** Inputs: index of a shower, and replacements of pixel values. */
const CASES: readonly { name: string; shower: number; change?: (pixel: number) => number | undefined }[] = [
  { name: 'a shower', shower: 0 },
  { name: 'another shower', shower: 1 },
  { name: 'no signal', shower: 0, change: () => 0 },
  { name: 'all pixels saturated', shower: 0, change: () => SATURATED },
  { name: 'NaN in some pixels', shower: 0, change: (pixel) => (pixel % 7 === 0 ? NaN : undefined) },
  { name: 'NaN in all pixels', shower: 0, change: () => NaN },
];

/** Inputs for one telescope of each type: two showers, no signal, all pixels saturated, some pixels NaN, all pixels NaN. */
export function cameraInputs(subarray: SubarrayDescription): CameraInput[] {
  const telIds = subarray.telescopeTypes.map((type) => subarray.getTelIdsForType(type)[0] ?? 0);
  return telIds.flatMap((telId) => {
    const { name: telescope, camera } = subarray.telescope(telId);
    return CASES.map(({ name, shower, change }) => ({
      name: `${name} (${telescope}, ${camera.name})`,
      telId,
      nChannels: camera.readout.nChannels,
      makeData: () => {
        const data = cameraDataOf(subarray, telId, shower);
        if (change) replacePixels(data, change);
        return data;
      },
    }));
  });
}

/** Makes a test case from the input of a camera. */
export function testCaseOf<C extends Component>(
  { name, telId, makeData }: CameraInput,
  start: (data: CameraData) => CaseRun<C>,
  variant = '',
): TestCase<C> {
  return { name: `${name}${variant}`, telId, start: () => start(makeData()) };
}

function cameraDataOf(subarray: SubarrayDescription, telId: number, shower: number): CameraData {
  const event = showerEventAt(subarray, shower, { telIds: [telId] });
  const raw = event.r0.tel.get(telId)?.waveform;
  const waveforms = event.r1.tel.get(telId)?.waveform;
  const { image, peakTime, imageMask: mask } = event.dl1.tel.get(telId) ?? {};
  if (!raw || !waveforms || !image || !peakTime || !mask) throw new Error(`there is no telescope ${telId}`);
  const { geometry } = subarray.telescope(telId).camera;
  const missing = new Uint8Array(geometry.nPixels);
  return { telId, geometry, event, raw, waveforms, image, peakTime, mask, missing };
}

/** Replaces the values of pixels. @param valueOf - new value of a pixel; undefined keeps it, NaN marks it as missing */
function replacePixels(data: CameraData, valueOf: (pixel: number) => number | undefined): void {
  const { raw, waveforms, image, peakTime, mask, missing } = data;
  const { nPixels, nSamples } = waveforms;
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const value = valueOf(pixel);
    if (value === undefined) continue;
    waveforms.samples.fill(value, pixel * nSamples, (pixel + 1) * nSamples);
    for (let row = pixel; row < raw.nChannels * nPixels; row += nPixels) {
      raw.samples.fill(Number.isNaN(value) ? 0 : value, row * nSamples, (row + 1) * nSamples);
    }
    image[pixel] = value;
    mask[pixel] = value > 0 ? 1 : 0;
    if (!Number.isNaN(value)) continue;
    peakTime[pixel] = NaN;
    missing[pixel] = 1;
  }
}

/** Waveforms with two gain channels, both equal to the given one. */
export function twoChannels({ samples, nPixels, nSamples }: Waveforms<Float32Array>): Waveforms<Float32Array> {
  const both = new Float32Array(2 * samples.length);
  both.set(samples);
  both.set(samples, samples.length);
  return waveformsOf(both, 2, nPixels, nSamples);
}
