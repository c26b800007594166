import {
  CherenkitError,
  DataWriter,
  ExitCode,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type Json,
  type RunDescription,
  type RunOutcome,
} from '@cherenkit/core';
import { createSink } from '@cherenkit/io';
import { SimtelRunWriter } from './simtel-run-writer.js';

/**
 * Writes the raw data and the truth of events to a sim_telarray file: the counterpart of `SimTelEventSource`. A path that
 * ends in `.zst` or `.gz` is compressed.
 */
export class SimTelEventWriter extends DataWriter.withTraits({
  outputPath: trait.path({ help: 'The file to write: .simtel, or compressed as .simtel.zst or .simtel.gz.' }),
  writeDl1Parameters: trait.boolean({ default: false, help: 'Has no effect: the file holds raw data alone.' }),
}) {
  static override readonly help =
    'Writes raw data and truth to sim_telarray files, plain or compressed with gzip or zstd.';

  #writer: SimtelRunWriter | undefined;

  override async open(run: RunDescription): Promise<void> {
    const { outputPath, overwrite } = this.traits;
    const sink = createSink(outputPath, { overwrite });
    const { activity, configuration } = this.context.service(PROVENANCE);
    const history = `${activity?.name ?? 'cherenkit'} ${JSON.stringify(sourceSections(configuration))}`;
    this.#writer = await SimtelRunWriter.open(run, sink, { name: outputPath, history });
  }

  /** @throws CherenkitError SIMTEL_NOT_WRITABLE (65) when a telescope has no raw data */
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

/** The configuration of the event source: all that the events follow from. */
function sourceSections(configuration: Json | undefined): Record<string, Json> {
  const [tool] = Object.values(mapping(configuration));
  return Object.fromEntries(Object.entries(mapping(tool)).filter(([name]) => /EventSource$/.test(name)));
}

function mapping(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}
