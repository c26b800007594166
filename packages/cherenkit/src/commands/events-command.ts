import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { ArrayEvent } from '@cherenkit/core';
import type { ConfigurationSections } from '../configuration/configuration-sections.js';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** The output does not depend on the focal length; the equivalent one is present in all files. */
const SOURCE_CONFIGURATION: ConfigurationSections = { SimTelEventSource: { focal_length_choice: 'EQUIVALENT' } };

/** `cherenkit events` */
export class EventsCommand extends Command {
  static override readonly summary = 'List the events of a file.';
  static override readonly description =
    'Prints one line per event: count, true energy, number of telescopes, event id and telescope ids.';
  static override readonly examples = [
    '<%= config.bin %> events gamma.simtel.zst --max-events 5',
    '<%= config.bin %> events gamma.simtel.zst --json | jq .energy',
  ];

  static override readonly args = {
    file: Args.string({ name: 'file', required: true, description: 'Input file or URL.' }),
  };
  static override readonly flags = {
    'max-events': Flags.integer({ char: 'm', min: 1, helpValue: 'N', summary: 'Maximum number of events.' }),
    json: Flags.boolean({
      summary: 'Print one JSON object per line: count, obsId, eventId, energy (TeV; null if unknown), telescopes.',
    }),
    ...PLUGIN_FLAGS,
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsCommand);
    const { openEventSource } = await import('../script/open-event-source.js');
    const maxEvents = flags['max-events'];
    const traits = maxEvents === undefined ? {} : { maxEvents };
    await using source = await openEventSource(args.file, traits, {
      config: SOURCE_CONFIGURATION,
      plugins: pluginChoice(flags),
    });
    for await (const event of source)
      this.log('%s', flags.json ? JSON.stringify(summaryOf(event)) : describeEvent(event));
  }
}

/** Summary of an event. */
interface EventSummary {
  readonly count: number;
  readonly obsId: number;
  readonly eventId: number;
  /** True energy, TeV; null if unknown. */
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
