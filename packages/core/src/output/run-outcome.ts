import { SimulationConfigContainer, type SimulatedShowerDistribution } from '../event/index.js';
import type { ComponentFailure } from '../framework/component/index.js';
import type { QualityStatistics } from '../image/index.js';
import { addStatistics, statisticsSince } from '../image/quality-query.js';

/** Counts by name or by reason. */
export type Counts = Readonly<Record<string, number>>;

/** Statistics of quality criteria, by the name of the component that applied them. */
export type NamedStatistics = Readonly<Record<string, QualityStatistics>>;

/** Statistics of the quality criteria of a run. */
export interface RunStatistics {
  readonly images?: QualityStatistics | undefined;
  readonly reconstructors: NamedStatistics;
  readonly muons: NamedStatistics;
}

/**
 * The outcome of a run: counts, statistics, rejections and failures, as plain data.
 *
 * Outcomes of parts of an input can be added, see {@link addOutcomes}.
 */
export interface RunOutcome {
  /** Array events written. */
  readonly events: number;
  /** Telescope events written. */
  readonly telescopeEvents: number;
  /** Events with a valid geometry, by reconstructor. 0 for a reconstructor that declares no results and gave none. */
  readonly reconstructed: Counts;
  /** Events without a valid geometry, by reconstructor and reason: `HillasReconstructor: ...`. */
  readonly notReconstructed: Counts;
  /**
   * Rejections by level, component and reason: `images, ImageQualityQuery: at_least_2_pixels`. Rejected events are not
   * written, rejected telescope events are removed, rejected images are not used in the reconstruction.
   */
  readonly rejected: Counts;
  /** Telescope events rejected by the event source, by reason. */
  readonly rejectedBySource: Counts;
  /** Array events that the event source skipped, by kind. */
  readonly skippedBySource: Counts;
  /** Events with the same ids as an earlier event of the input. */
  readonly duplicates: number;
  /** Components that failed for some events. */
  readonly failures: readonly ComponentFailure[];
  readonly statistics: RunStatistics;
  /** Whether the input was truncated and the events before the truncation were processed. */
  readonly truncated: boolean;
  /** By `obs_id`. */
  readonly simulatedShowerDistributions: ReadonlyMap<number, SimulatedShowerDistribution>;
  /** By `obs_id`. */
  readonly simulationConfig: ReadonlyMap<number, SimulationConfigContainer>;
}

/** The outcome of a run without events: the neutral element of {@link addOutcomes}. */
export const EMPTY_OUTCOME: RunOutcome = {
  events: 0,
  telescopeEvents: 0,
  reconstructed: {},
  notReconstructed: {},
  rejected: {},
  rejectedBySource: {},
  skippedBySource: {},
  duplicates: 0,
  failures: [],
  statistics: { reconstructors: {}, muons: {} },
  truncated: false,
  simulatedShowerDistributions: new Map(),
  simulationConfig: new Map(),
};

/**
 * Adds the outcomes of two runs over different events. The operation is associative. Data of whole observation blocks (shower
 * distribution, simulation configuration) is taken from `b` where both have it.
 */
export function addOutcomes(a: RunOutcome, b: RunOutcome): RunOutcome {
  return {
    events: a.events + b.events,
    telescopeEvents: a.telescopeEvents + b.telescopeEvents,
    reconstructed: addCounts(a.reconstructed, b.reconstructed),
    notReconstructed: addCounts(a.notReconstructed, b.notReconstructed),
    rejected: addCounts(a.rejected, b.rejected),
    rejectedBySource: addCounts(a.rejectedBySource, b.rejectedBySource),
    skippedBySource: addCounts(a.skippedBySource, b.skippedBySource),
    duplicates: a.duplicates + b.duplicates,
    failures: addFailures(a.failures, b.failures),
    statistics: addRunStatistics(a.statistics, b.statistics),
    truncated: a.truncated || b.truncated,
    simulatedShowerDistributions: new Map([...a.simulatedShowerDistributions, ...b.simulatedShowerDistributions]),
    simulationConfig: new Map(
      [...a.simulationConfig, ...b.simulationConfig].map(([obsId, config]) => [
        obsId,
        new SimulationConfigContainer(config), // a clone from another thread has lost its class
      ]),
    ),
  };
}

function addCounts(a: Counts, b: Counts): Counts {
  const sums = new Map(Object.entries(a));
  for (const [name, count] of Object.entries(b)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}

/** Adds the statistics of two runs over different events. */
export function addRunStatistics(a: RunStatistics, b: RunStatistics): RunStatistics {
  return combineRunStatistics(a, b, addStatistics);
}

/** Returns the statistics of the events after `before`, of the same run. */
export function runStatisticsSince(before: RunStatistics, now: RunStatistics): RunStatistics {
  return combineRunStatistics(before, now, statisticsSince);
}

type Combine = (a: QualityStatistics, b: QualityStatistics) => QualityStatistics;

function combineRunStatistics(a: RunStatistics, b: RunStatistics, combine: Combine): RunStatistics {
  const images = a.images && b.images ? combine(a.images, b.images) : (a.images ?? b.images);
  return {
    images,
    reconstructors: combineNamed(a.reconstructors, b.reconstructors, combine),
    muons: combineNamed(a.muons, b.muons, combine),
  };
}

function combineNamed(a: NamedStatistics, b: NamedStatistics, combine: Combine): NamedStatistics {
  const combined = new Map(Object.entries(a));
  for (const [name, statistics] of Object.entries(b)) {
    const known = combined.get(name);
    combined.set(name, known ? combine(known, statistics) : statistics);
  }
  return Object.fromEntries(combined);
}

/** Adds the counts of components that failed in both runs, and keeps the first failure of `a`. */
function addFailures(a: readonly ComponentFailure[], b: readonly ComponentFailure[]): ComponentFailure[] {
  const sums = new Map<string, ComponentFailure>();
  for (const failure of [...a, ...b]) {
    const key = `${failure.plugin ?? ''}/${failure.component}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, count: known.count + failure.count } : failure);
  }
  return [...sums.values()];
}
