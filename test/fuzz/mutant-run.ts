import { join } from 'node:path';
import {
  assignmentLayer,
  CherenkitError,
  corePlugin,
  EVENT_FAILURES,
  ExitCode,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  ProcessorTool,
  readConfigFile,
  Run,
  type ConfigLayer,
} from '@cherenkit/core';
import { byteSourceFrom, openFile } from '@cherenkit/io';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5 from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import muon from '@cherenkit/plugin-muon';
import simtel from '@cherenkit/plugin-simtel';
import { discardingPlugin } from './discarding-data-writer.js';
import { arrayOf } from '../support/test-array.js';
import { isConfiguration } from './recipe.js';

const plugins = new PluginRegistry(
  [corePlugin, cleaners, extractors, hdf5, hillas, muon, simtel, discardingPlugin].map((plugin) =>
    installedPlugin(plugin),
  ),
);
const subarray = arrayOf({ 1: 'LST_LST_LSTCam', 2: 'LST_LST_LSTCam', 5: 'MST_MST_NectarCam' });

/** How a run over a damaged file ended. `fault` is everything that must not happen. */
export interface MutantOutcome {
  readonly kind: 'tables' | 'error' | 'fault';
  /** Code of the error, or a description of the fault. */
  readonly detail: string;
}

/** Faults that a run can be made to have, to test that they are found. */
export type ProvokedFault = 'endless loop' | 'endless wait' | 'memory' | 'TypeError' | 'exit';

/** How a damaged file is processed. */
export interface MutantOptions {
  /** Has this fault instead of processing the file. */
  readonly provokes?: ProvokedFault;
  /** Keeps the events before the damage. Default: false. */
  readonly allowTruncated?: boolean;
  /** Selects gain channels; otherwise images of all channels are written, and no parameters. Default: true. */
  readonly selectsGain?: boolean;
  /** Writes an HDF5 file. Default: true. */
  readonly writesFile?: boolean;
}

/**
 * Processes a damaged file, or checks a damaged configuration, as the command does.
 *
 * @param name - name in the corpus
 * @param input - bytes, or the path of a file
 * @param folder - where files are written
 */
export async function runMutant(
  name: string,
  input: Uint8Array | string,
  folder: string,
  options: MutantOptions = {},
): Promise<MutantOutcome> {
  try {
    if (options.provokes !== undefined) await provoke(options.provokes);
    if (isConfiguration(name)) await checkConfiguration(name, Buffer.from(input).toString('utf8'));
    else {
      const failure = await processFile(input, folder, options);
      if (failure !== undefined) return { kind: 'fault', detail: failure };
    }
    return { kind: 'tables', detail: '' };
  } catch (error) {
    return describeError(error);
  }
}

async function provoke(fault: ProvokedFault): Promise<void> {
  switch (fault) {
    case 'endless loop':
      for (;;);
    case 'endless wait':
      return new Promise(() => undefined);
    case 'memory':
      for (let i = 0; i < 5; i++) provoked.push(Buffer.alloc(100 * 2 ** 20, i + 1));
      provoked.splice(0);
      return;
    case 'TypeError':
      throw new TypeError('provoked');
    case 'exit':
      process.exit(3);
  }
}

const provoked: Buffer[] = [];

async function checkConfiguration(name: string, text: string): Promise<void> {
  const layer = await readConfigFile(text, name);
  await using run = await Run.prepare({ layers: [layer], tool: 'ProcessorTool' }, { plugins });
  await run.openFor(subarray);
}

/** Returns the first failure of a component, which the damaged file must not cause. */
async function processFile(
  input: Uint8Array | string,
  folder: string,
  options: MutantOptions,
): Promise<string | undefined> {
  await using run = await Run.prepare({ layers: layersOf(folder, options), tool: 'ProcessorTool' }, { plugins });
  const source = await run.open(typeof input === 'string' ? await openFile(input) : byteSourceFrom(input, 'mutant'));
  await run.create(ProcessorTool, 'ProcessorTool').run(source, { events: run.events() });
  const [failure] = run.service(EVENT_FAILURES).all;
  return failure && `component failed: ${JSON.stringify(failure)}`;
}

function layersOf(
  folder: string,
  { allowTruncated = false, selectsGain = true, writesFile = true }: MutantOptions,
): ConfigLayer[] {
  const config = {
    ProcessorTool: { data_writer_type: writesFile ? 'HDF5DataWriter' : 'DiscardingDataWriter' },
    EventSource: { allow_truncated: allowTruncated },
    SimTelEventSource: { focal_length_choice: 'EQUIVALENT', skip_calibration_events: false, select_gain: selectsGain },
    DataWriter: { write_dl1_images: true, write_dl1_parameters: selectsGain, write_dl2: selectsGain },
    ...(writesFile && { HDF5DataWriter: { compression_level: 0 } }),
  };
  return [
    objectLayer(config),
    assignmentLayer([`DataWriter.output_path=${join(folder, 'mutant.h5')}`, 'DataWriter.overwrite=true']),
  ];
}

/** Damaged input must be refused with a code and a place, a setting that does not fit the file with a code. */
function describeError(error: unknown): MutantOutcome {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (!CherenkitError.is(error)) return { kind: 'fault', detail: `not a CherenkitError: ${stack}` };
  // An empty file has no place to name.
  const hasPlace = error.code === 'INPUT_EMPTY' || /byte \d+|begins with|:\d+:\d+: /.test(error.message);
  if (error.exitCode === ExitCode.USAGE || (error.exitCode === ExitCode.BAD_INPUT && hasPlace)) {
    return { kind: 'error', detail: error.code };
  }
  return { kind: 'fault', detail: `${error.code}, exit code ${error.exitCode}: ${stack}` };
}
