import {
  areFinite,
  calibrateCharge,
  flagKeptPixels,
  hasInfinite,
  selectGain,
  subtractTimeShift,
} from '@cherenkit/kernels';

import {
  Component,
  EVENT_FAILURES,
  trait,
  type ComponentContext,
  type TelescopeValues,
} from '../framework/component/index.js';
import { attributeErrors } from '../framework/component/event-failures.js';
import { checkArray, checkMask, checkNotInfinite } from '../event/check-array.js';
import { checkContainer } from '../event/check-container.js';
import { leavingUnchanged } from '../event/event-fingerprint.js';
import { isImageRejected } from '../event/rejection.js';
import {
  DL0CameraContainer,
  DL1CameraContainer,
  GainChannel,
  PixelStatus,
  type ArrayEvent,
  type Waveforms,
} from '../event/index.js';
import { alignWaveforms, subtractPedestal, suppressPixels } from './waveform-corrections.js';
import { DataVolumeReducer, ImageExtractor, InvalidPixelHandler } from './calibration-kinds.js';

const SIGNAL = PixelStatus.DVR_STATUS_0 | PixelStatus.DVR_STATUS_1;

/**
 * Calibrates cameras from waveforms (R1) to images (DL1): data volume reduction, remaining calibration, extraction of charge
 * and peak time, and interpolation of invalid pixels. Source: ctapipe 0.32 `CameraCalibrator`.
 */
export class CameraCalibrator extends Component.withTraits({
  dataVolumeReducerType: trait.perTelescope(
    trait.componentName(DataVolumeReducer, {
      default: 'NullDataVolumeReducer',
      help: 'The data volume reducer, which selects the pixels whose waveforms are kept.',
    }),
  ),
  imageExtractorType: trait.perTelescope(
    trait.componentName(ImageExtractor, {
      default: 'NeighborPeakWindowSum',
      help: 'The image extractor, which extracts charge and peak time from the waveforms.',
    }),
  ),
  invalidPixelHandlerType: trait.perTelescope(
    trait.optional(
      trait.componentName(InvalidPixelHandler, {
        default: 'NeighborAverage',
        help: 'The handler of invalid pixels, which replaces their charges and peak times.',
      }),
    ),
  ),
  applyWaveformTimeShift: trait.perTelescope(
    trait.boolean({
      default: false,
      help: 'Align the pixel waveforms by whole samples before the charge is extracted.',
    }),
  ),
  applyPeakTimeShift: trait.perTelescope(
    trait.boolean({
      default: true,
      help: 'Subtract the time shifts from the peak times; if waveforms are aligned, only the fraction of a sample that remains.',
    }),
  ),
}) {
  static override readonly kind: string = 'CameraCalibrator';
  static override readonly help = 'Calibrates waveforms and extracts images.';

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

  /** Fills `dl0` from R1 waveforms, and `dl1` from `dl0`. Telescopes without waveforms are left unchanged. */
  calibrate(event: ArrayEvent): void {
    for (const telId of event.r1.tel.keys()) {
      if (isImageRejected(event, telId)) setMissingImage(event, telId);
      else this.runStep(event, telId, () => this.reduceVolume(event, telId));
    }
    for (const telId of event.dl0.tel.keys()) this.runStep(event, telId, () => this.makeImage(event, telId));
  }

  /**
   * Sets the images of telescopes whose R1 data have no waveforms to NaN, and adds a rejection for each: tables have a row for every
   * telescope event. A NectarCAM without calibration has no R1 waveforms of events with both gain channels.
   */
  fillMissingImages(event: ArrayEvent): void {
    for (const [telId, { waveform }] of event.r1.tel) {
      if (waveform !== undefined || event.dl0.tel.has(telId) || event.dl1.tel.has(telId)) continue;
      const { nPixels } = this.context.subarray.telescope(telId).camera.geometry;
      event.rejections.push({ level: 'image', telId, component: this.name, reason: 'no R1 waveforms' });
      event.dl1.tel.set(telId, missingImage(nPixels));
    }
  }

  /**
   * Samples from which the charges of a telescope are extracted: first and end (exclusive) for each channel and pixel.
   * Undefined without waveforms, and for extractors without such windows.
   */
  windowsOf({ r1, dl0, monitoring }: ArrayEvent, telId: number): Int32Array | undefined {
    const { waveform, selectedGainChannel } = dl0.tel.get(telId) ?? r1.tel.get(telId) ?? {};
    if (waveform === undefined || waveform.nSamples === 1) return undefined;
    const { outlierMask } = monitoring.tel.get(telId)?.camera.coefficients ?? {};
    return this.extractors.for(telId).windowsOf(waveform, telId, selectCoefficients(outlierMask, selectedGainChannel));
  }

  /**
   * Delays of the pulses of a telescope in its R1 waveforms, ns for each channel and pixel: the peak times are the times of the
   * peaks less these (to within a sample, if waveforms are aligned and the peak times are not shifted). Undefined if no time
   * shift is applied.
   */
  timeShiftOf({ r1, dl0, monitoring }: ArrayEvent, telId: number): Float32Array | undefined {
    const { applyWaveformTimeShift, applyPeakTimeShift } = this.traits;
    if (!applyWaveformTimeShift.for(telId) && !applyPeakTimeShift.for(telId)) return undefined;
    const { selectedGainChannel } = dl0.tel.get(telId) ?? r1.tel.get(telId) ?? {};
    const { timeShift } = monitoring.tel.get(telId)?.camera.coefficients ?? {};
    return addTimeShifts(selectCoefficients(timeShift, selectedGainChannel), dl0.tel.get(telId)?.pixelTimeShift);
  }

  /** Names of the reducers and extractors that require one gain channel per pixel. */
  get singleGainComponents(): string[] {
    const { telIds } = this.context;
    const parts = telIds.flatMap((telId) => [this.reducers.for(telId), this.extractors.for(telId)]);
    return [...new Set(parts.filter(({ needsSelectedGain }) => needsSelectedGain).map(({ name }) => name))];
  }

  /** Runs a step for a telescope. If it fails, the image of the telescope is NaN and the event has a rejection. */
  private runStep(event: ArrayEvent, telId: number, step: () => void): void {
    const failed = this.#failures.catchFailure(event, telId, step);
    if (!failed) return;
    event.rejections.push({ level: 'image', telId, ...failed });
    setMissingImage(event, telId);
  }

  private reduceVolume(event: ArrayEvent, telId: number): void {
    const r1 = event.r1.tel.get(telId);
    if (r1?.waveform === undefined) return;
    const { eventType, eventTime, waveform, pixelStatus, firstCellId, selectedGainChannel } = r1;
    const reducer = this.reducers.for(telId);
    const { checksChanges } = this.#failures;
    const inputs = { samples: checksChanges && waveform.samples, selectedGainChannel, index: event.index };
    const reduce = (): Uint8Array | undefined =>
      leavingUnchanged(checksChanges, inputs, () => reducer.reduce(waveform, telId, selectedGainChannel));
    const kept = attributeErrors(reducer, reduce, (mask) => {
      if (mask !== undefined) checkMask(mask, waveform.nPixels);
    });
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
      if (handler) attributeErrors(handler, () => this.handleInvalidPixels(handler, telId, image, peakTime, outliers));
    }
    dl1.isValid &&= (!image || areFinite(image)) && (!peakTime || areFinite(peakTime));
    event.dl1.tel.set(telId, dl1);
  }

  private handleInvalidPixels(
    handler: InvalidPixelHandler,
    telId: number,
    image: Float32Array,
    peakTime: Float32Array | undefined,
    outliers: Uint8Array,
  ): void {
    const isValid = (_: number, pixel: number): boolean => outliers[pixel] === 0;
    const inputs = {
      outliers,
      get image() {
        return image.filter(isValid);
      },
      get peakTime() {
        return peakTime?.filter(isValid);
      },
    };
    const handle = (): void => handler.handle(telId, image, peakTime, outliers);
    const wasInfinite = hasInfinite(image);
    leavingUnchanged(this.#failures.checksChanges, inputs, handle);
    checkNotInfinite('image', image, () => wasInfinite);
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
    const inputs = { samples: aligned.samples, selected, outliers };
    const extract = (): DL1CameraContainer =>
      leavingUnchanged(this.#failures.checksChanges, inputs, () =>
        extractor.extract(aligned, telId, selected, outliers),
      );
    const dl1 = attributeErrors(extractor, extract, (result) => checkImage(result, aligned));
    if (dl1.peakTime !== undefined && remaining !== undefined && applyPeakTimeShift.for(telId)) {
      subtractTimeShift(dl1.peakTime, remaining);
    }
    return dl1;
  }
}

/** Checks the result of an extractor: image, and peak times unless it computes none, for all channels and pixels of the waveforms. */
function checkImage(dl1: DL1CameraContainer, { nChannels, nPixels, samples }: Waveforms<Float32Array>): void {
  checkContainer('the result', dl1, DL1CameraContainer);
  checkArray('image', dl1.image, 'Float32Array', nChannels * nPixels);
  if (dl1.image) checkNotInfinite('image', dl1.image, () => hasInfinite(samples));
  if (dl1.peakTime !== undefined) checkArray('peak time', dl1.peakTime, 'Float32Array', nChannels * nPixels);
}

/** Sets the image of a telescope for which a component failed to NaN: tables have a row for every telescope event. */
function setMissingImage({ r1, dl1 }: ArrayEvent, telId: number): void {
  const { waveform, selectedGainChannel } = r1.tel.get(telId) ?? {};
  if (waveform === undefined) return;
  const { nChannels, nPixels, nSamples } = waveform;
  dl1.tel.set(telId, missingImage(nChannels * nPixels, selectedGainChannel === undefined && nSamples > 1));
}

/** An image and peak times of NaN. */
function missingImage(length: number, hasChannelAxis = false): DL1CameraContainer {
  const missing = (): Float32Array => new Float32Array(length).fill(NaN);
  return new DL1CameraContainer({ image: missing(), peakTime: missing(), isValid: false, hasChannelAxis });
}

/** Makes the image of a camera that sums the samples in its electronics. As in ctapipe, peak times are 0 and have no channel axis. */
function summedImage({ samples, nPixels }: Waveforms<Float32Array>): DL1CameraContainer {
  return new DL1CameraContainer({ image: samples.slice(), peakTime: new Float32Array(nPixels), isValid: true });
}

/**
 * Selects the coefficients of the selected gain channels; coefficients are given for all channels. The result may be a part of
 * them, since nearly all cameras have the high gain only, and must not be modified.
 */
function selectCoefficients<T extends Float32Array | Uint8Array>(
  values: T | undefined,
  selected: Int8Array | undefined,
): T | undefined {
  if (values === undefined || selected === undefined) return values;
  if (!selected.includes(GainChannel.LOW)) return values.subarray(0, selected.length) as T;
  const selection = (
    values instanceof Float32Array ? new Float32Array(selected.length) : new Uint8Array(selected.length)
  ) as T;
  return selectGain(values, selected, selection);
}

function addTimeShifts(a: Float32Array | undefined, b: Float32Array | undefined): Float32Array | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((value, i) => value + (b[i] ?? NaN));
}
