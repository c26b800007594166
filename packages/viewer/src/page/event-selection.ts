import type { EventRow } from '../protocol.js';
import type { PageModel } from './page-model.js';
import type { PageState } from './page-state.js';

/**
 * The listed events within the ranges of the state.
 *
 * @param except - column whose range does not count
 */
export function rowsInRanges(
  rows: readonly EventRow[],
  ranges: PageState['ranges'],
  except?: keyof EventRow,
): readonly EventRow[] {
  const limits = Object.entries(ranges).filter(([name]) => name !== except);
  return rows.filter((row) =>
    limits.every(([name, [low, high]]) => {
      const value = Number(row[name as keyof EventRow]);
      return value >= low && value <= high;
    }),
  );
}

let latest: { readonly inputs: readonly unknown[]; readonly rows: readonly EventRow[] } | undefined;

/** The events of the list: those within the ranges, sorted. */
export function shownRows({ rows, state: { ranges, sort } }: PageModel): readonly EventRow[] {
  const inputs = [rows, ranges, sort];
  if (!latest?.inputs.every((each, i) => each === inputs[i])) {
    const { column, direction } = sort;
    const sorted = [...rowsInRanges(rows, ranges)].sort(
      (a, b) => compare(a[column], b[column], direction) || a.index - b.index,
    );
    latest = { inputs, rows: sorted };
  }
  return latest.rows;
}

/** NaN is last in both directions. */
function compare(a: number | string, b: number | string, direction: 1 | -1): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -direction : a > b ? direction : 0;
}
