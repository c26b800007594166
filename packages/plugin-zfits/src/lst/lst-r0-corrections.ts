import {
  CherenkitError,
  Component,
  ExitCode,
  GainChannel,
  PROVENANCE,
  trait,
  waveformsOf,
  type Waveforms,
} from '@cherenkit/core';
import {
  cellTimeShifts,
  correctReadOuts,
  LST1_TIME_LAPSE,
  READ_CELLS,
  TimeLapseCorrection,
  type Drs4Corrections,
} from '@cherenkit/kernels';
import {
  channelsAbove,
  clearPixels,
  gainFactors,
  selectByThreshold,
  type CameraWaveforms,
} from '../source/camera-waveforms.js';
import type { PixelMap } from '../source/pixel-map.js';
import { calibratedWaveforms } from '../source/stored-camera.js';
import { convertToPe } from './convert-to-pe.js';
import {
  readCellTimeCalibration,
  readDrs4Calibration,
  readPeCalibration,
  readTimeLapse,
  type CalibratedCamera,
  type CellTimeCalibration,
  type Drs4Calibration,
  type PeCalibration,
} from './lst-calibration-files.js';
import { ReadOutCells } from './read-out-cells.js';
import { placedShifts, shiftsAboutMedian } from './shifts-about-median.js';
import type { CorrectedEvent, StoredSamples } from './stored-event.js';

/** Bits of the event builder for corrections that it has applied. */
const DELTA_T_CORRECTION = 1 << 2;
const SPIKE_REMOVAL = 1 << 3;

/** Corrected samples of the high gain, or of the selected gain channels. */
export interface HighGainWaveforms extends CameraWaveforms {
  /** Array for the samples of all channels that may be kept, which begins with those of `waveform`. */
  readonly samples: Float32Array;
}

/** Files and state of the corrections of a telescope. */
interface Loaded {
  readonly telId: number;
  readonly map: PixelMap;
  readonly drs4: Drs4Calibration | undefined;
  readonly pe: PeCalibration | undefined;
  readonly times: CellTimeCalibration | undefined;
  readonly timeLapse: TimeLapseCorrection | undefined;
  /** The high gain for each pixel, and the low gain. */
  readonly channels: readonly Int8Array[];
}

/**
 * Corrects and calibrates raw waveforms of an LST: DRS4 baseline, time lapse, spikes, selection of gain channels, p.e. and times.
 * Source: ctapipe_io_lst 0.31 `LSTR0Corrections`. Corrections without their file are left out, and named once.
 *
 * Time lapse and spikes depend on the events before: the corrections must see all events of a run.
 */
export class LSTR0Corrections extends Component.withTraits({
  offset: trait.perTelescope(trait.number({ default: 0, help: 'ADC counts that are subtracted from each sample.' })),
  r1SampleStart: trait.perTelescope(
    trait.optional(
      trait.integer({
        default: 3,
        minimum: 0,
        maximum: READ_CELLS - 1,
        help: 'First sample to keep, of 40; null: the first one.',
      }),
    ),
  ),
  r1SampleEnd: trait.perTelescope(
    trait.optional(
      trait.integer({
        default: 39,
        minimum: 1,
        maximum: READ_CELLS,
        help: 'Sample after the last one to keep, of 40; null: all.',
      }),
    ),
  ),
  drs4PedestalPath: trait.perTelescope(
    trait.optional(trait.path({ help: 'File of the DRS4 baseline and of the heights of spikes (FITS or HDF5).' })),
  ),
  drs4TimelapsePath: trait.perTelescope(
    trait.optional(trait.path({ help: 'File of the time lapse of the baseline (FITS). Default: that of LST-1.' })),
  ),
  calibrationPath: trait.optional(trait.path({ help: 'File of the conversion to p.e. (FITS or HDF5).' })),
  drs4TimeCalibrationPath: trait.perTelescope(
    trait.optional(trait.path({ help: 'File of the time shifts of the DRS4 cells (FITS or HDF5).' })),
  ),
  calibScaleHighGain: trait.perTelescope(
    trait.number({ default: 1, help: 'Factor for the charges of the high gain channel.' }),
  ),
  calibScaleLowGain: trait.perTelescope(
    trait.number({ default: 1, help: 'Factor for the charges of the low gain channel.' }),
  ),
  selectGain: trait.boolean({ default: true, help: 'Select one gain channel per pixel.' }),
  applyDrs4PedestalCorrection: trait.boolean({ default: true, help: 'Subtract the DRS4 baseline.' }),
  applyTimelapseCorrection: trait.boolean({ default: true, help: 'Correct for the time since the last read-out.' }),
  applySpikeCorrection: trait.boolean({ default: true, help: 'Remove the spikes of the previous read-out.' }),
  addCalibrationTimeshift: trait.boolean({ default: true, help: 'Apply the times of the calibration file.' }),
  gainSelectionThreshold: trait.number({
    default: 3500,
    help: 'The low gain is selected if a sample of the high gain exceeds it, ADC counts.',
  }),
  spikeCorrectionMethod: trait.oneOf(['subtraction', 'interpolation'], {
    default: 'subtraction',
    help: 'How spikes are removed.',
  }),
}) {
  static override readonly kind: string = 'LSTR0Corrections';
  static override readonly help = 'Corrects and calibrates raw waveforms of Large-Sized Telescopes.';

  #loaded: Loaded | undefined;
  #cells: ReadOutCells | undefined;
  #previous: ReadOutCells | undefined;

  /** Whether waveforms are converted to p.e. */
  get calibrates(): boolean {
    return this.traits.calibrationPath !== undefined;
  }

  /**
   * Reads the files.
   *
   * @throws CherenkitError LST_SAMPLES_EMPTY (2) if no samples are to be kept; CALIBRATION_FILE (65) for files of another camera, and
   *   those of the files
   */
  async load(telId: number, map: PixelMap): Promise<void> {
    const { traits } = this;
    const [start, end] = this.#keptSamples(telId);
    if (start >= end) {
      const message = `LSTR0Corrections.r1_sample_start is ${start} and r1_sample_end is ${end}, which is the sample after the last one to keep: no sample is left. Set r1_sample_start to a smaller number.`;
      throw new CherenkitError('LST_SAMPLES_EMPTY', ExitCode.USAGE, message);
    }
    const [drs4Path, timePath, lapsePath] = [
      traits.drs4PedestalPath.for(telId),
      traits.drs4TimeCalibrationPath.for(telId),
      traits.drs4TimelapsePath.for(telId),
    ];
    const read = async <T>(
      path: string | undefined,
      role: string,
      from: (file: string, camera: CalibratedCamera) => Promise<T>,
    ) => {
      if (path === undefined) return undefined;
      this.context.service(PROVENANCE).addInput({ url: path, role });
      return from(path, { telId, nPixels: map.nPixels });
    };
    const drs4 = await read(drs4Path, 'DRS4 baseline', readDrs4Calibration);
    const correctsCells = drs4 !== undefined || !traits.applyDrs4PedestalCorrection;
    const lapse = traits.applyTimelapseCorrection && correctsCells;
    const coefficients =
      (await read(lapse ? lapsePath : undefined, 'time lapse', readTimeLapse)) ??
      (lapse && telId === 1 ? LST1_TIME_LAPSE : undefined);
    this.#loaded = {
      telId,
      map,
      drs4,
      pe: await read(traits.calibrationPath, 'calibration', readPeCalibration),
      times: await read(timePath, 'DRS4 times', readCellTimeCalibration),
      channels: [GainChannel.HIGH, GainChannel.LOW].map((each) => new Int8Array(map.nPixels).fill(each)),
      timeLapse: coefficients && new TimeLapseCorrection(map.ids, map.nPixels, coefficients),
    };
    this.#nameMissing(
      drs4 !== undefined,
      timePath !== undefined,
      correctsCells && traits.applyTimelapseCorrection && coefficients === undefined,
    );
  }

  /** Whether the correction of an event depends on the events before. */
  get dependsOnEventsBefore(): boolean {
    const { applySpikeCorrection, spikeCorrectionMethod } = this.traits;
    const { timeLapse, drs4 } = this.#opened;
    return (
      timeLapse !== undefined ||
      (applySpikeCorrection && (drs4 !== undefined || spikeCorrectionMethod === 'interpolation'))
    );
  }

  /** Takes the first cells of the next event; call it for each event. */
  begin({ firstCellId }: CorrectedEvent): void {
    const { map } = this.#opened;
    this.#previous = this.#cells ?? new ReadOutCells(undefined, map);
    this.#cells = firstCellId === undefined ? this.#previous : new ReadOutCells(firstCellId, map);
  }

  /**
   * Corrects the stored samples of the high gain, or of the selected gain channels, for the DRS4 chips, and cuts the first and last
   * ones. Of samples whose cells are not known, those of all channels are returned. {@link correctLowGain} has to follow.
   *
   * @param newArray - returns an array for the samples
   */
  correctHighGain(
    stored: StoredSamples,
    event: CorrectedEvent,
    newArray: (length: number) => Float32Array,
  ): HighGainWaveforms {
    if (!event.isDone) this.#warnOfUncorrected(stored, event);
    if (stored.nSamples !== READ_CELLS) return this.#withoutCells(stored, event, newArray);
    const { nChannels, nPixels, pixels, selected } = stored;
    if (event.firstCellId !== undefined) this.#opened.timeLapse?.begin(event.clocks);
    const [start, end] = this.#keptSamples(this.#opened.telId);
    const size = nPixels * (end - start);
    const samples = newArray(this.#selectsGain(stored) ? size : nChannels * size);
    if (pixels.length < nPixels) samples.fill(0);
    const waveform = this.#correctChannel(0, stored, event, samples.subarray(0, size));
    return { waveform, selected, samples };
  }

  /**
   * Corrects the samples of the low gain, if the event has both gain channels. If gain channels are selected, only those of the
   * pixels for which it is the low gain are corrected: they replace those of the high gain.
   *
   * @param high - of the same event, from {@link correctHighGain}
   * @param isToCalibrate - whether the event will be calibrated: otherwise, both channels are kept
   */
  correctLowGain(
    high: HighGainWaveforms,
    stored: StoredSamples,
    event: CorrectedEvent,
    isToCalibrate: boolean,
  ): CameraWaveforms {
    if (stored.nSamples !== READ_CELLS) return high;
    let result: CameraWaveforms = high;
    if (isToCalibrate && this.#selectsGain(stored)) {
      const { waveform } = high;
      const selected = channelsAbove(waveform, this.traits.gainSelectionThreshold);
      this.#correctChannel(1, stored, event, waveform.samples, (pixel) => selected[pixel] === GainChannel.LOW);
      result = { waveform, selected };
    } else if (stored.nChannels === 2) {
      const { nPixels, nSamples, samples } = high.waveform;
      const both = this.#selectsGain(stored) ? new Float32Array(2 * samples.length) : high.samples;
      if (both !== high.samples) both.set(samples);
      this.#correctChannel(1, stored, event, both.subarray(samples.length));
      result = { waveform: waveformsOf(both, 2, nPixels, nSamples), selected: high.selected };
    }
    if (event.firstCellId !== undefined) this.#opened.timeLapse?.end(event.firstCellId);
    return result;
  }

  /** Whether one gain channel per pixel is kept of an event with both, if it is calibrated. */
  #selectsGain({ nChannels }: StoredSamples): boolean {
    return nChannels === 2 && this.#opened.pe !== undefined && this.traits.selectGain;
  }

  /** First sample that is kept, and that after the last one. */
  #keptSamples(telId: number): readonly [start: number, end: number] {
    const { r1SampleStart, r1SampleEnd } = this.traits;
    return [r1SampleStart.for(telId) ?? 0, r1SampleEnd.for(telId) ?? READ_CELLS];
  }

  /** Corrects the samples of one channel for the DRS4 chips. */
  #correctChannel(
    channel: number,
    stored: StoredSamples,
    event: CorrectedEvent,
    samples: Float32Array,
    isWanted?: (pixel: number) => boolean,
  ): Waveforms<Float32Array> {
    const { nPixels, pixels, selected, scale } = stored;
    const [start, end] = this.#keptSamples(this.#opened.telId);
    correctReadOuts(
      {
        samples: stored.samples.subarray(channel * pixels.length * READ_CELLS),
        scale: scale.waveformScale,
        offset: scale.waveformOffset,
        pixels,
        channels: selected ?? this.#opened.channels[channel],
        cells: this.#firstCells,
      },
      event.firstCellId === undefined ? {} : this.#drs4Corrections(event),
      { samples, start, end, offset: this.#offsetOf(event), isWanted },
    );
    const waveform = waveformsOf(samples, 1, nPixels, end - start);
    clearPixels(waveform, event.isInvalid);
    return waveform;
  }

  /** The samples of all channels, which the event builder has cut, so that their cells are not known. */
  #withoutCells(
    stored: StoredSamples,
    event: CorrectedEvent,
    newArray: (length: number) => Float32Array,
  ): HighGainWaveforms {
    const { nChannels, nPixels, nSamples, selected, scale } = stored;
    const samples = newArray(nChannels * nPixels * nSamples);
    const waveform = calibratedWaveforms(stored.samples, stored, scale, 0, samples);
    const offset = this.#offsetOf(event);
    if (offset !== 0) for (let i = 0; i < samples.length; i++) samples[i] -= offset;
    clearPixels(waveform, event.isInvalid);
    return { waveform, selected, samples };
  }

  /** Samples in p.e. have no offset of ADC counts. */
  #offsetOf({ isDone }: CorrectedEvent): number {
    return isDone ? 0 : this.traits.offset.for(this.#opened.telId);
  }

  /** Warns of samples whose cells are not known, if there are corrections of cells. */
  #warnOfUncorrected({ nSamples }: StoredSamples, { eventId, firstCellId }: CorrectedEvent): void {
    const { drs4, timeLapse } = this.#opened;
    if (drs4 === undefined && timeLapse === undefined) return;
    const found =
      nSamples !== READ_CELLS
        ? `has ${nSamples} samples, expected ${READ_CELLS}: the event builder has cut them`
        : firstCellId === undefined && 'has no first cells of the DRS4 chips';
    if (!found) return;
    const warning = `Event ${eventId} ${found}. DRS4 baseline, time lapse and spikes of such events are not corrected.`;
    this.context.warnOnce(warning, 'uncorrected');
  }

  /** The corrections that the event builder has not applied. */
  #drs4Corrections({ actions }: CorrectedEvent): Drs4Corrections {
    const { drs4, timeLapse } = this.#opened;
    const { applyDrs4PedestalCorrection, applySpikeCorrection } = this.traits;
    const removesSpikes = applySpikeCorrection && (actions & SPIKE_REMOVAL) === 0;
    return {
      baseline: applyDrs4PedestalCorrection ? drs4?.baseline : undefined,
      timeLapse: (actions & DELTA_T_CORRECTION) === 0 ? timeLapse : undefined,
      spikes: removesSpikes ? this.#spikes : undefined,
    };
  }

  get #spikes(): Drs4Corrections['spikes'] {
    const heights = this.#opened.drs4?.spikeHeights;
    const previous = this.#previous?.first;
    if (previous === undefined) return undefined;
    if (this.traits.spikeCorrectionMethod === 'interpolation') return { method: 'interpolation', previous };
    return heights && { method: 'subtraction', heights, previous };
  }

  /** Selects gain channels, and converts samples to p.e. */
  calibrate(waveforms: CameraWaveforms, { isInvalid }: CorrectedEvent): CameraWaveforms {
    const { pe } = this.#opened;
    if (pe === undefined) return waveforms;
    const { selectGain, gainSelectionThreshold } = this.traits;
    const chosen =
      selectGain && waveforms.selected === undefined
        ? selectByThreshold(waveforms.waveform, gainSelectionThreshold)
        : waveforms;
    convertToPe(chosen, pe);
    clearPixels(chosen.waveform, isInvalid);
    return chosen;
  }

  /**
   * Time shifts to subtract from the peak times, shape (2, nPixels), ns: their median over the pixels of the event is 0.
   *
   * @param stored - shifts of the message, of all channels of the event; they replace those of the files
   */
  timeShifts(stored: Float32Array | undefined, selected: Int8Array | undefined): Float32Array {
    const { map, times, pe } = this.#opened;
    const { nPixels } = map;
    if (stored === undefined && times === undefined && pe === undefined) return new Float32Array(2 * nPixels);
    return shiftsAboutMedian(
      stored === undefined ? this.#shiftsOfFiles(selected) : placedShifts(stored, selected),
      selected,
    );
  }

  /** Time shifts by the files of the cells and of the calibration, shape (2, nPixels), ns; those of selected channels are needed. */
  #shiftsOfFiles(selected: Int8Array | undefined): Float64Array {
    const { map, times, pe } = this.#opened;
    const shifts =
      times === undefined
        ? new Float64Array(2 * map.nPixels)
        : cellTimeShifts(this.#firstCells, times.cosines, times.sines, selected);
    if (pe === undefined || !this.traits.addCalibrationTimeshift) return shifts;
    for (let i = 0; i < shifts.length; i++) shifts[i] -= pe.timeCorrection[i];
    return shifts;
  }

  /** Factors of the charges, shape (2, nPixels); undefined if they are 1. */
  chargeFactors(): Float32Array | undefined {
    const { telId, map } = this.#opened;
    const [high, low] = [this.traits.calibScaleHighGain.for(telId), this.traits.calibScaleLowGain.for(telId)];
    return gainFactors(high, low, map.nPixels);
  }

  #nameMissing(hasDrs4: boolean, hasTimes: boolean, lacksTimeLapse: boolean): void {
    const { applyDrs4PedestalCorrection, applySpikeCorrection, spikeCorrectionMethod } = this.traits;
    const needsHeights = applySpikeCorrection && spikeCorrectionMethod === 'subtraction';
    const missing = [
      ...(!hasDrs4 && (applyDrs4PedestalCorrection || needsHeights)
        ? ['drs4_pedestal_path: DRS4 baseline, time lapse and spikes are not corrected']
        : []),
      ...(!hasTimes ? ['drs4_time_calibration_path: times are not corrected for the widths of the DRS4 cells'] : []),
      ...(lacksTimeLapse ? ['drs4_timelapse_path: the time lapse of the baseline is not corrected'] : []),
    ];
    if (missing.length > 0) this.context.logger.info(`Files that are not set: ${missing.join('; ')}.`);
  }

  get #firstCells(): Uint16Array {
    return this.#cells?.first ?? new Uint16Array(2 * this.#opened.map.nPixels);
  }

  get #opened(): Loaded {
    if (this.#loaded === undefined) throw new Error('LSTR0Corrections has not read its files.');
    return this.#loaded;
  }
}
