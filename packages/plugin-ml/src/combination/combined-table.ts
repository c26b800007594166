import {
  ParticleClassificationContainer,
  ReconstructedDirectionContainer,
  ReconstructedEnergyContainer,
  type ContainerClass,
  type ReconstructionProperty,
  type SubarrayDescription,
} from '@cherenkit/core';
import { columnFrom, Table, type ColumnInput } from '@cherenkit/tables';
import { isUsable } from './image-weights.js';
import { eventIds, eventStarts, withDefaults } from './result-columns.js';

/** The telescopes of an array event whose predictions take part: rows of the table, and their weights. */
export interface TelescopeGroup {
  readonly rows: number[];
  readonly weights: number[];
}

/** Combines the predictions of one array event after the other. */
export interface GroupCombination {
  /** Adds a row for an event. @returns whether it is valid */
  add(group: TelescopeGroup): boolean;
  /** The columns, without prefix, after all events. */
  columns(): Readonly<Record<string, ColumnInput>>;
}

/** What is combined. */
export interface CombinationInput {
  readonly subarray: SubarrayDescription;
  readonly property: ReconstructionProperty;
  readonly prefix: string;
  /** Weights of the rows. */
  readonly weights: Float64Array;
}

const CONTAINERS: Readonly<Record<ReconstructionProperty, ContainerClass>> = {
  ENERGY: ReconstructedEnergyContainer,
  GEOMETRY: ReconstructedDirectionContainer,
  PARTICLE_TYPE: ParticleClassificationContainer,
};

/**
 * Combines the valid predictions in a table of telescope events to a table of array events, with the columns of ctapipe in their
 * order.
 */
export function combinedTable(
  table: Table,
  { subarray, property, prefix, weights }: CombinationInput,
  combination: GroupCombination,
): Table {
  const starts = eventStarts(table);
  const nEvents = starts.length - 1;
  const isValidRow = table.column(`${prefix}_tel_is_valid`).values;
  const telIndex = subarray.telIdsToIndices(table.numbers('tel_id'));
  const { nTels, telIds } = subarray;
  const isValid = new Uint8Array(nEvents);
  const telescopes = new Uint8Array(nEvents * nTels);
  for (let event = 0; event < nEvents; event++) {
    const group: TelescopeGroup = { rows: [], weights: [] };
    for (let row = starts[event]; row < starts[event + 1]; row++) {
      if (!isValidRow[row] || !isUsable(weights[row])) continue;
      group.rows.push(row);
      group.weights.push(weights[row]);
      telescopes[event * nTels + telIndex[row]] = 1;
    }
    isValid[event] = Number(combination.add(group));
  }
  const columns: Readonly<Record<string, ColumnInput>> = {
    ...combination.columns(),
    is_valid: { values: isValid, type: 'bool' },
    goodness_of_fit: new Float64Array(nEvents).fill(NaN),
    telescopes: { values: telescopes, type: 'bool', shape: [nTels], meaning: { kind: 'telescopes', telIds } },
  };
  const combined = new Table([
    ...eventIds(table, starts.subarray(0, nEvents)),
    ...Object.entries(columns).map(([name, input]) => columnFrom(`${prefix}_${name}`, input)),
  ]);
  return withDefaults(combined, CONTAINERS[property], prefix);
}
