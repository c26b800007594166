import { printable } from '@cherenkit/errors';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EMPTY_OUTCOME,
  FunctionLogger,
  objectLayer,
  optionLayer,
  type ConfigLayer,
  type TraitOption,
} from '@cherenkit/core';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { describeOutcome } from '../run/describe-outcome.js';
import { runInterruptible } from '../run/interruption.js';
import { runTool, type RunHooks } from '../run/run-tool.js';
import { describeShowers, describeTables } from './describe-demo.js';
import { reconstructedShowers } from './reconstructed-showers.js';

/** Options of `cherenkit demo`. */
export interface DemoOptions {
  /** sim_telarray file to process; undefined to simulate one. */
  readonly file: string | undefined;
  /** Output folder. */
  readonly folder: string;
  readonly array: string;
  readonly events: string;
  readonly seed: string;
  /** Traits for `process`, from the command line. */
  readonly settings: readonly TraitOption[];
}

/** Runs `cherenkit demo`: simulates showers, processes them, and prints the results. */
export async function runDemo(options: DemoOptions): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  await runInterruptible((signal) => demonstrate(options, signal));
}

async function demonstrate({ file, folder, settings, ...toy }: DemoOptions, signal: AbortSignal): Promise<void> {
  const print = (text: string): void => void process.stdout.write(text);
  const logger = new FunctionLogger((level, message) => {
    if (level === 'warning' || level === 'error') process.stderr.write(`${level}: ${printable(message)}\n`);
  });
  const input = file ?? join(folder, 'showers.simtel.zst');
  const outputPath = join(folder, 'showers.dl2.h5');

  if (file === undefined) {
    const { array, events, seed } = toy;
    print(`$ npx cherenkit simulate -o ${input} --array ${array} --events ${events} --seed ${seed}\n`);
    const traits = { inputUrl: 'toymodel:', array, events: Number(events), seed: Number(seed) };
    const config = { EventSource: traits, DataWriter: { outputPath: input, overwrite: true } };
    await runAndPrint('SimulateTool', [objectLayer(config)], { logger, signal });
  }

  const more = settings.map(({ source }) => ` ${source}`).join('');
  print(`$ npx cherenkit process -i ${input} -o ${outputPath} --write-images --write-showers --overwrite${more}\n`);
  const layer = optionLayer([
    { source: '--input', key: 'EventSource.input_url', value: input },
    { source: '--output', key: 'DataWriter.output_path', value: outputPath },
    { source: '--overwrite', key: 'DataWriter.overwrite', value: 'true' },
    { source: '--write-images', key: 'DataWriter.write_dl1_images', value: 'true' },
    { source: '--write-showers', key: 'DataWriter.write_dl2', value: 'true' },
    ...settings,
  ]);
  await runAndPrint('ProcessorTool', [layer], { logger, signal });

  await using output = await Hdf5File.open(outputPath);
  print(describeShowers(await reconstructedShowers(output)));
  const rows = new Map<string, number>();
  for (const path of await output.paths()) rows.set(path, (await output.table(path)).nRows);
  print('\nFiles (ctapipe reads both):\n');
  print(`  ${input}   ${file === undefined ? 'raw waveforms, calibration and simulation data' : 'the input'}\n`);
  print(`  ${outputPath}   also readable with PyTables and h5py; its tables:\n${describeTables(rows)}`);
  print(`
Try next:
  npx cherenkit events ${input} --max-events 5
  npx cherenkit process -i ${input} -o ${join(folder, 'strict.dl2.h5')} --write-showers --TailcutsImageCleaner.picture_threshold_pe=20
  npx cherenkit simulate -o ${join(folder, 'south.simtel.zst')} --array south --events 20
  npx cherenkit process --help
or process your own sim_telarray file: npx cherenkit demo FILE
`);
}

/** Runs a tool and prints its summary. */
async function runAndPrint(tool: string, layers: readonly ConfigLayer[], hooks: RunHooks): Promise<void> {
  const { outcome = EMPTY_OUTCOME, files, seconds } = await runTool({ tool, layers }, hooks);
  process.stdout.write(`${describeOutcome(outcome, files, seconds)}\n`);
}
