import type { ComponentCatalog } from '@cherenkit/core/internal';
import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import type { FlagInput } from '@oclif/core/interfaces';

/** Range of events: from the first, counted from 0, up to the end, exclusive. */
type EventRange = readonly [first: number, end: number];

const GROUP = { helpGroup: 'PRODUCTION' };

const range = Flags.custom<EventRange>({
  helpValue: 'FIRST:END',
  parse: (input) => {
    const [, first, end] = /^(\d*):(\d*)$/.exec(input) ?? [];
    if (first === undefined || end === undefined) {
      throw new CLIError(`expected FIRST:END, such as 0:1000 or 1000:, found ${JSON.stringify(input)}`);
    }
    const numbers = [Number(first), end === '' ? Infinity : Number(end)] as const;
    if (numbers[0] >= numbers[1]) {
      throw new CLIError(`expected a first event before the end, found ${JSON.stringify(input)}; the end is exclusive`);
    }
    return Promise.resolve(numbers);
  },
});

/** The flags `--events`, `--shard` and `--if-needed`, for a tool that can process ranges of events. */
export function shardFlags(catalog: ComponentCatalog, id: string): FlagInput {
  if (!processesRanges(catalog, id)) return {};
  return {
    events: range({
      ...GROUP,
      summary:
        'Process a range of the events, in the order of the input and counted from 0 as a run over all events writes or rejects them.',
    }),
    shard: Flags.string({
      ...GROUP,
      helpValue: 'MANIFEST#N',
      summary:
        'Process a shard of a production, by its number from 0 or its name: input, events, output and configuration are those of the manifest that cherenkit plan wrote.',
    }),
    'if-needed': Flags.boolean({
      ...GROUP,
      summary: 'Do nothing if the output is that of the same inputs, configuration and versions; otherwise replace it.',
    }),
  };
}

/** The parsed {@link shardFlags}; none for other tools, whose traits may have flags of the same names. */
export function givenShardFlags(flags: object, catalog: ComponentCatalog, id: string): ShardFlags {
  return processesRanges(catalog, id) ? flags : {};
}

function processesRanges(catalog: ComponentCatalog, id: string): boolean {
  return catalog.find(id)?.entry.command?.processesRanges === true;
}

/** Parsed flags. */
interface ShardFlags {
  readonly events?: EventRange | undefined;
  readonly shard?: string | undefined;
  readonly 'if-needed'?: boolean | undefined;
}
