import {
  CherenkitError,
  ExitCode,
  MonitoringSource,
  nameSome,
  PROVENANCE,
  TelescopeMonitoringContainer,
  toIsoUtc,
  trait,
  type ArrayEvent,
  type MonitoringType,
  type Time,
} from '@cherenkit/core';
import type { Nanoseconds } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { MeasuredPointings } from '../source/measured-pointings.js';
import { fileDefect } from '../tables/file-defect.js';
import { CameraCoefficients } from './camera-coefficients.js';
import {
  contentOf,
  missingData,
  timeRangeOf,
  type StatisticsField,
  type TelescopeData,
} from './monitoring-coverage.js';
import { readMonitoringFile, type MonitoringFile, type MonitoringTable } from './monitoring-file.js';
import { PixelStatistics } from './pixel-statistics.js';

const NANOSECONDS = 1e9;

/**
 * Reads monitoring data of HDF5 files in ctapipe's data model: calibration coefficients of cameras, statistics of calibration
 * events per pixel, and measured pointings. Source: ctapipe 0.32 `HDF5MonitoringSource`.
 *
 * Data of observations are those at the time of an event. Of simulations, in which times mean nothing, the first row of each
 * table is used, and no pointings.
 */
export class HDF5MonitoringSource extends MonitoringSource.withTraits({
  inputFiles: trait.list(trait.path(), {
    default: [],
    help: 'HDF5 files with monitoring data. Rows of all files are used; those of later files take precedence at equal times.',
  }),
  timestampTolerance: trait.quantity({
    default: 1,
    minimum: 0,
    unit: 's',
    help: 'Tolerance for events before and after the times of the monitoring data.',
  }),
  coefficientsLifetime: trait.optional(
    trait.quantity({
      exclusiveMinimum: 0,
      unit: 's',
      help: 'Time after which calibration coefficients are no longer used. None: they are used until the next ones.',
    }),
  ),
}) {
  static override readonly help = 'Reads calibration coefficients, pixel statistics and pointings of HDF5 files.';

  readonly #telescopes = new Map<number, TelescopeData>();
  #isSimulation = false;

  get monitoringTypes(): readonly MonitoringType[] {
    const all = [...this.#telescopes.values()];
    const types: MonitoringType[] = [];
    if (all.some(({ statistics }) => statistics.size > 0)) types.push('PIXEL_STATISTICS');
    if (all.some(({ coefficients }) => coefficients)) types.push('CAMERA_COEFFICIENTS');
    if (!this.#isSimulation && all.some(({ pointings }) => pointings)) types.push('TELESCOPE_POINTINGS');
    return types;
  }

  /** @throws CherenkitError MONITORING_UNSUITABLE (2); errors of the files */
  override async prepare(): Promise<void> {
    const { subarray, logger } = this.context;
    const { inputFiles } = this.traits;
    if (inputFiles.length === 0) throw this.#unsuitable('no file is given', `Set ${this.name}.input_files.`);
    const files = new Map<string, MonitoringFile>();
    for (const path of inputFiles) {
      const file = await readMonitoringFile(path, subarray);
      files.set(path, file);
      const content = contentOf(file.tables);
      this.context.service(PROVENANCE).addInput({ url: path, role: 'Monitoring', content });
      logger.info(`${path}: ${content}${file.isSimulation ? '' : timeRangeOf(file.tables)}.`);
    }
    this.#isSimulation = this.#simulationFlagOf(files);
    const tables = [...files.values()].flatMap((file) => file.tables);
    if (tables.length === 0) {
      const others = new Set([...files.values()].flatMap(({ otherTelescopes }) => [...otherTelescopes]));
      const found = others.size > 0 ? `; there are data of telescopes ${nameSome(others)}` : '';
      throw this.#unsuitable(
        `${nameSome(inputFiles)}: no monitoring data of telescopes ${nameSome(subarray.telIds)}${found}`,
        'Use files with calibration coefficients, pixel statistics or pointings of these telescopes.',
      );
    }
    try {
      for (const telId of subarray.telIds) {
        this.#telescopes.set(telId, this.#dataOf(tables.filter((table) => table.telId === telId)));
      }
    } catch (error) {
      throw fileDefect(nameSome(inputFiles), error);
    }
    for (const warning of missingData(this.#telescopes, this.#isSimulation, this.#tolerance)) logger.warning(warning);
  }

  override fill(event: ArrayEvent): void {
    for (const telId of new Set([...event.trigger.telsWithTrigger, ...event.r1.tel.keys(), ...event.dl1.tel.keys()])) {
      const data = this.#telescopes.get(telId);
      if (!data) continue;
      const monitoring = event.monitoring.tel.get(telId) ?? new TelescopeMonitoringContainer();
      event.monitoring.tel.set(telId, monitoring);
      const { time } = event.trigger;
      if (!this.#isSimulation) this.#fillPointing(monitoring, data, telId, time);
      this.#fillStatistics(monitoring, data, telId, time);
      if (!this.#fillCoefficients(monitoring, data, telId, time)) this.#rejectImage(event, telId);
    }
  }

  #fillPointing(
    monitoring: TelescopeMonitoringContainer,
    { pointings }: TelescopeData,
    telId: number,
    time: Time,
  ): void {
    if (!pointings) return;
    const pointing = pointings.at(time, this.#tolerance);
    if (pointing) monitoring.pointing = pointing;
    else
      this.#warnOutside('measured pointings', telId, time, 'such events keep the pointing of the input, if it has one');
  }

  #fillStatistics(
    { camera }: TelescopeMonitoringContainer,
    { statistics }: TelescopeData,
    telId: number,
    time: Time,
  ): void {
    for (const [field, each] of statistics) {
      const found = each.at(this.#isSimulation ? (each.first ?? time) : time, this.#tolerance);
      if (found) camera.pixelStatistics[field] = found;
      else this.#warnOutside(`pixel statistics (${field})`, telId, time, 'such events are processed without them');
    }
  }

  /** Returns false if there are coefficients, but not at this time. */
  #fillCoefficients(
    { camera }: TelescopeMonitoringContainer,
    { coefficients }: TelescopeData,
    telId: number,
    time: Time,
  ): boolean {
    if (!coefficients) return true;
    const lifetime = (this.traits.coefficientsLifetime ?? Infinity) * NANOSECONDS;
    const found = this.#isSimulation ? coefficients.first : coefficients.at(time, this.#tolerance, lifetime);
    if (!found) {
      this.#warnOutside('valid calibration coefficients', telId, time, 'waveforms of such events are not calibrated');
      return false;
    }
    const { outlierMask, timeShift } = camera.coefficients;
    found.outlierMask ??= outlierMask;
    found.timeShift ??= timeShift;
    camera.coefficients = found;
    return true;
  }

  /** Waveforms without their coefficients would give charges of another unit. */
  #rejectImage(event: ArrayEvent, telId: number): void {
    const { waveform } = event.r1.tel.get(telId) ?? event.dl0.tel.get(telId) ?? {};
    if (waveform === undefined) return;
    const reason = 'no valid calibration coefficients at this time';
    event.rejections.push({ level: 'image', telId, component: this.name, reason });
  }

  get #tolerance(): Nanoseconds {
    return this.traits.timestampTolerance * NANOSECONDS;
  }

  /** Warns of the first event for which a telescope has no data of a kind. */
  #warnOutside(kind: string, telId: number, time: Time, consequence: string): void {
    this.context.warnOnce(
      `There are no ${kind} of telescope ${telId} at ${toIsoUtc(time, 3)}, the time of an event; ${consequence}. This warning is given once.`,
      kind,
    );
  }

  #dataOf(tables: readonly MonitoringTable[]): TelescopeData {
    const tablesOf = (kind: MonitoringTable['kind']): Table[] =>
      tables.filter((each) => each.kind === kind).map(({ table }) => table);
    const [coefficients, pointings] = [tablesOf('coefficients'), tablesOf('pointing')];
    return {
      coefficients: coefficients.length > 0 ? new CameraCoefficients(coefficients) : undefined,
      pointings: pointings.length > 0 ? new MeasuredPointings(pointings) : undefined,
      statistics: this.#statisticsOf(tables),
    };
  }

  /** Statistics by field. A file may have several kinds of pedestals, of which the last one by name is used, as in ctapipe. */
  #statisticsOf(tables: readonly MonitoringTable[]): Map<StatisticsField, PixelStatistics> {
    const quantities = [...new Set(tables.flatMap(({ quantity }) => quantity ?? []))].sort();
    const used = new Map<StatisticsField, string>();
    for (const quantity of quantities) {
      const field = fieldOf(quantity);
      if (!field) {
        const names = 'flat-field images, flat-field peak times and pedestal images';
        this.context.warnOnce(`Statistics of ${quantity} are not used: an event has those of ${names}.`);
        continue;
      }
      const other = used.get(field);
      used.set(field, quantity);
      if (other !== undefined) {
        const message = `Statistics of ${quantity} are used, those of ${other} are not: an event has one kind of them.`;
        this.context.warnOnce(message);
      }
    }
    return new Map(
      Array.from(used, ([field, name]) => [
        field,
        new PixelStatistics(tables.flatMap(({ quantity, table }) => (quantity === name ? [table] : []))),
      ]),
    );
  }

  /** @throws CherenkitError MONITORING_UNSUITABLE (2) for files of simulations and of observations */
  #simulationFlagOf(files: ReadonlyMap<string, MonitoringFile>): boolean {
    const [simulated, observed] = [true, false].map(
      (flag) => [...files].find(([, { isSimulation }]) => isSimulation === flag)?.[0],
    );
    if (simulated === undefined || observed === undefined) return simulated !== undefined;
    throw this.#unsuitable(
      `${simulated} has monitoring data of a simulation, ${observed} of observations`,
      'Use files of one kind.',
    );
  }

  #unsuitable(found: string, remedy: string): CherenkitError {
    return new CherenkitError('MONITORING_UNSUITABLE', ExitCode.USAGE, `${this.context.path}: ${found}. ${remedy}`);
  }
}

/** The field of the statistics of a quantity; undefined for quantities that events do not have. */
function fieldOf(quantity: string): StatisticsField | undefined {
  if (quantity.includes('pedestal_image')) return 'pedestalImage';
  if (quantity.includes('flatfield_image')) return 'flatfieldImage';
  return quantity.includes('flatfield_peak_time') ? 'flatfieldPeakTime' : undefined;
}
