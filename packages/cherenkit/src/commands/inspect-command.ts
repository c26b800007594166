import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { EventioNode } from '@cherenkit/plugin-simtel/eventio';
import { LineOutput } from '../run/standard-streams.js';
import { integerFlag } from '../run/integer-flag.js';

/** `cherenkit inspect` */
export class InspectCommand extends Command {
  static override readonly summary = 'List the objects of an EventIO file.';
  static override readonly description =
    'Prints one line per object: byte offset in the decompressed file, type, name, version, id and length. Sub-objects are indented.';
  static override readonly examples = [
    '<%= config.bin %> inspect gamma.simtel.zst',
    '<%= config.bin %> inspect gamma.simtel.zst --max-objects 100',
    '<%= config.bin %> inspect gamma.simtel.zst --json | jq .type',
  ];

  static override readonly args = {
    file: Args.string({ name: 'file', required: true, description: 'EventIO file: uncompressed, gzip or zstd.' }),
  };
  static override readonly flags = {
    'max-objects': integerFlag({
      char: 'm',
      min: 1,
      helpValue: 'N',
      summary: 'Maximum number of top-level objects.',
    }),
    json: Flags.boolean({ summary: 'Print one JSON object per line, with sub-objects under "children".' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(InspectCommand);
    const { openFile } = await import('@cherenkit/io');
    const { inspectEventio } = await import('@cherenkit/plugin-simtel/eventio');
    const { 'max-objects': maxObjects = Infinity, json } = flags;
    const output = new LineOutput();
    await using file = await openFile(args.file);
    try {
      let count = 0;
      for await (const object of inspectEventio(file)) {
        for (const line of json ? [JSON.stringify(object)] : describeObject(object, 0)) await output.print(line);
        if (++count >= maxObjects) break;
      }
    } finally {
      await output.flush();
    }
  }
}

/** Yields `      1234    2010 Event: version 0, id 3, 5678 bytes` for an object and each of its sub-objects. */
function* describeObject(object: EventioNode, depth: number): Generator<string> {
  const { offset, type, name = 'unknown', version, id, length, children } = object;
  const indent = '  '.repeat(depth);
  yield `${String(offset).padStart(12)}  ${indent}${type} ${name}: version ${version}, id ${id}, ${length} bytes`;
  for (const child of children) yield* describeObject(child, depth + 1);
}
