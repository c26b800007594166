import type { ArrayEvent, RunDescription, SimulatedShowerDistribution } from '@cherenkit/core';
import { ByteOutput, type ByteSink } from '@cherenkit/io';
import { SimtelFileWriter } from '../file/simtel-file-writer.js';
import { toSimtelHeader } from './to-simtel-header.js';
import { toShowerHistogram, ShowerHistogram } from './shower-histogram.js';
import { SimtelEventBuilder } from './simtel-event-builder.js';

/** Options of {@link SimtelRunWriter.open}. */
export interface SimtelRunWriterOptions {
  /** File name; `.zst` and `.gz` are compressed. */
  readonly name: string;
  /** First line of the file's history: the command line of the program. Default: `cherenkit`. */
  readonly history?: string;
}

/** Writes the events of a run to a sim_telarray file, one event at a time. */
export class SimtelRunWriter implements AsyncDisposable {
  readonly #file: SimtelFileWriter;
  readonly #events: SimtelEventBuilder;
  readonly #histogram: ShowerHistogram;

  private constructor(
    run: RunDescription,
    private readonly output: ByteOutput,
  ) {
    this.#file = new SimtelFileWriter(output);
    this.#events = new SimtelEventBuilder(run);
    this.#histogram = new ShowerHistogram(run);
  }

  /**
   * Starts a file: writes the description of the array and of the simulation.
   *
   * @param sink - destination of the file; disposed with the writer
   */
  static async open(
    run: RunDescription,
    sink: ByteSink,
    { name, history = 'cherenkit' }: SimtelRunWriterOptions,
  ): Promise<SimtelRunWriter> {
    const writer = new SimtelRunWriter(run, await ByteOutput.open(sink, name));
    await writer.#file.writeHeader(toSimtelHeader(run, history));
    return writer;
  }

  /** @throws CherenkitError SIMTEL_NOT_WRITABLE (65) if a telescope has neither raw data nor waveforms of all channels */
  async write(event: ArrayEvent): Promise<void> {
    this.#histogram.add(event);
    await this.#file.writeEvent(this.#events.build(event));
  }

  /**
   * Writes the shower histogram and publishes the file.
   *
   * @param distributions - distributions of simulated showers by observation id; if empty, the showers of the written
   *   events are histogrammed
   */
  async finish(distributions: ReadonlyMap<number, SimulatedShowerDistribution>): Promise<void> {
    const [known] = distributions.values();
    const distribution = known && toShowerHistogram(known);
    await this.#file.writeHistograms([distribution ?? this.#histogram.histogram]);
    await this.output.publish();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.output[Symbol.asyncDispose]();
  }
}
