import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { printable } from '@cherenkit/errors';
import type { ProvidedService } from '@cherenkit/core';
import { describeSummary, summaryOf, type EventSummary } from './event-summary.js';
import { LineOutput } from '../run/standard-streams.js';
import { isRegularFile } from './is-regular-file.js';
import { PLUGIN_FLAGS, pluginChoice, type PluginFlags } from './plugin-flags.js';
import { integerFlag } from '../run/integer-flag.js';

/** The output does not depend on the focal length; the equivalent one is present in all files. */
const SOURCE_TRAITS = { focal_length_choice: 'EQUIVALENT' } as const;

type EventsFlags = PluginFlags & { readonly 'max-events'?: number | undefined; readonly 'allow-truncated': boolean };

/** How the events of an input are listed. */
interface ListOptions extends EventsFlags {
  readonly skipCalibrationEvents: boolean;
  /** Logger of the event source. */
  readonly log: ProvidedService;
}

/** `cherenkit events` */
export class EventsCommand extends Command {
  static override readonly summary = 'List the events of a file.';
  static override readonly description =
    'Prints one line per event: count, true energy, number of telescopes, event id and telescope ids. Calibration events are listed if the file has no others. Outputs of cherenkit and ctapipe (HDF5) are listed with the telescopes that triggered. In a file of several runs, a line names each run; that of the first is named with the second, if the runs are not known in advance.';
  static override readonly examples = [
    '<%= config.bin %> events gamma.simtel.zst --max-events 5',
    '<%= config.bin %> events gamma.simtel.zst --json | jq .energy',
  ];

  static override readonly args = {
    file: Args.string({ name: 'file', required: true, description: 'Input file, URL, or - for standard input.' }),
  };
  static override readonly flags = {
    'max-events': integerFlag({ char: 'm', min: 1, helpValue: 'N', summary: 'Maximum number of events.' }),
    'allow-truncated': Flags.boolean({ summary: 'Accept truncated input; list the events before the truncation.' }),
    json: Flags.boolean({
      summary: 'Print one JSON object per line: count, obsId, eventId, energy (TeV; null if unknown), telescopes.',
    }),
    ...PLUGIN_FLAGS,
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsCommand);
    const output = new LineOutput();
    let run: number | undefined;
    let isRunNamed = false;
    const print = async (event: EventSummary, hasSeveralRuns?: boolean): Promise<void> => {
      if (!flags.json && (run === undefined ? hasSeveralRuns : run !== event.obsId)) {
        const ofOthers = run === undefined || isRunNamed ? '' : ` (the events above: run ${run})`;
        await output.print(`Run ${event.obsId}${ofOthers}`);
        isRunNamed = true;
      }
      run = event.obsId;
      await output.print(flags.json ? JSON.stringify(event) : describeSummary(event));
      await output.flush();
    };
    const { warningsOnStandardError } = await import('../run/warnings-on-standard-error.js');
    const log = warningsOnStandardError();
    const list = (skipCalibrationEvents: boolean): Promise<number> =>
      listEvents(args.file, { ...flags, skipCalibrationEvents, log }, print);
    if ((await list(true)) > 0) return;
    // A file of calibration events only is read once more; a pipe cannot be.
    if (isRegularFile(args.file) && (await list(false)) > 0) return;
    this.#printNone(args.file, flags.json);
  }

  #printNone(file: string, isJson: boolean): void {
    const line = printable(`${file}: no events`);
    if (isJson) process.stderr.write(`${line}\n`);
    else this.log('%s', line);
  }
}

/** Calls `print` for each event of an input; returns their number. */
async function listEvents(
  file: string,
  options: ListOptions,
  print: (event: EventSummary, hasSeveralRuns?: boolean) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const { hasSeveralRuns, ...event } of summaries(file, options)) {
    await print(event, hasSeveralRuns);
    count++;
  }
  return count;
}

async function* summaries(
  file: string,
  { skipCalibrationEvents, log, ...flags }: ListOptions,
): AsyncGenerator<EventSummary & { readonly hasSeveralRuns?: boolean }> {
  const { openEventSource } = await import('../script/open-event-source.js');
  const maxEvents = flags['max-events'];
  if (isRegularFile(file)) {
    const { isHdf5, storedEvents } = await import('./stored-events.js');
    if (await isHdf5(file)) {
      // Without images and parameters, which the event source reads.
      yield* storedEvents(file, maxEvents);
      return;
    }
  }
  const traits = {
    ...(maxEvents !== undefined && { maxEvents }),
    ...(flags['allow-truncated'] && { allowTruncated: true }),
  };
  await using events = await openEventSource(file, traits, {
    config: { SimTelEventSource: { ...SOURCE_TRAITS, skip_calibration_events: skipCalibrationEvents } },
    plugins: pluginChoice(flags),
    services: [log],
  });
  for await (const event of events) yield summaryOf(event);
}
