import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { EventioNode } from '@cherenkit/plugin-simtel/eventio';
import { LineOutput } from '../run/standard-streams.js';
import { integerFlag } from '../run/integer-flag.js';
import { isRegularFile } from './is-regular-file.js';

/** `cherenkit inspect` */
export class InspectCommand extends Command {
  static override readonly summary = 'List the objects of an EventIO file, or the tables of an HDF5 or zfits file.';
  static override readonly description =
    'Prints one line per object of an EventIO file: byte offset in the decompressed file, type, name, version, id and length. Sub-objects are indented. Of an HDF5 file, it prints the tables with their number of rows, and their columns with type, shape, unit and description; of a zfits file, the tables with their messages, and their columns.';
  static override readonly examples = [
    '<%= config.bin %> inspect gamma.simtel.zst',
    '<%= config.bin %> inspect gamma.simtel.zst --max-objects 100',
    '<%= config.bin %> inspect gamma.simtel.zst --json | jq .type',
    '<%= config.bin %> inspect gamma.dl2.h5',
    '<%= config.bin %> inspect LST-1.1.Run02008.0000.fits.fz',
  ];

  static override readonly args = {
    file: Args.string({
      name: 'file',
      required: true,
      description: 'EventIO file (uncompressed, gzip or zstd), HDF5 file, or zfits file.',
    }),
  };
  static override readonly flags = {
    'max-objects': integerFlag({
      char: 'm',
      min: 1,
      helpValue: 'N',
      summary: 'Maximum number of top-level objects or tables.',
    }),
    json: Flags.boolean({
      summary: 'Print one JSON object per line, with sub-objects under "children", or columns under "columns".',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(InspectCommand);
    const { 'max-objects': maxObjects = Infinity, json } = flags;
    const output = new LineOutput();
    try {
      let count = 0;
      for await (const { object, lines } of objectsOf(args.file)) {
        for (const line of json ? [JSON.stringify(object)] : lines) await output.print(line);
        if (++count >= maxObjects) break;
      }
    } finally {
      await output.flush();
    }
  }
}

/** An object of a file and its description. */
interface DescribedObject {
  readonly object: object;
  readonly lines: Iterable<string>;
}

/** Yields the objects of an EventIO file, or the tables of an HDF5 or zfits file. */
async function* objectsOf(path: string): AsyncGenerator<DescribedObject> {
  if (isRegularFile(path)) {
    const { isFits, isHdf5 } = await import('./stored-events.js');
    if (await isHdf5(path)) {
      const { describeTable, inspectHdf5 } = await import('./inspect-hdf5.js');
      for await (const object of inspectHdf5(path)) yield { object, lines: describeTable(object) };
      return;
    }
    if (await isFits(path)) {
      const { describeZfitsTable, inspectZfits } = await import('./inspect-zfits.js');
      for await (const object of inspectZfits(path)) yield { object, lines: describeZfitsTable(object) };
      return;
    }
  }
  const { openFile } = await import('@cherenkit/io');
  const { inspectEventio } = await import('@cherenkit/plugin-simtel/eventio');
  await using file = await openFile(path);
  try {
    for await (const object of inspectEventio(file)) yield { object, lines: describeObject(object, 0) };
  } catch (error) {
    throw await ofAnyFormat(error);
  }
}

/** The error for a file of another format, with all formats that the command reads; others as they are. */
async function ofAnyFormat(error: unknown): Promise<unknown> {
  const { CherenkitError } = await import('@cherenkit/errors');
  if (!CherenkitError.is(error) || error.code !== 'SIMTEL_NOT_EVENTIO') return error;
  const message = error.message.replace('expected an EventIO file', 'expected an EventIO, HDF5 or zfits file');
  return new CherenkitError(error.code, error.exitCode, message, { cause: error });
}

/** Yields `      1234    2010 Event: version 0, id 3, 5678 bytes` for an object and each of its sub-objects. */
function* describeObject(object: EventioNode, depth: number): Generator<string> {
  const { offset, type, name = 'unknown', version, id, length, children } = object;
  const indent = '  '.repeat(depth);
  yield `${String(offset).padStart(12)}  ${indent}${type} ${name}: version ${version}, id ${id}, ${length} bytes`;
  for (const child of children) yield* describeObject(child, depth + 1);
}
