import type { NormName, ValueLimits } from '../color/color-norm.js';

/** A value on an axis. */
export interface AxisTick {
  readonly value: number;
  readonly label: string;
}

/** Round values within limits, about `count` of them, with labels of the same number of decimals. */
export function linearTicks([low, high]: ValueLimits, count = 6): readonly AxisTick[] {
  const [first, last] = [Math.min(low, high), Math.max(low, high)];
  const range = last - first;
  if (!(range > 0) || !Number.isFinite(range)) return [];
  const power = 10 ** Math.floor(Math.log10(range / count));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => range / each <= count) ?? range;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const start = Math.ceil(first / step - 1e-9);
  const ticks: AxisTick[] = [];
  for (let k = start; k * step <= last + 1e-9 * range && ticks.length < 100; k++) {
    const value = Number((k * step).toPrecision(12));
    ticks.push({ value, label: tickLabel(value, decimals) });
  }
  return ticks;
}

function tickLabel(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (decimals > 6 || size >= 1e6) return scientific(value);
  return (value === 0 ? 0 : value).toFixed(decimals).replace('-', '\u2212');
}

function scientific(value: number): string {
  return String(Number(value.toPrecision(6)).toExponential())
    .replace('e+', 'e')
    .replaceAll('-', '\u2212');
}

/** Powers of ten within positive limits, and their multiples if there are fewer than two. */
function logTicks([low, high]: ValueLimits): readonly AxisTick[] {
  if (!(low > 0 && high > low)) return [];
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  if (powers.length < 2) {
    const factors = powers.length === 0 && high / low < 3 ? undefined : [1, 2, 5];
    if (factors === undefined) return linearTicks([low, high]);
    const all = [first - 1, first, first + 1].flatMap((power) => factors.map((factor) => factor * 10 ** power));
    return all.filter((value) => value >= low && value <= high).map((value) => ({ value, label: plainLabel(value) }));
  }
  const step = Math.ceil(powers.length / 8);
  return powers
    .filter((power) => power % step === 0)
    .map((power) => ({ value: 10 ** power, label: plainLabel(10 ** power) }));
}

function plainLabel(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return rounded >= 1e-3 && rounded < 1e6 ? String(rounded) : scientific(rounded);
}

/**
 * Round values on an axis or a colour bar, with labels.
 *
 * @param count - largest number of ticks of a linear scale
 */
export function axisTicks(name: NormName, limits: ValueLimits, count = 8): readonly AxisTick[] {
  if (name === 'lin') return linearTicks(limits, count);
  if (name === 'log') return logTicks(limits);
  const [low, high] = limits;
  const positive = high > 1 ? logTicks([1, high]) : [];
  const negative = low < -1 ? logTicks([1, -low]) : [];
  const ticks = [
    ...negative.map(({ value, label }) => ({ value: -value, label: `\u2212${label}` })),
    { value: 0, label: '0' },
    ...positive,
  ];
  const within = ticks.filter(({ value }) => value >= low && value <= high).sort((a, b) => a.value - b.value);
  return within.length < 2 ? linearTicks(limits) : within;
}
