import { calibrateCharge, flagKeptPixels, selectGain, subtractTimeShift } from '@cherenkit/kernels';

import {
  attributeErrors,
  Component,
  EVENT_FAILURES,
  trait,
  type ComponentContext,
  type TelescopeValues,
} from '../framework/component/index.js';
import {
  DL0CameraContainer,
  DL1CameraContainer,
  PixelStatus,
  type ArrayEvent,
  type Waveforms,
} from '../event/index.js';
import { alignWaveforms, subtractPedestal, suppressPixels } from './waveform-corrections.js';
import { DataVolumeReducer } from './calibration-kinds.js';
import { ImageExtractor } from './calibration-kinds.js';
import { InvalidPixelHandler } from './calibration-kinds.js';

const SIGNAL = PixelStatus.DVR_STATUS_0 | PixelStatus.DVR_STATUS_1;

/**
 * From calibrated waveforms (R1) to images (DL1): data volume reduction, the rest of the calibration, extraction of charge
 * and time, and invalid pixels. Source: ctapipe 0.32 `CameraCalibrator`.
 */
export class CameraCalibrator extends Component.withTraits({
  dataVolumeReducerType: trait.perTelescope(
    trait.componentName(DataVolumeReducer, {
      default: 'NullDataVolumeReducer',
      help: 'What chooses the pixels whose waveforms are kept.',
    }),
  ),
  imageExtractorType: trait.perTelescope(
    trait.componentName(ImageExtractor, {
      default: 'NeighborPeakWindowSum',
      help: 'What finds charge and time in the waveforms.',
    }),
  ),
  invalidPixelHandlerType: trait.perTelescope(
    trait.optional(
      trait.componentName(InvalidPixelHandler, {
        default: 'NeighborAverage',
        help: 'What replaces pixels that cannot be used.',
      }),
    ),
  ),
  applyWaveformTimeShift: trait.perTelescope(
    trait.boolean({
      default: false,
      help: 'Shift the waveforms, by whole samples, so that the pixels are in step before the pulse is looked for.',
    }),
  ),
  applyPeakTimeShift: trait.perTelescope(
    trait.boolean({
      default: true,
      help: 'Subtract from the peak times what is left of the time shifts: all of them if waveforms are not shifted.',
    }),
  ),
}) {
  static override readonly kind: string = 'CameraCalibrator';
  static override readonly help = 'From calibrated waveforms to images.';

  private readonly reducers: TelescopeValues<DataVolumeReducer>;
  private readonly extractors: TelescopeValues<ImageExtractor>;
  private readonly invalidPixelHandlers: TelescopeValues<InvalidPixelHandler | undefined>;

  readonly #failures = this.context.service(EVENT_FAILURES);

  constructor(context: ComponentContext) {
    super(context);
    const { dataVolumeReducerType, imageExtractorType, invalidPixelHandlerType } = this.traits;
    this.reducers = dataVolumeReducerType.map((name) => context.create(DataVolumeReducer, name));
    this.extractors = imageExtractorType.map((name) => context.create(ImageExtractor, name));
    this.invalidPixelHandlers = invalidPixelHandlerType.map((name) =>
      name === undefined ? undefined : context.create(InvalidPixelHandler, name),
    );
  }

  /** Fills `dl0`, where the event has R1 waveforms, and `dl1`; telescopes without waveforms keep what they have. */
  calibrate(event: ArrayEvent): void {
    for (const telId of event.r1.tel.keys()) this.runStep(event, telId, () => this.reduceVolume(event, telId));
    for (const telId of event.dl0.tel.keys()) this.runStep(event, telId, () => this.makeImage(event, telId));
  }

  /** The names of the reducers and extractors that can do with one gain channel per pixel only. */
  get singleGainComponents(): string[] {
    const { telIds } = this.context;
    const parts = telIds.flatMap((telId) => [this.reducers.for(telId), this.extractors.for(telId)]);
    return [...new Set(parts.filter(({ needsSelectedGain }) => needsSelectedGain).map(({ name }) => name))];
  }

  /** A telescope whose waveforms cannot be made an image of has none. */
  private runStep(event: ArrayEvent, telId: number, step: () => void): void {
    const failed = this.#failures.catchFailure(event, telId, step);
    if (failed) event.rejections.push({ level: 'image', telId, ...failed });
  }

  private reduceVolume(event: ArrayEvent, telId: number): void {
    const r1 = event.r1.tel.get(telId);
    if (r1?.waveform === undefined) return;
    const { eventType, eventTime, waveform, pixelStatus, firstCellId, selectedGainChannel } = r1;
    const reducer = this.reducers.for(telId);
    const kept = attributeErrors(reducer, () => reducer.reduce(waveform, telId, selectedGainChannel));
    const dl0 = new DL0CameraContainer({
      eventType,
      eventTime,
      waveform: kept === undefined ? waveform : suppressPixels(waveform, kept),
      pixelStatus: pixelStatus && flagKeptPixels(pixelStatus, SIGNAL, kept),
      firstCellId,
      selectedGainChannel,
    });
    event.dl0.tel.set(telId, dl0);
  }

  private makeImage(event: ArrayEvent, telId: number): void {
    const dl0 = event.dl0.tel.get(telId);
    if (dl0?.waveform === undefined) return;
    const coefficients = event.monitoring.tel.get(telId)?.camera.coefficients;
    const selected = dl0.selectedGainChannel;
    const factor = selectCoefficients(coefficients?.factor, selected);
    const pedestal = selectCoefficients(coefficients?.pedestalOffset, selected);
    const outliers = selectCoefficients(coefficients?.outlierMask, selected);
    const timeShift = addTimeShifts(selectCoefficients(coefficients?.timeShift, selected), dl0.pixelTimeShift);

    const waveforms = pedestal === undefined ? dl0.waveform : subtractPedestal(dl0.waveform, pedestal);
    const isSummed = waveforms.nSamples === 1;
    const dl1 = isSummed ? summedImage(waveforms) : this.extractSignal(waveforms, telId, selected, outliers, timeShift);
    if (selected === undefined && !isSummed) dl1.hasChannelAxis = true;
    const { image, peakTime } = dl1;
    if (image !== undefined) {
      if (factor !== undefined) calibrateCharge(image, factor, isSummed ? 1 : this.extractors.for(telId).power);
      const handler = outliers && this.invalidPixelHandlers.for(telId);
      if (handler) attributeErrors(handler, () => handler.handle(telId, image, peakTime, outliers));
    }
    event.dl1.tel.set(telId, dl1);
  }

  private extractSignal(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selected: Int8Array | undefined,
    outliers: Uint8Array | undefined,
    timeShift: Float32Array | undefined,
  ): DL1CameraContainer {
    const { samplingRate } = this.context.subarray.telescope(telId).camera.readout;
    const { applyWaveformTimeShift, applyPeakTimeShift } = this.traits;
    const [aligned, remaining] =
      timeShift !== undefined && applyWaveformTimeShift.for(telId)
        ? alignWaveforms(waveforms, timeShift, samplingRate)
        : [waveforms, timeShift];
    const extractor = this.extractors.for(telId);
    const dl1 = attributeErrors(extractor, () => extractor.extract(aligned, telId, selected, outliers));
    if (dl1.peakTime !== undefined && remaining !== undefined && applyPeakTimeShift.for(telId)) {
      subtractTimeShift(dl1.peakTime, remaining);
    }
    return dl1;
  }
}

/** Of a camera that sums the samples in its electronics. Like ctapipe's, it has one camera of times, all 0, for all gains. */
function summedImage({ samples, nPixels }: Waveforms<Float32Array>): DL1CameraContainer {
  return new DL1CameraContainer({ image: samples.slice(), peakTime: new Float32Array(nPixels), isValid: true });
}

/** Coefficients come for all channels, waveforms perhaps for the selected ones. */
function selectCoefficients<T extends Float32Array | Uint8Array>(
  values: T | undefined,
  selected: Int8Array | undefined,
): T | undefined {
  if (values === undefined || selected === undefined) return values;
  return selectGain(values, selected, values.slice(0, selected.length) as T);
}

function addTimeShifts(a: Float32Array | undefined, b: Float32Array | undefined): Float32Array | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((value, i) => value + (b[i] ?? NaN));
}
