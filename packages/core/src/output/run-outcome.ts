import { SimulationConfigContainer, type SimulatedShowerDistribution } from '../event/index.js';
import type { ComponentFailure } from '../framework/component/index.js';
import { addStatistics, type QualityStatistics } from '../image/index.js';

/** Numbers by name or by reason. */
export type Counts = Readonly<Record<string, number>>;

/** How many images passed each quality criterion, by the name of the component that applied it. */
export type NamedStatistics = Readonly<Record<string, QualityStatistics>>;

/**
 * What came of a run over events: counts, statistics, rejections and failures, as plain data.
 *
 * The outcomes of parts of an input add up to that of the whole, see {@link addOutcomes}.
 */
export interface RunOutcome {
  /** Array events written. */
  readonly events: number;
  /** Telescope events in them. */
  readonly telescopeEvents: number;
  /** For each reconstructor, the number of events with a valid geometry. */
  readonly reconstructed: Counts;
  /** For each reconstructor and reason, `HillasReconstructor: ...`, the number of events without a valid geometry. */
  readonly notReconstructed: Counts;
  /**
   * For each level, component and reason, `images, ImageQualityQuery: at_least_2_pixels`, the number of rejections: events
   * that were not written, telescope events that were removed, images without part in the reconstruction.
   */
  readonly rejected: Counts;
  /** For each reason, the number of telescope events that the event source rejected. */
  readonly rejectedBySource: Counts;
  /** The components that failed for some events. */
  readonly failures: readonly ComponentFailure[];
  readonly statistics: {
    readonly images?: QualityStatistics | undefined;
    readonly reconstructors: NamedStatistics;
    readonly muons: NamedStatistics;
  };
  /** Whether the input was truncated and the events before the truncation were kept. */
  readonly truncated: boolean;
  /** By `obs_id`. */
  readonly simulatedShowerDistributions: ReadonlyMap<number, SimulatedShowerDistribution>;
  /** By `obs_id`. */
  readonly simulationConfig: ReadonlyMap<number, SimulationConfigContainer>;
}

/** The outcome of a run without events: the zero of {@link addOutcomes}. */
export const EMPTY_OUTCOME: RunOutcome = {
  events: 0,
  telescopeEvents: 0,
  reconstructed: {},
  notReconstructed: {},
  rejected: {},
  rejectedBySource: {},
  failures: [],
  statistics: { reconstructors: {}, muons: {} },
  truncated: false,
  simulatedShowerDistributions: new Map(),
  simulationConfig: new Map(),
};

/**
 * The outcome of two runs over different events, associative. What describes an observation block as a whole (the shower
 * distribution, the simulation configuration) is that of the later run.
 */
export function addOutcomes(a: RunOutcome, b: RunOutcome): RunOutcome {
  const { images } = a.statistics;
  return {
    events: a.events + b.events,
    telescopeEvents: a.telescopeEvents + b.telescopeEvents,
    reconstructed: addCounts(a.reconstructed, b.reconstructed),
    notReconstructed: addCounts(a.notReconstructed, b.notReconstructed),
    rejected: addCounts(a.rejected, b.rejected),
    rejectedBySource: addCounts(a.rejectedBySource, b.rejectedBySource),
    failures: addFailures(a.failures, b.failures),
    statistics: {
      images:
        images && b.statistics.images ? addStatistics(images, b.statistics.images) : (images ?? b.statistics.images),
      reconstructors: addNamed(a.statistics.reconstructors, b.statistics.reconstructors),
      muons: addNamed(a.statistics.muons, b.statistics.muons),
    },
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

function addNamed(a: NamedStatistics, b: NamedStatistics): NamedStatistics {
  const sums = new Map(Object.entries(a));
  for (const [name, statistics] of Object.entries(b)) {
    const known = sums.get(name);
    sums.set(name, known ? addStatistics(known, statistics) : statistics);
  }
  return Object.fromEntries(sums);
}

/** A component that failed in both runs has its first failure from the first. */
function addFailures(a: readonly ComponentFailure[], b: readonly ComponentFailure[]): ComponentFailure[] {
  const sums = new Map<string, ComponentFailure>();
  for (const failure of [...a, ...b]) {
    const key = `${failure.plugin ?? ''}/${failure.component}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, count: known.count + failure.count } : failure);
  }
  return [...sums.values()];
}
