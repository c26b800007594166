import type { MergeOptions } from './merge-selection.js';

/** Ids of the events of a file. */
export interface IdColumns {
  readonly obsIds: readonly number[];
  readonly eventIds: readonly number[];
}

/** Most ids that a message names. */
const MOST_NAMED = 5;

/** Observation blocks and events of the files of a merge, to find those that occur twice. */
export class EventIds {
  /** File of each observation block. */
  readonly #fileOf = new Map<number, string>();
  /** All files of each observation block, for parts of a production. */
  readonly #filesOf = new Map<number, string[]>();
  /** Event ids by observation block, kept across files that share one. */
  readonly #events = new Map<number, Set<number>>();

  constructor(readonly strategy: MergeOptions['strategy']) {}

  /** A copy, to examine a file that is not merged. */
  copy(): EventIds {
    const copy = new EventIds(this.strategy);
    for (const [obsId, path] of this.#fileOf) copy.#fileOf.set(obsId, path);
    for (const [obsId, paths] of this.#filesOf) copy.#filesOf.set(obsId, [...paths]);
    for (const [obsId, events] of this.#events) copy.#events.set(obsId, new Set(events));
    return copy;
  }

  get obsIds(): readonly number[] {
    return [...this.#fileOf.keys()];
  }

  /**
   * Adds the ids of a file.
   *
   * @param all - observation blocks of the file, with repetitions
   * @param eventsOf - reads the ids of an earlier file
   * @returns what prevents the merge
   */
  async add(
    path: string,
    all: readonly number[],
    events: IdColumns,
    isSimulation: boolean,
    eventsOf: (path: string) => Promise<IdColumns>,
  ): Promise<string[]> {
    const own = new Set(all);
    if (this.strategy === 'shards') return this.#addShard(path, own, events, eventsOf);
    const problems =
      this.strategy === 'events-multiple-obs'
        ? await this.#checkRepeated(path, own, events, eventsOf)
        : this.#checkObservations(path, own, isSimulation);
    if (this.strategy === 'events-multiple-obs') this.#events.clear();
    if (this.strategy !== 'monitoring-only' && problems.length === 0) problems.push(...this.#addEvents(path, events));
    if (problems.length > 0) return problems;
    // Monitoring data of other observation blocks, of simulations, are attached to those of the first file.
    if (this.strategy === 'monitoring-only' && this.#fileOf.size > 0) return [];
    for (const obsId of own) if (!this.#fileOf.has(obsId)) this.#fileOf.set(obsId, path);
    return [];
  }

  /**
   * Adds the ids of the output of a shard. Those of an observation block are kept as long as files that follow each other have it,
   * and are otherwise read again.
   */
  async #addShard(
    path: string,
    own: ReadonlySet<number>,
    events: IdColumns,
    eventsOf: (path: string) => Promise<IdColumns>,
  ): Promise<string[]> {
    for (const obsId of own) {
      if (this.#events.has(obsId)) continue;
      const earlier = new Set<number>();
      for (const file of this.#filesOf.get(obsId) ?? []) {
        const { obsIds, eventIds } = await eventsOf(file);
        eventIds.forEach((eventId, i) => obsIds[i] === obsId && earlier.add(eventId));
      }
      this.#events.set(obsId, earlier);
    }
    const problems = this.#addEvents(path, events);
    if (problems.length > 0) return problems;
    for (const obsId of this.#events.keys()) if (!own.has(obsId)) this.#events.delete(obsId);
    for (const obsId of own) {
      if (!this.#fileOf.has(obsId)) this.#fileOf.set(obsId, path);
      this.#filesOf.set(obsId, [...(this.#filesOf.get(obsId) ?? []), path]);
    }
    return [];
  }

  /** Observation blocks of an earlier file. The remedy depends on whether the files have events in common. */
  async #checkRepeated(
    path: string,
    own: ReadonlySet<number>,
    { obsIds, eventIds }: IdColumns,
    eventsOf: (path: string) => Promise<IdColumns>,
  ): Promise<string[]> {
    const repeated = [...own].filter((obsId) => this.#fileOf.has(obsId));
    if (repeated.length === 0) return [];
    const other = this.#fileOf.get(repeated[0]) ?? '';
    const events = await eventsOf(other);
    const known = new Set(events.obsIds.map((obsId, i) => `${obsId} ${events.eventIds[i]}`));
    const common = eventIds.filter((eventId, i) => known.has(`${obsIds[i]} ${eventId}`));
    const remedy =
      common.length > 0
        ? `Both contain event_id ${named(common)}: leave one of the files out.`
        : own.size === 1
          ? 'Merge parts of one observation block with --single-ob.'
          : 'Merge the parts of each observation block with --single-ob first.';
    return [`${path} contains obs_id ${named(repeated)}, as does ${other}. ${remedy}`];
  }

  #checkObservations(path: string, own: ReadonlySet<number>, isSimulation: boolean): string[] {
    const known = [...this.#fileOf.keys()];
    if (known.length === 0) return [];
    // Monitoring data of simulations may come from a simulation of its own.
    if (this.strategy === 'monitoring-only' && isSimulation) return [];
    const different = [...own, ...known].filter((obsId) => !own.has(obsId) || !this.#fileOf.has(obsId));
    if (different.length === 0) return [];
    return [
      `${path} contains obs_id ${named([...own])}, the files before it ${named(known)}; expected the same with this strategy. Merge several observation blocks without it.`,
    ];
  }

  #addEvents(path: string, { obsIds, eventIds }: IdColumns): string[] {
    const added = new Map<number, Set<number>>();
    const repeated: string[] = [];
    for (let i = 0; i < obsIds.length; i++) {
      const events = added.get(obsIds[i]) ?? new Set<number>();
      added.set(obsIds[i], events);
      const isKnown = events.has(eventIds[i]) || this.#events.get(obsIds[i])?.has(eventIds[i]) === true;
      if (isKnown) repeated.push(`${eventIds[i]} of obs_id ${obsIds[i]}`);
      events.add(eventIds[i]);
    }
    if (repeated.length === 0) {
      for (const [obsId, events] of added) {
        const known = this.#events.get(obsId);
        if (known) for (const eventId of events) known.add(eventId);
        else this.#events.set(obsId, events);
      }
      return [];
    }
    const { strategy } = this;
    const remedy =
      strategy === 'shards'
        ? 'Plan without one of their inputs, give toy files different observation ids with cherenkit simulate --obs-id, or plan and process other files of sim_telarray apart, with another SimTelEventSource.obs_id_offset in the configuration.'
        : 'Remove the file, or create it again.';
    return [`${path} contains event_id ${named(repeated)} a second time. ${remedy}`];
  }
}

function named(ids: readonly (string | number)[]): string {
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return `${ids.slice(0, MOST_NAMED).join(', ')}${more}`;
}
