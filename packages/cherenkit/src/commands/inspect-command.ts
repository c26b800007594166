import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { EventioNode } from '@cherenkit/plugin-simtel/eventio';

/** `cherenkit inspect` */
export class InspectCommand extends Command {
  static override readonly summary = 'Show the objects that an EventIO file is made of.';
  static override readonly description =
    'One object a line, objects within others indented below them: byte offset and type, name, version, id, length. Offsets are those in the decompressed file.';
  static override readonly examples = [
    '<%= config.bin %> inspect gamma.simtel.zst',
    '<%= config.bin %> inspect gamma.simtel.zst --json | jq .type',
  ];

  static override readonly args = {
    file: Args.string({ name: 'file', required: true, description: 'An EventIO file: plain, gzip or zstd.' }),
  };
  static override readonly flags = {
    json: Flags.boolean({ summary: 'One JSON object a line, the objects within it under "children".' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(InspectCommand);
    const { openFile } = await import('@cherenkit/io');
    const { inspectEventio } = await import('@cherenkit/plugin-simtel/eventio');
    await using file = await openFile(args.file);
    for await (const object of inspectEventio(file)) {
      if (flags.json) this.log('%s', JSON.stringify(object));
      else for (const line of describeObject(object, 0)) this.log('%s', line);
    }
  }
}

/** `      1234    2010 Event: version 0, id 3, 5678 bytes`, and the same for each object within it. */
function* describeObject(object: EventioNode, depth: number): Generator<string> {
  const { offset, type, name = 'unknown', version, id, length, children } = object;
  const indent = '  '.repeat(depth);
  yield `${String(offset).padStart(12)}  ${indent}${type} ${name}: version ${version}, id ${id}, ${length} bytes`;
  for (const child of children) yield* describeObject(child, depth + 1);
}
