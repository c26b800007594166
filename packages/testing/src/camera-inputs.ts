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

/** The picture that one camera gets, with what may be wrong with it. */
export interface CameraData {
  readonly telId: number;
  readonly geometry: CameraGeometry;
  readonly event: ArrayEvent;
  /** Raw samples of all channels. */
  readonly raw: Waveforms<AdcSamples>;
  /** Calibrated samples of one channel. */
  readonly waveforms: Waveforms<Float32Array>;
  readonly image: Float32Array;
  readonly peakTime: Float32Array;
  readonly mask: Uint8Array;
  /** Pixels without a value: 1 where all above are NaN. */
  readonly missing: Uint8Array;
}

/** A picture that can be taken again and again. */
export interface CameraInput {
  readonly name: string;
  readonly telId: number;
  readonly nChannels: number;
  readonly take: () => CameraData;
}

const SATURATED = 4095;

/** What is done to a picture: its number among the showers, and new values of its pixels. */
const CASES: readonly { name: string; shower: number; change?: (pixel: number) => number | undefined }[] = [
  { name: 'a shower', shower: 0 },
  { name: 'another shower', shower: 1 },
  { name: 'no signal', shower: 0, change: () => 0 },
  { name: 'all pixels saturated', shower: 0, change: () => SATURATED },
  { name: 'NaN in some pixels', shower: 0, change: (pixel) => (pixel % 7 === 0 ? NaN : undefined) },
  { name: 'NaN in all pixels', shower: 0, change: () => NaN },
];

/** For a telescope of each type two showers, no signal, all pixels saturated, some pixels NaN, all pixels NaN. */
export function cameraInputs(subarray: SubarrayDescription): CameraInput[] {
  const telIds = subarray.telescopeTypes.map((type) => subarray.getTelIdsForType(type)[0] ?? 0);
  return telIds.flatMap((telId) => {
    const { name: telescope, camera } = subarray.telescope(telId);
    return CASES.map(({ name, shower, change }) => ({
      name: `${name} (${telescope}, ${camera.name})`,
      telId,
      nChannels: camera.readout.nChannels,
      take: () => {
        const picture = pictureOf(subarray, telId, shower);
        if (change) fill(picture, change);
        return picture;
      },
    }));
  });
}

/** The testCase of a case. */
export function testCaseOf<C extends Component>(
  { name, telId, take }: CameraInput,
  start: (picture: CameraData) => CaseRun<C>,
  variant = '',
): TestCase<C> {
  return { name: `${name}${variant}`, telId, start: () => start(take()) };
}

function pictureOf(subarray: SubarrayDescription, telId: number, shower: number): CameraData {
  const event = showerEventAt(subarray, shower, { telIds: [telId] });
  const raw = event.r0.tel.get(telId)?.waveform;
  const waveforms = event.r1.tel.get(telId)?.waveform;
  const { image, peakTime, imageMask: mask } = event.dl1.tel.get(telId) ?? {};
  if (!raw || !waveforms || !image || !peakTime || !mask) throw new Error(`there is no telescope ${telId}`);
  const { geometry } = subarray.telescope(telId).camera;
  const missing = new Uint8Array(geometry.nPixels);
  return { telId, geometry, event, raw, waveforms, image, peakTime, mask, missing };
}

/** @param valueOf - of a pixel; undefined leaves it as it is, NaN marks it as missing */
function fill(picture: CameraData, valueOf: (pixel: number) => number | undefined): void {
  const { raw, waveforms, image, peakTime, mask, missing } = picture;
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

/** Both gain channels of a camera, the second with all signals the same as in the first. */
export function twoChannels({ samples, nPixels, nSamples }: Waveforms<Float32Array>): Waveforms<Float32Array> {
  const both = new Float32Array(2 * samples.length);
  both.set(samples);
  both.set(samples, samples.length);
  return waveformsOf(both, 2, nPixels, nSamples);
}
