import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FunctionLogger, optionLayer, type TraitOption } from '@cherenkit/core';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5';
import { openFile } from '@cherenkit/io';
import { describeSimulation } from '../describe-simulation.js';
import { describeSummary } from '../describe-summary.js';
import { interruptible } from '../interruption.js';
import { processFile } from '../process-file.js';
import { simulateFile } from '../simulate-file.js';
import { toymodelUrl } from '../toymodel-url.js';
import { describeShowers, describeTables } from './describe-demo.js';
import { reconstructedShowers } from './reconstructed-showers.js';

/** What a demonstration is made of. */
export interface DemoOptions {
  /** A file to process; undefined: one is simulated. */
  readonly file: string | undefined;
  /** Where the files go. */
  readonly folder: string;
  readonly array: string;
  readonly events: string;
  readonly seed: string;
  /** Traits for the main program. */
  readonly settings: readonly TraitOption[];
}

/** `cherenkit demo`: simulates showers, processes them, and tells what came out. */
export async function runDemo(options: DemoOptions): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  await interruptible((signal) => demonstrate(options, signal));
}

async function demonstrate({ file, folder, settings, ...toy }: DemoOptions, signal: AbortSignal): Promise<void> {
  const print = (text: string): void => void process.stdout.write(text);
  const logger = new FunctionLogger((level, message) => {
    if (level === 'warning' || level === 'error') process.stderr.write(`${level}: ${message}\n`);
  });
  const input = file ?? join(folder, 'showers.simtel.zst');
  const outputPath = join(folder, 'showers.dl2.h5');

  if (file === undefined) {
    const { array, events, seed } = toy;
    print(`$ npx cherenkit simulate -o ${input} --array ${array} --events ${events} --seed ${seed}\n`);
    const url = toymodelUrl('toymodel:', { array, events, seed });
    print(`${describeSimulation(await simulateFile({ url, outputPath: input, overwrite: true, logger, signal }))}\n`);
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
  print(`${describeSummary(await processFile({ layers: [layer], logger, signal }))}\n`);

  await using access = await openFile(outputPath);
  const reader = await Hdf5Reader.open(access);
  print(describeShowers(await reconstructedShowers(reader)));
  const rows = new Map<string, number>();
  for (const path of await reader.tables()) rows.set(path, (await reader.table(path)).nRows);
  print('\nThe files, which ctapipe reads as well:\n');
  print(`  ${input}   ${file === undefined ? 'raw samples, their calibration and the truth' : 'as you gave it'}\n`);
  print(`  ${outputPath}   for PyTables and h5py, too; in it are\n${describeTables(rows)}`);
  print(`
Try next:
  npx cherenkit events ${input} --max-events 5
  npx cherenkit process -i ${input} -o ${join(folder, 'strict.dl2.h5')} --write-showers --TailcutsImageCleaner.picture_threshold_pe=20
  npx cherenkit simulate -o ${join(folder, 'south.simtel.zst')} --array south --events 20
  npx cherenkit process --help
and a sim_telarray file of your own: npx cherenkit demo FILE
`);
}
