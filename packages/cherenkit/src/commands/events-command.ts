import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { ArrayEvent } from '@cherenkit/core';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** Nothing in the list depends on the focal length; every file has the equivalent one. */
const ANY_FILE = { SimTelEventSource: { focal_length_choice: 'EQUIVALENT' } };

/** `cherenkit events` */
export class EventsCommand extends Command {
  static override readonly summary = 'List the events of a file.';
  static override readonly description =
    'One event a line: count, true energy, number of telescopes, event id, the telescopes.';
  static override readonly examples = [
    '<%= config.bin %> events gamma.simtel.zst --max-events 5',
    '<%= config.bin %> events gamma.simtel.zst --json | jq .energy',
  ];

  static override readonly args = {
    file: Args.string({ name: 'file', required: true, description: 'The input: a path or a URL.' }),
  };
  static override readonly flags = {
    'max-events': Flags.integer({ char: 'm', min: 1, helpValue: 'N', summary: 'Stop after so many events.' }),
    json: Flags.boolean({
      summary: 'One JSON object a line: count, obsId, eventId, energy (TeV; null where it is not known), telescopes.',
    }),
    ...PLUGIN_FLAGS,
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsCommand);
    const { openEventSource } = await import('../script/open-event-source.js');
    const maxEvents = flags['max-events'];
    const traits = maxEvents === undefined ? {} : { maxEvents };
    await using source = await openEventSource(args.file, traits, { config: ANY_FILE, plugins: pluginChoice(flags) });
    for await (const event of source)
      this.log('%s', flags.json ? JSON.stringify(summaryOf(event)) : describeEvent(event));
  }
}

/** What the list tells of an event. */
interface EventSummary {
  readonly count: number;
  readonly obsId: number;
  readonly eventId: number;
  /** TeV. */
  readonly energy: number | null;
  readonly telescopes: readonly number[];
}

function summaryOf({ count, index, simulation, r0, r1 }: ArrayEvent): EventSummary {
  const telescopes = [...new Set([...r0.tel.keys(), ...r1.tel.keys()])].sort((a, b) => a - b);
  return { count, obsId: index.obsId, eventId: index.eventId, energy: simulation?.shower?.energy ?? null, telescopes };
}

/** `Id: 0, E = 0.073 TeV, Telescopes: 3, Event: 4906, Tels: 26,27,29` */
function describeEvent(event: ArrayEvent): string {
  const { count, eventId, energy, telescopes } = summaryOf(event);
  const truth = energy === null ? 'no shower' : `E = ${energy.toFixed(3)} TeV`;
  return `Id: ${count}, ${truth}, Telescopes: ${telescopes.length}, Event: ${eventId}, Tels: ${telescopes.join(',')}`;
}
