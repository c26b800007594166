/** The nearest whole number, the even one of two that are as near: what Python's `round` and numpy's `rint` do. */
export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
