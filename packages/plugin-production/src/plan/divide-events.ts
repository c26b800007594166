/** Ranges of the events of an input; undefined for an input that is not divided. */
export type EventRanges = readonly (readonly [first: number, end: number])[] | undefined;

/**
 * Divides events into ranges of nearly equal length.
 *
 * @param nEvents - number of events
 * @param perRange - number of events that a range should have
 */
export function divideEvents(nEvents: number, perRange: number): EventRanges {
  const count = Math.max(1, Math.round(nEvents / perRange));
  if (count === 1) return undefined;
  const length = Math.ceil(nEvents / count);
  const ranges: [number, number][] = [];
  for (let first = 0; first < nEvents; first += length) ranges.push([first, Math.min(nEvents, first + length)]);
  return ranges;
}
