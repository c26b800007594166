import {
  CherenkitError,
  DL1CameraContainer,
  ExitCode,
  ImageExtractor,
  trait,
  type ComponentContext,
  type Waveforms,
} from '@cherenkit/core';
import {
  extractDeconvolved,
  pulseDeconvolution,
  type DeconvolutionOptions,
  type DeconvolvedPeakOptions,
  type PulseDeconvolution,
} from '@cherenkit/kernels';

/** Parameters of the deconvolution for one telescope. */
interface Deconvolution {
  readonly options: DeconvolutionOptions & DeconvolvedPeakOptions;
  readonly pulse: PulseDeconvolution;
}

/**
 * Image extractor for FlashCam, whose pulses are long and coarsely sampled: removes the tails of pulses by
 * deconvolution, upsamples, and sums around the peak of the neighbours' waveforms; the time is that of the leading
 * edge.
 *
 * The reference pulse of the first channel is used for all channels. Source: ctapipe 0.32 `FlashCamExtractor`; A.
 * Gadola et al., JINST 10 (2015) C01014.
 */
export class FlashCamExtractor extends ImageExtractor.withTraits({
  upsampling: trait.perTelescope(
    trait.integer({ default: 4, minimum: 1, help: 'Factor by which the sampling rate is increased.' }),
  ),
  windowWidth: trait.perTelescope(
    trait.integer({ default: 7, minimum: 1, help: 'Width of the integration window, in upsampled samples.' }),
  ),
  windowShift: trait.perTelescope(
    trait.integer({ default: 3, help: 'Number of upsampled samples in the integration window before the peak.' }),
  ),
  localWeight: trait.perTelescope(
    trait.integer({
      default: 0,
      minimum: 0,
      help: "Weight of the pixel's own waveform relative to that of a neighbour; 0 uses the neighbours only.",
    }),
  ),
  effectiveTimeProfileStd: trait.perTelescope(
    trait.number({
      default: 2,
      minimum: 0,
      unit: 'ns',
      help: 'Standard deviation of the arrival times of the light in a pixel, for the correction of the charge.',
    }),
  ),
  neighbourSumClipping: trait.perTelescope(
    trait.number({
      default: 5,
      help: "Scale at which a pixel's contribution to its neighbours' sums is damped; 0 disables damping.",
    }),
  ),
  leadingEdgeTiming: trait.perTelescope(
    trait.boolean({ default: true, help: 'Extract the time of the leading edge instead of that of the peak.' }),
  ),
  leadingEdgeRelDescendLimit: trait.perTelescope(
    trait.number({
      default: 0.05,
      minimum: 0,
      maximum: 1,
      help: 'Samples of the leading edge above this fraction of its maximum contribute to the time.',
    }),
  ),
}) {
  static override readonly help = 'Charge and leading edge of deconvolved waveforms, for FlashCam.';

  private readonly deconvolutions: ReadonlyMap<number, Deconvolution>;

  constructor(context: ComponentContext) {
    super(context);
    this.deconvolutions = new Map(context.telIds.map((telId) => [telId, this.deconvolutionFor(telId)]));
  }

  override extract(
    { nChannels, nPixels, nSamples, samples }: Waveforms<Float32Array>,
    telId: number,
    _selectedGainChannel: Int8Array | undefined,
    brokenPixels: Uint8Array | undefined,
  ): DL1CameraContainer {
    const { geometry, readout } = this.context.subarray.telescope(telId).camera;
    const { options, pulse } = this.deconvolutions.get(telId) ?? this.deconvolutionFor(telId);
    const image = new Float32Array(nChannels * nPixels);
    const peakTime = new Float32Array(image.length);
    for (let first = 0; first < image.length; first += nPixels) {
      const end = first + nPixels;
      extractDeconvolved(
        samples.subarray(first * nSamples, end * nSamples),
        nSamples,
        geometry.neighbors,
        brokenPixels?.subarray(first, end),
        readout.samplingRate,
        options,
        pulse,
        image.subarray(first, end),
        peakTime.subarray(first, end),
      );
    }
    return new DL1CameraContainer({ image, peakTime, isValid: true });
  }

  private deconvolutionFor(telId: number): Deconvolution {
    const { traits } = this;
    const options = {
      upsampling: traits.upsampling.for(telId),
      width: traits.windowWidth.for(telId),
      shift: traits.windowShift.for(telId),
      localWeight: traits.localWeight.for(telId),
      timeProfileStd: traits.effectiveTimeProfileStd.for(telId),
      clipping: traits.neighbourSumClipping.for(telId),
      leadingEdgeTiming: traits.leadingEdgeTiming.for(telId),
      leadingEdgeLimit: traits.leadingEdgeRelDescendLimit.for(telId),
    };
    const { readout } = this.context.subarray.telescope(telId).camera;
    const [pulse = new Float64Array()] = readout.referencePulseShape;
    try {
      const { referencePulseSampleWidth, samplingRate } = readout;
      return { options, pulse: pulseDeconvolution(pulse, referencePulseSampleWidth, samplingRate, options) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new CherenkitError(
        'PULSE_NOT_DECONVOLVABLE',
        ExitCode.USAGE,
        `${this.context.path}: the reference pulse of telescope ${telId}, camera ${readout.name}, cannot be deconvolved: ` +
          `${error.message}. Choose another image_extractor_type for telescopes of this type, or a window that fits the pulse.`,
      );
    }
  }
}
