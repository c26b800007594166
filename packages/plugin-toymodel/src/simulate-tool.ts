import {
  DataWriter,
  EVENT_FAILURES,
  EventSource,
  OutcomeTally,
  Tool,
  trait,
  WRITING_FLAGS,
  type CommandDeclaration,
  type ComponentContext,
  type ComponentKind,
  type RunOutcome,
  type ToolOptions,
} from '@cherenkit/core';

const SHOWERS = 'SHOWERS';

/**
 * Simulates showers over a toy array and writes them as a sim_telarray file: raw samples of all gain channels, their
 * calibration, and the simulated truth. Other inputs with raw data can be written, too.
 */
export class SimulateTool extends Tool.withTraits({
  dataWriterType: trait.componentName(DataWriter, { default: 'SimTelEventWriter', help: 'Data writer.' }),
}) {
  static override readonly help = 'Simulates showers over a toy array and writes them as a sim_telarray file.';
  static override readonly children: readonly ComponentKind[] = [EventSource];
  static override readonly command: CommandDeclaration = {
    name: 'simulate',
    description:
      'The file contains raw samples of all gain channels, their calibration, and the simulated truth; cherenkit process and ctapipe read it. Each event depends only on the seed and its number.',
    examples: [
      'simulate -o toy.simtel.zst --events 200 --array north --seed 1',
      "simulate -o toy.simtel.gz -i 'toymodel:?array=chec&events=50&energy_min=1'",
    ],
    flags: {
      input: { trait: 'EventSource.input_url', letter: 'i', default: 'toymodel:', group: SHOWERS },
      array: { trait: 'ToyModelEventSource.array', group: SHOWERS },
      particle: { trait: 'ToyModelEventSource.particle', group: SHOWERS },
      events: { trait: 'ToyModelEventSource.events', letter: 'n', group: SHOWERS },
      showers: { trait: 'ToyModelEventSource.showers', group: SHOWERS },
      calibration: { trait: 'ToyModelEventSource.calibration', group: SHOWERS },
      seed: { trait: 'ToyModelEventSource.seed', group: SHOWERS },
      'obs-id': { trait: 'ToyModelEventSource.obs_id', group: SHOWERS },
      ...WRITING_FLAGS,
      output: {
        trait: 'DataWriter.output_path',
        letter: 'o',
        required: true,
        group: 'OUTPUT',
        help: 'Output file: .simtel, or compressed as .simtel.zst or .simtel.gz.',
      },
    },
  };

  readonly #writer: DataWriter;
  readonly #failures = this.context.service(EVENT_FAILURES);

  constructor(context: ComponentContext) {
    super(context);
    this.#writer = context.create(DataWriter, this.traits.dataWriterType);
  }

  override async run(source: EventSource, options: ToolOptions = {}): Promise<RunOutcome> {
    const { signal, events = source, onEvents } = options;
    await using writer = this.#writer;
    await writer.open(source.run);
    source.reusesWaveforms = true; // each event is written before the next one is generated
    const tally = new OutcomeTally();
    for await (const event of events) {
      signal?.throwIfAborted();
      await writer.write(event);
      tally.add(event, true);
      await onEvents?.(1);
    }
    signal?.throwIfAborted();
    const outcome = tally.outcome(source, {}, this.#failures);
    await writer.finish(outcome);
    return outcome;
  }
}
