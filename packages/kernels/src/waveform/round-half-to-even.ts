/** Rounds to the nearest integer, ties to even, like Python's `round` and numpy's `rint`. */
export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
