import type { ArrayEvent, RunDescription, SimulatedShowerDistribution } from '@cherenkit/core';
import { ByteOutput, type ByteSink } from '@cherenkit/io';
import { SimtelFileWriter } from '../file/simtel-file-writer.js';
import { headerOfRun } from './header-of-run.js';
import { histogramOfDistribution, ShowerHistogram } from './shower-histogram.js';
import { SimtelEventMaker } from './simtel-event-maker.js';

/** How a file is written. */
export interface SimtelRunWriterOptions {
  /** Path of the file; `.zst` and `.gz` are compressed. */
  readonly name: string;
  /** The first line of the file's history: the program that wrote it. */
  readonly history?: string;
}

/** Writes the events of a run to a sim_telarray file. One event at a time is in memory. */
export class SimtelRunWriter implements AsyncDisposable {
  readonly #file: SimtelFileWriter;
  readonly #events: SimtelEventMaker;
  readonly #histogram: ShowerHistogram;

  private constructor(
    run: RunDescription,
    private readonly output: ByteOutput,
  ) {
    this.#file = new SimtelFileWriter(output);
    this.#events = new SimtelEventMaker(run);
    this.#histogram = new ShowerHistogram(run);
  }

  /**
   * Writes what holds for all events: the array, and how it was simulated.
   *
   * @param sink - where the file goes; it is disposed with the writer
   */
  static async open(
    run: RunDescription,
    sink: ByteSink,
    { name, history = 'cherenkit' }: SimtelRunWriterOptions,
  ): Promise<SimtelRunWriter> {
    const writer = new SimtelRunWriter(run, await ByteOutput.open(sink, name));
    await writer.#file.writeHeader(headerOfRun(run, history));
    return writer;
  }

  /** @throws CherenkitError SIMTEL_NOT_WRITABLE (65) when a telescope has no raw data */
  async write(event: ArrayEvent): Promise<void> {
    this.#histogram.add(event);
    await this.#file.writeEvent(this.#events.make(event));
  }

  /**
   * Writes what is known only at the end and publishes the file.
   *
   * @param distributions - of the simulated showers; where there is none, the showers of the events are counted
   */
  async finish(distributions: ReadonlyMap<number, SimulatedShowerDistribution>): Promise<void> {
    const [known] = distributions.values();
    const distribution = known && histogramOfDistribution(known);
    await this.#file.writeHistograms([distribution ?? this.#histogram.histogram]);
    await this.output.publish();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.output[Symbol.asyncDispose]();
  }
}
