import { axisTicks } from '@cherenkit/display';
import type { Table } from '@cherenkit/tables';

/** Scale of the axis of a histogram. */
type Scale = 'linear' | 'log' | 'squared';

/** Columns that have a histogram, if the table has them. */
const SHOWN: readonly (readonly [column: string, scale: Scale, label: string])[] = [
  ['true_energy', 'log', 'true energy (TeV)'],
  ['energy', 'log', 'reconstructed energy (TeV)'],
  ['gammaness', 'linear', 'gammaness'],
  ['n_used', 'linear', 'telescopes used'],
  ['intensity', 'log', 'intensity'],
  ['width', 'linear', 'mean width (deg)'],
  ['length', 'linear', 'mean length (deg)'],
  ['theta', 'squared', 'θ² (deg²)'],
  ['core_error', 'linear', 'distance from the true core (m)'],
  ['h_max', 'linear', 'height of the maximum (km)'],
];

const TO_AXIS: Readonly<Record<Scale, (value: number) => number>> = {
  linear: (value) => value,
  log: Math.log10,
  squared: (value) => value * value,
};
const FROM_AXIS: Readonly<Record<Scale, (value: number) => number>> = {
  linear: (value) => value,
  log: (value) => 10 ** value,
  squared: Math.sqrt,
};

const WIDTH = 240;
const HEIGHT = 110;
const BASE = 90;
const BINS = 30;
/** Most ticks of an axis. */
const MAX_TICKS = 5;
/** Distance from the ends of the axis within which the labels of ticks are not centred. */
const EDGE = 14;
/** Part of the values, at the upper end, that linear axes do not show. */
const TAIL = 0.02;
/** Shortest drag that is a range, CSS pixels of the picture. */
const MIN_DRAG = 3;

/** A range of a column, in its unit; undefined to remove the range. */
export type RangeListener = (column: string, range: readonly [low: number, high: number] | undefined) => void;

/** Unit of the charges, at the end of the description of the column: p.e. or ADC counts. */
function chargeUnitIn(table: Table): string {
  const [, unit] = /, ([^,]+)$/.exec(table.column('intensity').description ?? '') ?? [];
  return unit === undefined ? '' : ` (${unit})`;
}

/** Histograms of a table, with the selected rows in colour. A drag over one selects a range. */
export class LinkedHistograms {
  readonly #updates: ((selected: Uint8Array) => void)[] = [];

  constructor(place: HTMLElement, table: Table, onRange: RangeListener) {
    for (const [column, scale, label] of SHOWN) {
      if (!table.has(column)) continue;
      const unit = column === 'intensity' ? chargeUnitIn(table) : '';
      this.#add(place, column, scale, label + unit, table.numbers(column), onRange);
    }
  }

  /** Colours the selected rows. */
  update(selected: Uint8Array): void {
    for (const update of this.#updates) update(selected);
  }

  #add(
    place: HTMLElement,
    column: string,
    scale: Scale,
    label: string,
    values: Float64Array,
    onRange: RangeListener,
  ): void {
    const onAxis = values.map(TO_AXIS[scale]);
    const sorted = onAxis.filter(Number.isFinite).sort();
    if (sorted.length === 0) return;
    const { low, high, nBins } = binning(sorted, scale);
    const bins = Int32Array.from(onAxis, (value) => binOf(value, low, high, nBins));
    const svg = element('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `Histogram: ${label}` });
    const all = element('path', { class: 'all' });
    const chosen = element('path', { class: 'chosen' });
    const range = element('rect', { class: 'range', y: 0, height: BASE, width: 0 });
    const ticks = ticksOf(low, high, scale).map((tick) => ({
      ...tick,
      x: ((tick.value - low) / (high - low)) * WIDTH,
    }));
    const lines = ticks.map(({ x }) => `M${x.toFixed(1)} ${BASE}v4`);
    const axis = element('path', { class: 'axis-line', d: `M0 ${BASE}.5H${WIDTH}${lines.join('')}` });
    svg.append(all, chosen, range, axis);
    for (const { x, label: tick } of ticks) {
      const anchor = x < EDGE ? 'start' : x > WIDTH - EDGE ? 'end' : 'middle';
      const text = element('text', { class: 'axis', x, y: HEIGHT - 4, 'text-anchor': anchor });
      text.textContent = tick;
      svg.append(text);
    }
    const counts = countsOf(bins, nBins);
    const highest = Math.max(1, ...counts);
    all.setAttribute('d', bars(counts, highest));
    this.#updates.push((selected) => chosen.setAttribute('d', bars(countsOf(bins, nBins, selected), highest)));
    onDrag(svg, range, (from, to) => {
      const toValue = (x: number): number => FROM_AXIS[scale](low + (x / WIDTH) * (high - low));
      onRange(column, from === to ? undefined : [toValue(from), to >= WIDTH ? Infinity : toValue(to)]);
    });
    const heading = document.createElement('h3');
    heading.textContent = label;
    const box = document.createElement('div');
    box.append(heading, svg);
    place.append(box);
  }
}

interface Binning {
  /** Limits of the axis, in its unit: the logarithm or the square of the values, or these. */
  readonly low: number;
  readonly high: number;
  readonly nBins: number;
}

/**
 * A bin for each of a few whole numbers, or else bins of equal width: logarithmic axes begin and end at a power of ten or its
 * square root, other axes do not show the largest values.
 */
function binning(sorted: Float64Array, scale: Scale): Binning {
  const [smallest, largest] = [sorted[0], sorted[sorted.length - 1]];
  if (scale === 'linear' && largest - smallest < BINS && sorted.every(Number.isInteger)) {
    return { low: smallest - 0.5, high: largest + 0.5, nBins: largest - smallest + 1 };
  }
  if (scale === 'log')
    return { low: Math.floor(2 * smallest) / 2, high: Math.floor(2 * largest) / 2 + 0.5, nBins: BINS };
  const low = scale === 'squared' ? 0 : smallest;
  const high = sorted[Math.ceil((1 - TAIL) * (sorted.length - 1))];
  return { low, high: high > low ? high : low + 1, nBins: BINS };
}

/** Round values of the axis, at their places. */
function ticksOf(low: number, high: number, scale: Scale): { readonly value: number; readonly label: string }[] {
  if (scale !== 'log') return [...axisTicks('lin', [low, high], MAX_TICKS)];
  return axisTicks('log', [10 ** low, 10 ** high]).map(({ value, label }) => ({ value: Math.log10(value), label }));
}

function binOf(value: number, low: number, high: number, nBins: number): number {
  if (!Number.isFinite(value)) return -1;
  return Math.max(0, Math.min(nBins - 1, Math.floor(((value - low) / (high - low)) * nBins)));
}

function countsOf(bins: Int32Array, nBins: number, selected?: Uint8Array): number[] {
  const counts = new Array<number>(nBins).fill(0);
  bins.forEach((bin, row) => {
    if (bin >= 0 && selected?.[row] !== 0) counts[bin]++;
  });
  return counts;
}

function bars(counts: readonly number[], highest: number): string {
  const step = WIDTH / counts.length;
  return counts
    .map((count, i) => {
      const top = BASE - ((BASE - 4) * count) / highest;
      return count === 0 ? '' : `M${(i * step).toFixed(1)} ${BASE}V${top.toFixed(1)}h${(step - 1).toFixed(1)}V${BASE}z`;
    })
    .join('');
}

/** Calls the listener with the ends of each drag; equal ends for a click. */
function onDrag(svg: SVGElement, range: SVGElement, listener: (from: number, to: number) => void): void {
  let start: number | undefined;
  const placeOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.max(0, Math.min(WIDTH, ((clientX - left) / width) * WIDTH));
  };
  const mark = (from: number, to: number): void => {
    range.setAttribute('x', String(from));
    range.setAttribute('width', String(to - from));
  };
  svg.addEventListener('pointerdown', (event) => {
    start = placeOf(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (start === undefined) return;
    const place = placeOf(event);
    mark(Math.min(start, place), Math.max(start, place));
  });
  svg.addEventListener('pointerup', (event) => {
    if (start === undefined) return;
    const place = placeOf(event);
    const [from, to] = [Math.min(start, place), Math.max(start, place)];
    start = undefined;
    const isRange = to - from >= MIN_DRAG;
    mark(from, isRange ? to : from);
    listener(from, isRange ? to : from);
  });
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Few digits: `0.123`, `1235`; empty for NaN. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '';
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));
}
