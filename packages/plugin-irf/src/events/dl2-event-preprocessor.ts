import { Component, CoordinateFrameType, nameSome, trait, type ComponentKind } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { unsupportedDl2 } from '../irf-error.js';
import { DL2EventQualityQuery, namesInCriteria, type QualityCriterion } from './dl2-event-quality-query.js';
import { smallestMultiplicity, withDerivedColumns } from './event-table.js';

/** Largest standard deviation of the altitude of the pointing, deg. */
const MAX_POINTING_SPREAD = 1e-3;

/** Columns of the events beside those that are renamed. */
const KEPT = ['obs_id', 'event_id', 'true_energy', 'true_az', 'true_alt'] as const;

/** Columns of the pointing, which are compared between runs. */
const POINTING = ['subarray_pointing_lat', 'subarray_pointing_frame'] as const;

/**
 * Selects events and gives their columns names that do not depend on the reconstructors. Source: ctapipe 0.32
 * `DL2EventPreprocessor`.
 */
export class DL2EventPreprocessor extends Component.withTraits({
  energyReconstructor: trait.string({
    default: 'RandomForestRegressor',
    help: 'Prefix of the column of the reconstructed energy.',
  }),
  geometryReconstructor: trait.string({
    default: 'HillasReconstructor',
    help: 'Prefix of the columns of the reconstructed direction.',
  }),
  gammanessClassifier: trait.string({
    default: 'RandomForestClassifier',
    help: 'Prefix of the column of the predicted gammaness.',
  }),
  applyDerivedColumns: trait.boolean({
    default: true,
    help: 'Compute angles to the source and to the pointing, and the multiplicity.',
  }),
  allowUnsupportedPointingFrames: trait.boolean({
    default: false,
    help: 'Accept pointings that differ between runs, or are not given in altitude and azimuth.',
  }),
  columnsToRename: trait.optional(
    trait.dictionary<string>({
      help: 'New names of columns by their names in the file. null: those of the reconstructors.',
    }),
  ),
}) {
  static override readonly kind: string = 'DL2EventPreprocessor';
  static override readonly help = 'Selects events for cuts and instrument responses, and renames their columns.';
  static override readonly children: readonly ComponentKind[] = [DL2EventQualityQuery];

  readonly qualityQuery = this.context.create(DL2EventQualityQuery, 'DL2EventQualityQuery');

  /** New names of columns by their names in the file. */
  get renamedColumns(): Readonly<Record<string, string>> {
    return this.traits.columnsToRename ?? this.resultColumns;
  }

  /** Names of the columns of the chosen reconstructors and of the pointing, by their names in the file. */
  get resultColumns(): Readonly<Record<string, string>> {
    const { energyReconstructor, geometryReconstructor, gammanessClassifier } = this.traits;
    return {
      [`${energyReconstructor}_energy`]: 'reco_energy',
      [`${geometryReconstructor}_az`]: 'reco_az',
      [`${geometryReconstructor}_alt`]: 'reco_alt',
      [`${gammanessClassifier}_prediction`]: 'gh_score',
      subarray_pointing_lat: 'pointing_alt',
      subarray_pointing_lon: 'pointing_az',
    };
  }

  /** Masks of the telescopes that each reconstructor used. */
  get telescopeColumns(): readonly string[] {
    const { energyReconstructor, geometryReconstructor, gammanessClassifier } = this.traits;
    return [energyReconstructor, geometryReconstructor, gammanessClassifier].map((prefix) => `${prefix}_telescopes`);
  }

  /** Names in the file of the columns that `process` uses. @throws ExpressionError for an invalid criterion */
  neededColumns(criteria: readonly QualityCriterion[] = this.qualityQuery.traits.qualityCriteria): string[] {
    const masks = this.traits.applyDerivedColumns ? this.telescopeColumns : [];
    const names = [...KEPT, ...POINTING, ...Object.keys(this.renamedColumns), ...masks];
    return [...new Set([...names, ...namesInCriteria(criteria)])];
  }

  /**
   * Selects and prepares a table of array events with their simulated showers, results and observation blocks.
   *
   * @param file - for messages
   * @param criteria - instead of the configured quality criteria
   * @throws CherenkitError DL2_UNSUPPORTED (65) for a missing column, and for pointings that differ
   */
  process(events: Table, file: string, criteria?: readonly QualityCriterion[]): Table {
    const renamed = this.renamedColumns;
    const kept = KEPT.filter((name) => !Object.values(renamed).includes(name));
    const derived = this.traits.applyDerivedColumns ? this.telescopeColumns : [];
    const needed = [...kept, ...Object.keys(renamed), ...derived];
    requireColumns(events, needed, file, criteria ?? this.qualityQuery.traits.qualityCriteria);
    const mask = this.qualityQuery.mask(events, criteria);
    // Files have many more columns, which are not copied; masks of telescopes have one value per telescope.
    const used = [...kept, ...Object.keys(renamed), ...POINTING.filter((name) => events.has(name))];
    const masks = derived.map((name) => events.column(name));
    const columns = events.select(...new Set(used));
    const counted = masks.length > 0 ? columns.withColumn('multiplicity', smallestMultiplicity(masks)) : columns;
    const selected = counted.filter(mask);
    if (!this.traits.allowUnsupportedPointingFrames) checkPointing(selected, file);
    const table = selected.select(...kept, ...Object.keys(renamed)).rename(renamed);
    if (derived.length === 0) return table;
    return withDerivedColumns(table).withColumn('multiplicity', selected.column('multiplicity'));
  }
}

/**
 * Checks that a table of events has the columns that are used, and those in criteria.
 *
 * @throws CherenkitError DL2_UNSUPPORTED (65) naming the file, the column and the remedy
 */
export function requireColumns(
  events: Table,
  needed: readonly string[],
  file: string,
  criteria: readonly QualityCriterion[],
): void {
  for (const [name, expression] of criteria) {
    const missing = namesInCriteria([[name, expression]]).find((column) => !events.has(column));
    if (missing === undefined) continue;
    throw unsupportedDl2(
      `${file}: the column ${missing} is missing, which the quality criterion "${name}", ${expression}, uses. ${remedyFor(missing, events)}`,
    );
  }
  const missing = needed.find((name) => !events.has(name));
  if (missing !== undefined)
    throw unsupportedDl2(`${file}: the column ${missing} is missing. ${remedyFor(missing, events)}`);
}

function remedyFor(column: string, events: Table): string {
  if (column.startsWith('true_')) return 'Give a file of simulated events, with their showers.';
  if (column.startsWith('subarray_pointing')) return 'Give a file with observation blocks, which have the pointing.';
  const algorithms = events.names.flatMap((name) => /^(.+)_is_valid$/.exec(name)?.[1] ?? []);
  const found =
    algorithms.length === 0
      ? 'The file has no results of reconstructors'
      : `The file has results of ${nameSome(algorithms)}`;
  return `${found}. Reconstruct the events and apply models (cherenkit process, apply-models), or set DL2EventPreprocessor.energy_reconstructor, geometry_reconstructor, gammaness_classifier and DL2EventQualityQuery.quality_criteria.`;
}

/** @throws CherenkitError DL2_UNSUPPORTED (65) */
function checkPointing(events: Table, file: string): void {
  if (!events.has('subarray_pointing_lat') || events.nRows === 0) return;
  const remedy =
    'Make responses for one pointing at a time, or set DL2EventPreprocessor.allow_unsupported_pointing_frames.';
  const altitudes = events.numbers('subarray_pointing_lat', 'deg');
  const mean = altitudes.reduce((sum, each) => sum + each, 0) / altitudes.length;
  const variance = altitudes.reduce((sum, each) => sum + (each - mean) ** 2, 0) / altitudes.length;
  if (Math.sqrt(variance) > MAX_POINTING_SPREAD) {
    const [lowest, highest] = [Math.min, Math.max].map((extreme) =>
      altitudes.reduce((found, each) => extreme(found, each)),
    );
    throw unsupportedDl2(
      `${file}: the pointing differs between runs: altitudes of ${lowest} to ${highest} deg. ${remedy}`,
    );
  }
  const altAz = CoordinateFrameType.ALTAZ;
  const frames = events.column('subarray_pointing_frame').values as ArrayLike<number>;
  for (let row = 0; row < frames.length; row++) {
    if (Number(frames[row]) === altAz) continue;
    throw unsupportedDl2(`${file}: the pointing is given in frame ${frames[row]}, expected ALTAZ, ${altAz}. ${remedy}`);
  }
}
