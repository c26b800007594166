import { Component, counted, PROVENANCE, trait, type CherenkitError, type ComponentKind } from '@cherenkit/core';
import {
  eventWeights,
  isPointLike,
  pointSourceWeights,
  ringSolidAngles,
  simulatedSpectrum,
  type SimulatedShowers,
  type Spectrum,
} from '@cherenkit/kernels';
import { TableLoader, type SubarrayEventOptions } from '@cherenkit/plugin-hdf5';
import { Table } from '@cherenkit/tables';
import { refusedIrf, unsupportedDl2 } from '../irf-error.js';
import { DL2EventPreprocessor } from './dl2-event-preprocessor.js';
import type { QualityCriterion } from './dl2-event-quality-query.js';
import { inRadians, withWeights } from './event-table.js';
import { simulationInformation } from './simulation-information.js';

/** Options of {@link DL2EventLoader.loadPreselectedEvents}. */
export interface LoadEventsOptions {
  /** Array events to read at once. */
  readonly chunkSize: number;
  /** Criteria instead of the configured ones. */
  readonly criteria?: readonly QualityCriterion[] | undefined;
  /** Columns of the events to keep; the others take no memory. Default: all. */
  readonly columns?: readonly string[] | undefined;
  /** Keeps a part of the events that meet the criteria, of each chunk, so that the others take no memory. */
  readonly select?: ((events: Table) => Table) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Selected events of a file. */
export interface LoadedEvents {
  readonly file: string;
  /** Columns of ctapipe's `DL2EventPreprocessor`: `reco_energy` (TeV), `gh_score`, `theta` (deg), `weight`, ... */
  readonly events: Table;
  /** Number of events of the file. */
  readonly nRead: number;
  /** Number of events that meet the quality criteria. */
  readonly nPreselected: number;
  /** Pointing of the first of these events, deg; NaN without events. */
  readonly pointing: { readonly alt: number; readonly az: number };
  readonly showers: SimulatedShowers;
  /** Ids of the simulated particles of the events: 0 for gammas, 1 for electrons, 101 for protons. */
  readonly primaryIds: ReadonlySet<number>;
}

/** Loads simulated events of a DL2 file, selects them and weights them. Source: ctapipe 0.32 `DL2EventLoader`. */
export class DL2EventLoader extends Component.withTraits({
  eventReaderFunction: trait.oneOf(['read_subarray_events_chunked'], {
    default: 'read_subarray_events_chunked',
    help: 'Method of TableLoader that reads the events.',
  }),
  simulatedEnergies: trait.oneOf(['power_law', 'histogram'], {
    default: 'power_law',
    help: 'Whether the energies of the simulated showers are those of the power law of the settings, as in ctapipe, or those of the histograms in the file.',
  }),
  eventReaderKwargs: trait.dictionary({ default: {}, help: 'Options of that method, such as its traits.' }),
}) {
  static override readonly kind: string = 'DL2EventLoader';
  static override readonly help = 'Loads, selects and weights simulated events of DL2 files.';
  static override readonly children: readonly ComponentKind[] = [DL2EventPreprocessor, TableLoader];

  readonly preprocessor = this.context.create(DL2EventPreprocessor, 'DL2EventPreprocessor');
  readonly #loader = this.context.create(TableLoader, 'TableLoader');

  /**
   * Loads the events of a file that meet the quality criteria.
   *
   * @throws CherenkitError DL2_UNSUPPORTED (65); those of `TableLoader`
   */
  async loadPreselectedEvents(
    file: string,
    { chunkSize, criteria, columns, select = (events) => events, signal }: LoadEventsOptions,
  ): Promise<LoadedEvents> {
    this.context.service(PROVENANCE).addInput({ url: file, role: 'DL2 Event' });
    const loader = this.#loader;
    await loader.open(file);
    try {
      const showers = await simulationInformation(
        loader,
        file,
        this.context.logger,
        this.traits.simulatedEnergies === 'histogram',
      );
      const all = { ...this.traits.eventReaderKwargs, dl2: true, simulated: true, observationInfo: true };
      const needed = [...this.preprocessor.neededColumns(criteria), PRIMARY_ID];
      const options = { ...all, columns: await readableColumns(loader, needed, all) };
      const parts: Table[] = [];
      let nPreselected = 0;
      const unusable = USED_RESULTS.map((column) => ({ column, count: 0 }));
      let pointing = { alt: NaN, az: NaN };
      const primaryIds = new Set<number>();
      for await (const { data } of loader.readSubarrayEventsChunked(chunkSize, options)) {
        signal?.throwIfAborted();
        const preselected = this.preprocessor.process(data, file, criteria);
        if (nPreselected === 0) pointing = firstPointing(preselected);
        nPreselected += preselected.nRows;
        for (const each of unusable) each.count += countUnusable(preselected, each.column);
        const selected = select(preselected);
        parts.push(columns ? selected.select(...columns.filter((name) => selected.has(name))) : selected);
        if (data.has(PRIMARY_ID)) for (const id of data.numbers(PRIMARY_ID)) primaryIds.add(id);
      }
      if (nPreselected === 0) throw this.#noEvents(file, loader.nEvents, criteria);
      this.#checkResults(file, unusable, nPreselected);
      return { file, events: Table.stack(parts), nRead: loader.nEvents, nPreselected, pointing, showers, primaryIds };
    } finally {
      await loader.close();
    }
  }

  #noEvents(
    file: string,
    nRead: number,
    criteria = this.preprocessor.qualityQuery.traits.qualityCriteria,
  ): CherenkitError {
    if (nRead === 0) return unsupportedDl2(`${file}: there are no events. Give a file with reconstructed events.`);
    const listed = criteria.map(([name, expression]) => `${name}: ${expression}`).join('; ');
    return unsupportedDl2(
      `${file}: none of ${counted(nRead, 'event')} meets the quality criteria (${listed}). Give more events, or other DL2EventQualityQuery.quality_criteria.`,
    );
  }

  /** @throws CherenkitError DL2_UNSUPPORTED (65) if a result is not finite for any event */
  #checkResults(
    file: string,
    unusable: readonly { readonly column: string; readonly count: number }[],
    nEvents: number,
  ): void {
    const names = Object.entries(this.preprocessor.renamedColumns);
    for (const { column, count } of unusable) {
      if (count === 0) continue;
      const stored = names.find(([, name]) => name === column)?.[0] ?? column;
      const what = column === 'reco_energy' ? 'a positive number' : 'a finite number';
      const message = `${file}: ${stored} is not ${what} for ${count} of ${counted(nEvents, 'event')} that meet the quality criteria`;
      if (count === nEvents)
        throw unsupportedDl2(`${message}. Reconstruct the events again, or choose another reconstructor.`);
      this.context.logger.warning(`${message}; they are in no bin.`);
    }
  }
}

/** Results without which events are in no bin, or pass no cut. */
const USED_RESULTS = ['reco_energy', 'gh_score', 'theta'] as const;

/** Number of values that are not finite; of energies, also those that are not positive. */
function countUnusable(events: Table, column: string): number {
  if (!events.has(column)) return 0;
  let count = 0;
  for (const value of events.numbers(column)) {
    if (!Number.isFinite(value) || (column === 'reco_energy' && value <= 0)) count++;
  }
  return count;
}

/** Pointing of the first event, deg. */
function firstPointing(events: Table): { readonly alt: number; readonly az: number } {
  const first = (name: string): number =>
    events.nRows > 0 && events.has(name) ? events.slice(0, 1).numbers(name, 'deg')[0] : NaN;
  return { alt: first('pointing_alt'), az: first('pointing_az') };
}

const PRIMARY_ID = 'true_shower_primary_id';

/**
 * The needed columns, if the file has all of them but that of the particle; otherwise undefined, for all columns, so that messages
 * about missing ones list what there is.
 */
export async function readableColumns(
  loader: TableLoader,
  needed: readonly string[],
  options: SubarrayEventOptions,
): Promise<readonly string[] | undefined> {
  const header = await loader.readSubarrayEvents({ ...options, start: 0, stop: 0 });
  return needed.every((name) => name === PRIMARY_ID || header.has(name)) ? needed : undefined;
}

/** Columns that {@link weightedEvents} reads. */
export const WEIGHTING_COLUMNS = ['true_energy', 'true_source_fov_offset'] as const;

/** How events are weighted to a spectrum. */
export interface WeightOptions {
  readonly target: Spectrum;
  /** Observation time, s. */
  readonly seconds: number;
  /** Edges of rings of the field of view, deg, in each of which diffuse gammas stand for a point source. */
  readonly offsetEdges?: Float64Array | undefined;
}

/**
 * Weights events to a spectrum within an observation time. Diffuse events of a point-like spectrum are weighted per ring of the
 * field of view, and events outside weigh 0. Source: ctapipe 0.32 `DL2EventLoader.make_event_weights`.
 *
 * @throws CherenkitError IRF_REFUSED (2) for a point-like spectrum and diffuse events without rings, and the reverse
 */
export function weightedEvents(loaded: LoadedEvents, { target, seconds, offsetEdges }: WeightOptions): LoadedEvents {
  const { events, showers, file } = loaded;
  const simulated = simulatedSpectrum(showers, seconds);
  const energies = events.numbers('true_energy', 'TeV');
  if (target.isDiffuse === simulated.isDiffuse) {
    return { ...loaded, events: withWeights(events, eventWeights(energies, target, simulated)) };
  }
  if (target.isDiffuse || isPointLike(showers)) {
    throw refusedIrf(
      `${file}: the events come from one direction, but the target spectrum is that of a diffuse flux. Choose CRAB_HEGRA, or diffuse events.`,
    );
  }
  if (offsetEdges === undefined) {
    throw refusedIrf(`${file}: diffuse events for the spectrum of a point source need rings of the field of view.`);
  }
  const offsets = events.numbers('true_source_fov_offset', 'deg');
  const rings = ringSolidAngles(inRadians(offsetEdges));
  const weights = pointSourceWeights(energies, offsets, offsetEdges, rings, target, simulated);
  return { ...loaded, events: withWeights(events, weights) };
}
