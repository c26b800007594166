import type { ArrayEvent, EventSource } from '@cherenkit/core';
import { SimtelFileWriter } from '../file/simtel-file-writer.js';
import { ByteOutput, type ByteSink } from '@cherenkit/io';
import { headerOfSource } from './header-of-source.js';
import { histogramOfDistribution, ShowerHistogram } from './shower-histogram.js';
import { SimtelEventMaker } from './simtel-event-maker.js';

/** How a file is written. */
export interface SimTelEventWriterOptions {
  /** Path of the file; `.zst` and `.gz` are compressed. */
  readonly name: string;
  /** What was asked for, as the first line of the file's history. */
  readonly commandLine?: string;
}

/**
 * Writes events to a sim_telarray file: the counterpart of `SimTelEventSource`. One event at a time is in memory.
 *
 * ```ts
 * await using writer = await SimTelEventWriter.open(source, sink, { name: 'toy.simtel.zst' });
 * for await (const event of source) await writer.write(event);
 * await writer.finish();
 * ```
 */
export class SimTelEventWriter implements AsyncDisposable {
  readonly #file: SimtelFileWriter;
  readonly #events: SimtelEventMaker;
  readonly #histogram: ShowerHistogram;

  private constructor(
    private readonly source: EventSource,
    private readonly output: ByteOutput,
  ) {
    this.#file = new SimtelFileWriter(output);
    this.#events = new SimtelEventMaker(source);
    this.#histogram = new ShowerHistogram(source);
  }

  /**
   * Writes what holds for all events: the array, and how it was simulated.
   *
   * @param sink - where the file goes; it is disposed of with the writer
   */
  static async open(
    source: EventSource,
    sink: ByteSink,
    { name, commandLine = 'cherenkit' }: SimTelEventWriterOptions,
  ): Promise<SimTelEventWriter> {
    const writer = new SimTelEventWriter(source, await ByteOutput.open(sink, name));
    await writer.#file.writeHeader(headerOfSource(source, commandLine));
    return writer;
  }

  /** @throws CherenkitError SIMTEL_NOT_WRITABLE (65) when a telescope has no raw data */
  async write(event: ArrayEvent): Promise<void> {
    this.#histogram.add(event);
    await this.#file.writeEvent(this.#events.make(event));
  }

  /** Writes what is known only at the end and publishes the file. */
  async finish(): Promise<void> {
    const [known] = this.source.simulatedShowerDistributions.values();
    const distribution = known && histogramOfDistribution(known);
    await this.#file.writeHistograms([distribution ?? this.#histogram.histogram]);
    await this.output.publish();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.output[Symbol.asyncDispose]();
  }
}
