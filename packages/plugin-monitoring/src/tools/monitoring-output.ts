import { CherenkitError, dataModel, ExitCode, nameSome, type ComponentContext } from '@cherenkit/core';
import { Hdf5File, HDF5Merger, readTable, type Hdf5Writer } from '@cherenkit/plugin-hdf5';

/** Tables of monitoring data to be added to a copy of the input, or to the output. */
export interface AddedMonitoring {
  readonly input: string;
  readonly outputPath: string;
  /** Paths of the tables. */
  readonly paths: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** Writes the tables. */
  readonly write: (file: Hdf5Writer) => Promise<void>;
}

const EVENT_IDS = ['obs_id', 'event_id'] as const;
const FIXED_POINTING = '/configuration/telescope/pointing';
const LEVELS = 'CTA PRODUCT DATA LEVELS';

/** What the output does not contain. Source: ctapipe 0.32 `PixelStatisticsCalculatorTool`. */
const LEFT_OUT = {
  simulation: false,
  r0_waveforms: false,
  r1_waveforms: false,
  dl1_images: false,
  processing_statistics: false,
  merge_strategy: 'events-single-ob',
} as const;

/**
 * Writes monitoring data with the array, the triggers and the monitoring data of the input, without waveforms and images; with
 * `HDF5Merger.append`, adds them to the output, whose events may be those of the input.
 *
 * @throws CherenkitError MONITORING_TABLE_EXISTS (2); those of {@link HDF5Merger.merge}
 */
export async function addMonitoringTables(context: ComponentContext, added: AddedMonitoring): Promise<void> {
  const { input, outputPath, paths, signal, write } = added;
  const { append, overwrite } = context.create(HDF5Merger, 'HDF5Merger').traits;
  await using source = await Hdf5File.open(input);
  await using output = append ? await openIfExists(outputPath) : undefined;
  const existing: string[] = [];
  for (const path of paths) if (await (output ?? source).has(path)) existing.push(path);
  if (existing.length > 0 && (output !== undefined || !overwrite)) throw tableExists((output ?? source).name, existing);
  const inputs = output && (await hasEventsOf(output, source)) ? [] : [input];
  const hasPointing = inputs.length > 0 && (await source.paths(FIXED_POINTING)).length > 0;
  const merger = await context.createWith(HDF5Merger, 'HDF5Merger', {
    ...LEFT_OUT,
    exclude: hasPointing ? [`${FIXED_POINTING}/*`] : [],
  });
  const levels = (await (output ?? source).attributes('/', new RegExp(`^${LEVELS}$`))).get(LEVELS);
  await merger.merge(inputs, {
    outputPath,
    signal,
    // As in ctapipe, the levels are those of the input.
    added: { levels: typeof levels === 'string' ? levels.split(',') : [], replaced: existing, write },
  });
}

async function openIfExists(path: string): Promise<Hdf5File | undefined> {
  try {
    return await Hdf5File.open(path);
  } catch (error) {
    if (CherenkitError.is(error) && error.code === 'INPUT_MISSING') return undefined;
    throw error;
  }
}

/** Whether a file has all array events of another one. */
async function hasEventsOf(file: Hdf5File, other: Hdf5File): Promise<boolean> {
  const { path } = dataModel.SUBARRAY_TRIGGER;
  if (!(await other.has(path))) return true;
  if (!(await file.has(path))) return false;
  const wanted = await readTable(other, path, { columns: EVENT_IDS });
  return wanted.join(await readTable(file, path, { columns: EVENT_IDS }), EVENT_IDS).nRows === wanted.nRows;
}

function tableExists(file: string, paths: readonly string[]): CherenkitError {
  const message = `${file} already has ${nameSome(paths)}. Choose another output, without --append, and --overwrite to compute them again.`;
  return new CherenkitError('MONITORING_TABLE_EXISTS', ExitCode.USAGE, message);
}
