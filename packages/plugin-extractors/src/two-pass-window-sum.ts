import {
  CherenkitError,
  DL1CameraContainer,
  ExitCode,
  ImageExtractor,
  InvalidPixelHandler,
  trait,
  type ComponentContext,
  type TelescopeValues,
  type Waveforms,
} from '@cherenkit/core';
import {
  expectedPeaks,
  extractAroundPeak,
  extractSecondPass,
  SECOND_PASS_WINDOWS,
  tripletPeaks,
  type PhotoElectrons,
} from '@cherenkit/kernels';

import { integrationCorrections } from './integration-corrections.js';

const [FIRST_PASS] = SECOND_PASS_WINDOWS;

/**
 * Two-pass integration: first around the three brightest samples of each pixel; then, for all pixels outside the core
 * of the brightest island, around the time expected from a line through the peak times of this island.
 *
 * If there is no such line, `isValid` is false and the image is that of the first pass. Source: ctapipe 0.32
 * `TwoPassWindowSum`; J. Holder et al., Astroparticle Physics 25 (2006) 391.
 */
export class TwoPassWindowSum extends ImageExtractor.withTraits({
  coreThreshold: trait.perTelescope(
    trait.number({
      unit: 'pe',
      help: 'Picture threshold of the cleaning between the passes; the boundary threshold is half of it.',
    }),
    [
      ['type', '*', 6],
      ['type', 'LST*', 6],
      ['type', 'MST*', 8],
      ['type', 'SST*', 4],
    ],
  ),
  disableSecondPass: trait.boolean({ default: false, help: 'Run only the first pass.' }),
  applyIntegrationCorrection: trait.perTelescope(
    trait.boolean({ default: true, help: 'Correct for the part of the pulse outside the window.' }),
  ),
  invalidPixelHandlerType: trait.perTelescope(
    trait.optional(
      trait.componentName(InvalidPixelHandler, {
        default: 'NeighborAverage',
        help: 'Handler that replaces unusable pixels after the first pass.',
      }),
    ),
  ),
}) {
  static override readonly help = 'Charge in a window around the time expected from the brightest island.';

  override readonly needsSelectedGain = true;

  private readonly handlers: TelescopeValues<InvalidPixelHandler | undefined>;
  /** Corrections by window and gain channel, for telescopes with corrections. */
  private readonly corrections: ReadonlyMap<number, readonly Float64Array[]>;

  constructor(context: ComponentContext) {
    super(context);
    this.handlers = this.traits.invalidPixelHandlerType.map((name) =>
      name === undefined ? undefined : context.create(InvalidPixelHandler, name),
    );
    const corrected = context.telIds.filter((telId) => this.traits.applyIntegrationCorrection.for(telId));
    this.corrections = new Map(
      corrected.map((telId) => {
        const { readout } = context.subarray.telescope(telId).camera;
        return [telId, SECOND_PASS_WINDOWS.map(({ width, shift }) => integrationCorrections(readout, width, shift))];
      }),
    );
  }

  /** @throws CherenkitError GAIN_NOT_SELECTED (2) for waveforms of both gain channels */
  override extract(
    { samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
    brokenPixels: Uint8Array | undefined,
  ): DL1CameraContainer {
    if (nChannels !== 1) throw bothGains(this.context.path, telId);
    const { geometry, readout } = this.context.subarray.telescope(telId).camera;
    const { samplingRate } = readout;
    const corrections = this.corrections.get(telId);
    const peaks = new Int32Array(nPixels);
    const image = new Float32Array(nPixels);
    const peakTime = new Float32Array(nPixels);
    tripletPeaks(samples, nSamples, peaks);
    extractAroundPeak(samples, nSamples, peaks, FIRST_PASS.width, FIRST_PASS.shift, samplingRate, image, peakTime);
    const charge = corrected(image, corrections?.[0], selectedGainChannel);
    if (this.traits.disableSecondPass) {
      return new DL1CameraContainer({ image: Float32Array.from(charge), peakTime, isValid: true });
    }
    if (brokenPixels !== undefined) this.handlers.for(telId)?.handle(telId, charge, peakTime, brokenPixels);
    const expected = expectedPeaks(geometry, charge, peakTime, this.traits.coreThreshold.for(telId), samplingRate);
    if (expected !== undefined) {
      extractSecondPass(samples, nSamples, expected, samplingRate, corrections, selectedGainChannel, charge, peakTime);
    }
    return new DL1CameraContainer({ image: Float32Array.from(charge), peakTime, isValid: expected !== undefined });
  }
}

/** In double precision, as ctapipe keeps the charges until the end of the second pass. */
function corrected(
  image: Float32Array,
  correction: Float64Array | undefined,
  selected: Int8Array | undefined,
): Float64Array {
  const charge = Float64Array.from(image);
  if (correction === undefined) return charge;
  return charge.map((value: PhotoElectrons, pixel) => value * correction[selected === undefined ? 0 : selected[pixel]]);
}

function bothGains(path: string, telId: number): CherenkitError {
  return new CherenkitError(
    'GAIN_NOT_SELECTED',
    ExitCode.USAGE,
    `${path} requires one gain channel per pixel, but telescope ${telId} has waveforms of both. ` +
      'Enable gain selection (select_gain: true), or choose another image_extractor_type.',
  );
}
