import { recordInputs } from '../event/event-fingerprint.js';
import type { ArrayEvent } from '../event/index.js';
import { nameErrors } from '../framework/component/event-failures.js';
import type { EventFailures } from '../framework/component/index.js';
import { runStatisticsSince, type DataWriter, type RunOutcome } from '../output/index.js';
import { unconfiguredNames } from '../reconstruction/misnamed-results.js';
import type { EventBlock, EventSource } from '../source/index.js';
import type { EventPart } from './event-part.js';
import { OutcomeTally, statisticsOf } from './outcome-tally.js';
import { processEvent, type Pipeline } from './process-event.js';

/** What an event loop consists of. */
export interface EventLoopOptions {
  readonly source: EventSource;
  readonly pipeline: Pipeline;
  readonly writer: DataWriter;
  readonly failures: EventFailures;
}

/**
 * Processes events with the steps of a run, writes and counts them. The thread that writes the file has one, and each worker
 * has one, whose results `makePart` returns.
 */
export class EventLoop {
  /** Names of reconstructors of the input whose results were removed, since parameters were computed again. */
  readonly removed = new Set<string>();
  readonly #options: EventLoopOptions;
  #tally = new OutcomeTally();

  constructor(options: EventLoopOptions) {
    this.#options = options;
  }

  /** Processes, writes and counts an event. Returns false for a rejected event. */
  async process(event: ArrayEvent): Promise<boolean> {
    const { pipeline, writer } = this.#options;
    this.#noteRemovedResults(event);
    const isKept = processEvent(event, pipeline);
    await nameErrors(writer, () => (isKept ? this.#write(event) : writer.writeRejected(event)));
    this.#tally.add(event, isKept);
    return isKept;
  }

  /**
   * Processes a block of events in a worker, whose writer was opened for parts.
   *
   * @param onEvent - called after each event
   */
  async makePart(block: EventBlock, onEvent: () => void): Promise<EventPart> {
    const { source, pipeline, writer, failures } = this.#options;
    const ids = new Float64Array(2 * block.nEvents);
    const before = statisticsOf(pipeline);
    const tally = (this.#tally = new OutcomeTally(source));
    // If the block before could not be processed, what it left is not of this one.
    this.removed.clear();
    failures.takeNotes();
    writer.takePart?.();
    let count = 0;
    for await (const event of source.blocks?.read(block) ?? []) {
      await this.process(event);
      ids.set([event.index.obsId, event.index.eventId], 2 * count++);
      onEvent();
    }
    const rows = writer.takePart?.();
    if (rows === undefined || count !== block.nEvents) throw new Error('A block of events could not be processed.');
    const statistics = runStatisticsSince(before, statisticsOf(pipeline));
    const outcome = { ...tally.outcome(source, pipeline), statistics, ...NO_RUN_DATA };
    return { ids, rows, outcome, notes: failures.takeNotes(), removed: [...this.removed] };
  }

  /**
   * Adds the results of the next block, which a worker has made.
   *
   * @returns false if the writer cannot add its rows: nothing was added then, and the events have to be processed here
   */
  async addPart({ rows, outcome, notes, removed }: EventPart): Promise<boolean> {
    const { writer, source, failures } = this.#options;
    const isAdded = await nameErrors(writer, async () => (await writer.addPart?.(rows.data)) ?? false);
    if (!isAdded) return false;
    this.#tally.addPart(outcome, source);
    failures.addNotes(notes);
    for (const name of removed) this.removed.add(name);
    return true;
  }

  /** The outcome of all events, after the last one. */
  get outcome(): RunOutcome {
    const { source, pipeline, failures } = this.#options;
    return this.#tally.outcome(source, pipeline, failures);
  }

  #noteRemovedResults(event: ArrayEvent): void {
    const { pipeline, writer } = this.#options;
    if (!pipeline.imageProcessor || !writer.traits.writeDl2) return;
    for (const name of unconfiguredNames(event, new Set(pipeline.showerProcessor?.prefixes))) this.removed.add(name);
  }

  async #write(event: ArrayEvent): Promise<void> {
    const { writer, failures } = this.#options;
    const changeOf = failures.checksChanges ? recordInputs({ event }) : undefined;
    await writer.write(event);
    const change = changeOf?.();
    if (change !== undefined) failures.record(writer, event, undefined, new TypeError(change));
  }
}

/** Data of whole runs, which the source of the file's thread has. */
const NO_RUN_DATA = {
  simulatedShowerDistributions: new Map<number, never>(),
  simulationConfig: new Map<number, never>(),
};
