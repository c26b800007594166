import {
  CherenkitError,
  counted,
  dataModel,
  EventSource,
  ExitCode,
  nameSome,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentContext,
  type ComponentKind,
  type ToolOptions,
} from '@cherenkit/core';
import { Hdf5File, HDF5Merger, writeTable, type Hdf5Writer } from '@cherenkit/plugin-hdf5';
import { Column, fillPlaceholders, Table, type Time } from '@cherenkit/tables';
import {
  CameraCoefficientsCalculator,
  type CameraCoefficients,
} from '../coefficients/camera-coefficients-calculator.js';
import { chunkNear, readStatistics, type StoredStatistics } from '../coefficients/stored-statistics.js';
import { storedWindowWidth } from '../coefficients/stored-window-width.js';
import { countUnusable, describeReasons } from '../coefficients/unusable-pixels.js';
import { addMonitoringTables } from './monitoring-output.js';

const [INPUT, CALIBRATION, OUTPUT] = ['INPUT', 'CALIBRATION', 'OUTPUT'];

const { path: COEFFICIENTS } = dataModel.COEFFICIENTS;
const { path: GAINS } = dataModel.PIXEL_GAINS;

/** Statistics of pedestals, of which the first ones that a file has are used. */
const PEDESTALS = ['sky_pedestal_image', 'pedestal_image', 'dark_pedestal_image', 'electronic_pedestal_image'];

/** Coefficients of one chunk of flat-field events. */
interface ChunkCoefficients {
  readonly time: Time;
  /** Shape (nChannels, nPixels). */
  readonly shape: readonly [nChannels: number, nPixels: number];
  readonly coefficients: CameraCoefficients;
}

/**
 * Computes calibration coefficients of cameras from statistics of flat-field and pedestal events:
 * `cherenkit calculate-camera-coefficients`.
 */
export class CameraCoefficientsTool extends Tool.withTraits({
  outputPath: trait.path({ default: '', help: 'The output, an HDF5 file with monitoring data.' }),
  allowedTels: trait.optional(trait.integerSet({ help: 'Ids of the telescopes to use; default: all.' })),
  timeShifts: trait.boolean({
    default: true,
    help: 'Compute the shifts of peak times, for which statistics of the peak times of flat-field events are required.',
  }),
}) {
  static override readonly help =
    'Computes calibration coefficients of cameras from statistics of flat-field and pedestal events.';
  static override readonly children: readonly ComponentKind[] = [EventSource, HDF5Merger, CameraCoefficientsCalculator];
  static override readonly command: CommandDeclaration = {
    name: 'calculate-camera-coefficients',
    description:
      'The input is a file of cherenkit calculate-pixel-statistics with statistics of the charges of flat-field and of pedestal events, and of the peak times of flat-field events. The gains are determined by the F-factor method. The output is a copy of the input with the coefficients, which CameraCalibrator uses with cherenkit process --monitoring-source.',
    examples: [
      'calculate-camera-coefficients -i monitoring.h5 -o coefficients.h5 --flash-spread 0.03',
      'calculate-camera-coefficients -i monitoring.h5 -o coefficients.h5 --no-time-shifts',
    ],
    flags: {
      input: { trait: 'EventSource.input_url', letter: 'i', group: INPUT },
      'allowed-tels': { trait: 'CameraCoefficientsTool.allowed_tels', letter: 't', group: INPUT },
      'time-shifts': { trait: 'CameraCoefficientsTool.time_shifts', group: CALIBRATION },
      'squared-excess-noise': { trait: 'CameraCoefficientsCalculator.squared_excess_noise', group: CALIBRATION },
      'flash-spread': { trait: 'CameraCoefficientsCalculator.flash_spread', group: CALIBRATION },
      'window-width': { trait: 'CameraCoefficientsCalculator.window_width', group: CALIBRATION },
      'uniform-light': { trait: 'CameraCoefficientsCalculator.uniform_light', group: CALIBRATION },
      output: { trait: 'CameraCoefficientsTool.output_path', letter: 'o', required: true, group: OUTPUT },
      overwrite: { trait: 'HDF5Merger.overwrite', group: OUTPUT },
    },
  };

  readonly #calculator: CameraCoefficientsCalculator;

  constructor(context: ComponentContext) {
    super(context);
    this.#calculator = context.create(CameraCoefficientsCalculator, 'CameraCoefficientsCalculator');
  }

  /** @throws CherenkitError CALIBRATION_STATISTICS_MISSING, MONITORING_TABLE_EXISTS (2); those of the input and the output */
  override async run(source: EventSource, { signal }: ToolOptions = {}): Promise<string> {
    const { inputUrl } = source.traits;
    const { subarray } = this.context;
    const { allowedTels, outputPath } = this.traits;
    const { telIds } = allowedTels ? subarray.selectSubarray(allowedTels) : subarray;
    const computed = new Map<number, ChunkCoefficients[]>();
    await using file = await Hdf5File.open(inputUrl);
    await this.#checkWidths(file, telIds);
    for (const telId of telIds) computed.set(telId, await this.#coefficientsOf(file, telId));
    await addMonitoringTables(this.context, {
      input: inputUrl,
      outputPath,
      paths: telIds.flatMap((telId) =>
        [COEFFICIENTS, GAINS].map((path) => fillPlaceholders(path, { telescope: telId })),
      ),
      signal,
      write: (output) => {
        for (const [telId, chunks] of computed) writeCoefficients(output, telId, chunks);
        return Promise.resolve();
      },
    });
    const nSets = [...computed.values()].reduce((sum, { length }) => sum + length, 0);
    return `${counted(telIds.length, 'telescope')}, ${counted(nSets, 'set')} of coefficients`;
  }

  /** Warns of charges that are sums of another number of samples than is set. */
  async #checkWidths(file: Hdf5File, telIds: readonly number[]): Promise<void> {
    const stored = await storedWindowWidth(file);
    if (!stored) return;
    const others = telIds.filter((telId) => this.#calculator.windowWidthOf(telId) !== stored.width);
    if (others.length === 0) return;
    const { trait: name, width } = stored;
    this.context.logger.warning(
      `${file.name}: the charges are sums of ${width} samples (${name} of its stored configuration), but the window width of ${counted(others.length, 'telescope')} is ${this.#calculator.windowWidthOf(others[0])}, for which the pedestals are wrong. Set --window-width ${width}.`,
    );
  }

  /** @throws CherenkitError CALIBRATION_STATISTICS_MISSING (2) */
  async #coefficientsOf(file: Hdf5File, telId: number): Promise<ChunkCoefficients[]> {
    const flatfield = await readFirst(file, telId, ['flatfield_image']);
    const pedestal = await readFirst(file, telId, PEDESTALS);
    const peakTime = this.traits.timeShifts ? await readFirst(file, telId, ['flatfield_peak_time']) : undefined;
    return flatfield.map((ofChunk) => {
      const { nChannels, startTime: time, mean } = ofChunk;
      const coefficients = this.#calculator.coefficients(telId, {
        flatfield: ofChunk,
        pedestal: chunkNear(ofChunk, pedestal),
        peakTime: peakTime && chunkNear(ofChunk, peakTime),
      });
      this.#report(telId, coefficients);
      return { time, shape: [nChannels, mean.length / nChannels], coefficients };
    });
  }

  #report(telId: number, { unusable, isValid }: CameraCoefficients): void {
    const count = countUnusable(unusable);
    if (count === 0) return;
    const message = `telescope ${telId}: ${count} of ${unusable.length} pixels cannot be used: ${describeReasons(unusable)}`;
    if (isValid) this.context.logger.info(message);
    else this.context.logger.warning(`${message}; the coefficients are not valid.`);
  }
}

/**
 * Reads the statistics of the first quantity that a file has.
 *
 * @throws CherenkitError CALIBRATION_STATISTICS_MISSING (2)
 */
async function readFirst(file: Hdf5File, telId: number, quantities: readonly string[]): Promise<StoredStatistics[]> {
  for (const quantity of quantities) {
    const path = fillPlaceholders(dataModel.PIXEL_STATISTICS.path, { quantity, telescope: telId });
    if (!(await file.has(path))) continue;
    const chunks = await readStatistics(file, path);
    if (chunks.length > 0) return chunks;
    const message = `${file.name}: ${path} has no valid chunk: all have too many outliers. Choose other outlier detectors, or calibration events without disturbances.`;
    throw new CherenkitError('CALIBRATION_STATISTICS_MISSING', ExitCode.USAGE, message);
  }
  const column = quantities[0].endsWith('peak_time') ? 'peak_time' : 'image';
  const remedy = column === 'peak_time' ? ', or leave out the shifts of peak times with --no-time-shifts' : '';
  const message = `${file.name} has no statistics ${nameSome(quantities)} of telescope ${telId}. Add them with cherenkit calculate-pixel-statistics --append --input-column-name ${column}, or leave the telescope out with --allowed-tels${remedy}.`;
  throw new CherenkitError('CALIBRATION_STATISTICS_MISSING', ExitCode.USAGE, message);
}

function writeCoefficients(file: Hdf5Writer, telId: number, chunks: readonly ChunkCoefficients[]): void {
  const [{ shape }] = chunks;
  const time = new Column(
    { name: 'time', type: 'uint32', shape: [2], meaning: { kind: 'time', format: 'ctao_high_res' } },
    Uint32Array.from(chunks.flatMap(({ time: { seconds, quarterNanoseconds } }) => [seconds, quarterNanoseconds])),
  );
  const numbers = (name: string, of: (coefficients: CameraCoefficients) => Float64Array): Column =>
    new Column({ name, type: 'float64', shape }, joined(chunks.map(({ coefficients }) => of(coefficients))));
  const reasons = Uint8Array.from(chunks.flatMap(({ coefficients: { unusable } }) => [...unusable]));
  const isValid = Uint8Array.from(chunks, ({ coefficients }) => Number(coefficients.isValid));
  const table = new Table([
    time,
    numbers('pedestal_offset', ({ pedestalOffset }) => pedestalOffset),
    numbers('factor', ({ factor }) => factor),
    numbers('time_shift', ({ timeShift }) => timeShift),
    new Column(
      { name: 'outlier_mask', type: 'bool', shape },
      reasons.map((each) => Number(each !== 0)),
    ),
    new Column({ name: 'is_valid', type: 'bool' }, isValid),
  ]);
  writeTable(file, fillPlaceholders(COEFFICIENTS, { telescope: telId }), table);
  const gains = new Table([
    time,
    numbers('photo_electrons', (each) => each.gains.photoElectrons),
    numbers('gain', (each) => each.gains.gain),
    numbers('gain_uncert', (each) => each.gains.gainUncert),
    new Column({ name: 'unusable', type: 'uint8', shape }, reasons),
  ]);
  writeTable(file, fillPlaceholders(GAINS, { telescope: telId }), gains);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
