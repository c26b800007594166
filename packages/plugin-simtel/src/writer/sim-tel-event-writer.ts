import {
  CherenkitError,
  DataWriter,
  ExitCode,
  OUTPUT_FILES,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type Json,
  type RunDescription,
  type RunOutcome,
} from '@cherenkit/core';
import { SimtelRunWriter } from './simtel-run-writer.js';

/**
 * Writes raw data and simulation truth of events to a sim_telarray file; the counterpart of `SimTelEventSource`. Output
 * paths that end in `.zst` or `.gz` are compressed.
 */
export class SimTelEventWriter extends DataWriter.withTraits({
  outputPath: trait.path({ help: 'Output file: .simtel, or compressed .simtel.zst or .simtel.gz.' }),
  writeDl1Parameters: trait.boolean({ default: false, help: 'No effect: the file contains raw data only.' }),
}) {
  static override readonly help =
    'Writes raw data and simulation truth to sim_telarray files, uncompressed or compressed with gzip or zstd.';

  #writer: SimtelRunWriter | undefined;

  override async open(run: RunDescription): Promise<void> {
    const { outputPath, overwrite } = this.traits;
    const sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    const { activity, configuration } = this.context.service(PROVENANCE);
    const history = `${activity?.name ?? 'cherenkit'} ${JSON.stringify(sourceSections(configuration))}`;
    this.#writer = await SimtelRunWriter.open(run, sink, { name: outputPath, history });
  }

  /** @throws CherenkitError SIMTEL_NOT_WRITABLE (65) if a telescope has neither raw data nor waveforms of all channels */
  override write(event: ArrayEvent): Promise<void> {
    return this.#opened.write(event);
  }

  override async finish(outcome: RunOutcome): Promise<void> {
    await this.#opened.finish(outcome.simulatedShowerDistributions);
    this.context.service(PROVENANCE).addOutput({ url: this.traits.outputPath, role: 'DL0/Event' });
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer?.[Symbol.asyncDispose]();
  }

  get #opened(): SimtelRunWriter {
    if (!this.#writer) throw new CherenkitError('WRITER_NOT_OPEN', ExitCode.BUG, 'The data writer was not opened.');
    return this.#writer;
  }
}

/** Sections of the event sources in the configuration, which determine the events. */
function sourceSections(configuration: Json | undefined): Record<string, Json> {
  const [tool] = Object.values(asMapping(configuration));
  return Object.fromEntries(Object.entries(asMapping(tool)).filter(([name]) => /EventSource$/.test(name)));
}

function asMapping(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}
