import { CherenkitError, ExitCode } from '@cherenkit/core';
import { binIndices, passesBinnedCut } from '@cherenkit/kernels';
import { FitsFile, type FitsInput, type FitsWriter } from '@cherenkit/plugin-fits';
import { columnFrom, Table } from '@cherenkit/tables';
import type { QualityCriterion } from '../events/dl2-event-quality-query.js';

/** Range in which cuts are valid. */
export interface ValidRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Cuts that an optimizer found. Tables of cuts have the columns `low`, `high`, `center` (TeV) and `cut`. Source: ctapipe 0.32
 * `OptimizationResult`, with its files.
 */
export interface SelectionCuts {
  readonly qualityCriteria: readonly QualityCriterion[];
  /** Prefix of the classifier whose gammaness is cut. */
  readonly classifier: string;
  /** Least gammaness. */
  readonly gh: Table;
  /** Largest angle to the source, deg. */
  readonly theta: Table | undefined;
  /** Least number of telescopes. */
  readonly multiplicity: Table | undefined;
  /** Reconstructed energies, TeV. */
  readonly validEnergy: ValidRange;
  /** Angles to the pointing, deg. */
  readonly validOffset: ValidRange;
}

/** Makes a table of cuts with further columns. */
export function cutTable(
  edges: Float64Array,
  cut: Float64Array,
  { unit, ...more }: { readonly unit?: string; readonly nEvents?: Int32Array; readonly efficiency?: Float64Array } = {},
): Table {
  const n = edges.length - 1;
  const column = (name: string, values: Float64Array) => columnFrom(name, { values, unit: 'TeV' });
  const [low, high] = [column('low', edges.slice(0, n)), column('high', edges.slice(1))];
  const center = column(
    'center',
    Float64Array.from({ length: n }, (_, i) => 0.5 * (edges[i] + edges[i + 1])),
  );
  const cuts = columnFrom('cut', { values: cut, unit });
  const { nEvents, efficiency } = more;
  // The order of ctapipe's columns depends on their origin.
  if (nEvents !== undefined) {
    return new Table([low, high, center, columnFrom('n_events', { values: [...nEvents], type: 'int64' }), cuts]);
  }
  return new Table([low, center, high, cuts, ...(efficiency ? [columnFrom('efficiency', efficiency)] : [])]);
}

/** Edges of the bins of a table of cuts, TeV. */
export function cutEdges(cuts: Table): Float64Array {
  return Float64Array.of(...cuts.numbers('low', 'TeV'), cuts.numbers('high', 'TeV').at(-1) ?? NaN);
}

/** Events that pass a cut in bins of their reconstructed energy. Events outside the bins do not. */
export function passesCut(events: Table, column: string, cuts: Table, isMinimum: boolean, unit?: string): Uint8Array {
  const bins = binIndices(events.numbers('reco_energy', 'TeV'), cutEdges(cuts));
  return passesBinnedCut(events.numbers(column, unit), bins, cuts.numbers('cut', unit), isMinimum);
}

/** Events that pass the cuts on gammaness and multiplicity: all cuts but that on the direction. */
export function passesParticleCuts(events: Table, { gh, multiplicity }: SelectionCuts): Uint8Array {
  const passed = passesCut(events, 'gh_score', gh, true);
  if (multiplicity === undefined) return passed;
  const hasTelescopes = passesCut(events, 'multiplicity', multiplicity, true);
  return passed.map((each, row) => each & hasTelescopes[row]);
}

/** Writes the tables of cuts. */
export function writeCuts(writer: FitsWriter, cuts: SelectionCuts): void {
  const criteria = cuts.qualityCriteria.length > 0 ? cuts.qualityCriteria : [[' ', ' '] as const];
  const expressions = {
    name: criteria.map(([name]) => name),
    cut_expr: criteria.map(([, expression]) => expression),
  };
  writer.writeTable(Table.of(expressions), { name: 'QUALITY_CUTS_EXPR' });
  writer.writeTable(cuts.gh, { name: 'GH_CUTS', header: { CLFNAME: cuts.classifier } });
  writer.writeTable(range('energy', 'TeV', cuts.validEnergy), { name: 'VALID_ENERGY' });
  writer.writeTable(range('offset', 'deg', cuts.validOffset), { name: 'VALID_OFFSET' });
  if (cuts.theta !== undefined) writer.writeTable(cuts.theta, { name: 'RAD_MAX' });
  if (cuts.multiplicity !== undefined) writer.writeTable(cuts.multiplicity, { name: 'MULTIPLICITY_CUTS' });
}

function range(name: string, unit: string, { min, max }: ValidRange): Table {
  return Table.of({ [`${name}_min`]: { values: [min], unit }, [`${name}_max`]: { values: [max], unit } });
}

/**
 * Reads cuts of Cherenkit or ctapipe.
 *
 * @throws CherenkitError CUTS_INVALID (65) for files without cuts, and cuts in bins that are not adjacent; those of `FitsFile.open`
 */
export async function readCuts(input: FitsInput): Promise<SelectionCuts> {
  await using file = await FitsFile.open(input);
  return await cutsOf(file);
}

/** Reads the cuts of an open file. @throws CherenkitError CUTS_INVALID (65) */
export async function cutsOf(file: FitsFile): Promise<SelectionCuts> {
  const required = async (name: string): Promise<Table> => {
    if (file.has(name)) return file.readTable(name);
    throw invalidCuts(file.name, `the table ${name} is missing`);
  };
  const optional = async (name: string): Promise<Table | undefined> =>
    file.has(name) ? checked(await file.readTable(name), `${file.name}: ${name}`) : undefined;
  const criteria = await required('QUALITY_CUTS_EXPR');
  const [names, expressions] = ['name', 'cut_expr'].map((name) => criteria.column(name).values as readonly string[]);
  const gh = checked(await required('GH_CUTS'), `${file.name}: GH_CUTS`);
  const classifier = gh.meta['CLFNAME'];
  if (typeof classifier !== 'string') throw invalidCuts(`${file.name}: GH_CUTS`, 'the keyword CLFNAME is missing');
  const [energy, offset] = [await required('VALID_ENERGY'), await required('VALID_OFFSET')];
  return {
    qualityCriteria: names.map((name, i) => [name, expressions[i]] as const).filter(([, text]) => text !== ''),
    classifier,
    gh,
    theta: await optional('RAD_MAX'),
    multiplicity: await optional('MULTIPLICITY_CUTS'),
    validEnergy: { min: energy.numbers('energy_min', 'TeV')[0], max: energy.numbers('energy_max', 'TeV')[0] },
    validOffset: { min: offset.numbers('offset_min', 'deg')[0], max: offset.numbers('offset_max', 'deg')[0] },
  };
}

function checked(cuts: Table, place: string): Table {
  for (const name of ['low', 'high', 'center', 'cut']) {
    if (!cuts.has(name)) throw invalidCuts(place, `the column ${name} is missing`);
  }
  if (cuts.nRows === 0) throw invalidCuts(place, 'there are no bins');
  const [low, high] = [cuts.numbers('low', 'TeV'), cuts.numbers('high', 'TeV')];
  for (let bin = 0; bin < cuts.nRows; bin++) {
    const isAdjacent = bin === 0 || Math.abs(low[bin] - high[bin - 1]) <= 1e-9 * low[bin];
    if (!(low[bin] < high[bin] && isAdjacent)) {
      throw invalidCuts(place, `bin ${bin} is ${low[bin]} to ${high[bin]} TeV, expected adjacent ascending bins`);
    }
  }
  return cuts;
}

function invalidCuts(place: string, problem: string): CherenkitError {
  const message = `${place}: ${problem}. Make cuts with cherenkit optimize-event-selection.`;
  return new CherenkitError('CUTS_INVALID', ExitCode.BAD_INPUT, message);
}
