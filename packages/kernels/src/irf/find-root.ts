const X_TOLERANCE = 2e-12;
const RELATIVE_TOLERANCE = 4 * Number.EPSILON;
const MAX_ITERATIONS = 100;

/**
 * Root of a function between two arguments by the method of Brent; undefined if the signs at both are equal, or a value is NaN.
 * Source: scipy `brentq`, with its tolerances: 2e-12, and 9e-16 of the root.
 */
export function findRoot(f: (x: number) => number, from: number, to: number): number | undefined {
  let [previous, current, blocked] = [from, to, 0];
  let [fPrevious, fCurrent, fBlocked] = [f(previous), f(current), 0];
  let [step, lastStep] = [0, 0];
  if (fPrevious === 0) return previous;
  if (fCurrent === 0) return current;
  if (!(fPrevious * fCurrent < 0)) return undefined;
  for (let i = 0; i < MAX_ITERATIONS; i++) {
    if (fPrevious !== 0 && fCurrent !== 0 && fPrevious < 0 !== fCurrent < 0) {
      [blocked, fBlocked] = [previous, fPrevious];
      step = lastStep = current - previous;
    }
    if (Math.abs(fBlocked) < Math.abs(fCurrent)) {
      [previous, current, blocked] = [current, blocked, current];
      [fPrevious, fCurrent, fBlocked] = [fCurrent, fBlocked, fCurrent];
    }
    const tolerance = (X_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(current)) / 2;
    const bisection = (blocked - current) / 2;
    if (fCurrent === 0 || Math.abs(bisection) < tolerance) return current;
    if (Math.abs(lastStep) > tolerance && Math.abs(fCurrent) < Math.abs(fPrevious)) {
      let trial: number;
      if (previous === blocked) trial = (-fCurrent * (current - previous)) / (fCurrent - fPrevious);
      else {
        const slopePrevious = (fPrevious - fCurrent) / (previous - current);
        const slopeBlocked = (fBlocked - fCurrent) / (blocked - current);
        trial =
          (-fCurrent * (fBlocked * slopeBlocked - fPrevious * slopePrevious)) /
          (slopeBlocked * slopePrevious * (fBlocked - fPrevious));
      }
      const isShort = 2 * Math.abs(trial) < Math.min(Math.abs(lastStep), 3 * Math.abs(bisection) - tolerance);
      [lastStep, step] = isShort ? [step, trial] : [bisection, bisection];
    } else [lastStep, step] = [bisection, bisection];
    [previous, fPrevious] = [current, fCurrent];
    current += Math.abs(step) > tolerance ? step : bisection > 0 ? tolerance : -tolerance;
    fCurrent = f(current);
    if (Number.isNaN(fCurrent)) return undefined;
  }
  return undefined;
}
