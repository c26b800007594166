import { histogram } from '@cherenkit/display';
import type { EventRow } from '../protocol.js';
import { chargeUnitOf } from './camera-picture.js';
import { rowsInRanges } from './event-selection.js';
import { byId, make } from './make-element.js';
import type { PageActions, PageModel, PageView } from './page-model.js';

const [BINS, HEIGHT] = [36, 44];
/** In place of a limit that is not given. */
const NO_LIMIT = Number.MAX_VALUE;

function limitText(limit: number | undefined): string {
  return limit === undefined || Math.abs(limit) === NO_LIMIT ? '' : String(Number(limit.toPrecision(4)));
}

interface HistogramColumn {
  readonly name: keyof EventRow;
  readonly label: string;
  /** Bins of equal width in the logarithm. */
  readonly isLog?: boolean;
}

const COLUMNS: readonly HistogramColumn[] = [
  { name: 'energy', label: 'energy, TeV', isLog: true },
  { name: 'intensity', label: 'intensity, p.e.', isLog: true },
  { name: 'nUsed', label: 'telescopes used' },
  { name: 'theta', label: 'θ, degrees', isLog: true },
  { name: 'coreDistance', label: 'core distance, m' },
  { name: 'coreError', label: 'core error, m', isLog: true },
  { name: 'hMax', label: 'height of the maximum, m' },
  { name: 'widthOverLength', label: 'width / length' },
];

/** Distributions of the listed events. A range of one of them chooses the events of the list, and of the others. */
export class EventHistograms implements PageView {
  readonly box = byId('histograms');
  readonly #plots: readonly HistogramPlot[];
  readonly #toggle = byId<HTMLButtonElement>('toggle-histograms');
  readonly #clear = byId<HTMLButtonElement>('clear-ranges');
  #ranges: PageModel['state']['ranges'] = {};
  #isShown = false;

  constructor(actions: PageActions) {
    const choose = (name: string, range: readonly [number, number] | undefined): void => {
      const { [name]: _, ...others } = this.#ranges;
      this.#ranges = range ? { ...others, [name]: range } : others;
      actions.update({ ranges: this.#ranges });
    };
    this.#plots = COLUMNS.map((column) => new HistogramPlot(column, (range) => choose(column.name, range)));
    this.box.replaceChildren(...this.#plots.map(({ element }) => element));
    this.#toggle.addEventListener('click', () => actions.update({ histograms: !this.#isShown }));
    this.#clear.addEventListener('click', () => actions.update({ ranges: {} }));
  }

  inputs({ rows, state, theme }: PageModel): readonly unknown[] {
    return [rows, state.ranges, state.histograms, theme];
  }

  show(model: PageModel): void {
    const { rows, state } = model;
    this.#ranges = state.ranges;
    this.#isShown = state.histograms;
    this.#clear.hidden = Object.keys(state.ranges).length === 0;
    this.box.hidden = !state.histograms;
    this.#toggle.setAttribute('aria-pressed', String(state.histograms));
    if (this.box.hidden) return;
    for (const plot of this.#plots) {
      plot.draw(rows, rowsInRanges(rows, state.ranges, plot.name), state.ranges[plot.name], model);
    }
  }
}

/** The distribution of one column. A range is chosen with the mouse, or typed. */
class HistogramPlot {
  readonly element: HTMLElement;
  readonly #canvas = make('canvas', { role: 'img' });
  readonly #label = make('span');
  readonly #low: HTMLInputElement;
  readonly #high: HTMLInputElement;
  #limits: readonly [number, number] = [0, 1];
  #dragged: readonly [number, number] | undefined;

  constructor(
    private readonly column: HistogramColumn,
    private readonly choose: (range: readonly [number, number] | undefined) => void,
  ) {
    this.#low = make('input', { type: 'number', step: 'any', placeholder: 'from' });
    this.#high = make('input', { type: 'number', step: 'any', placeholder: 'to' });
    for (const input of [this.#low, this.#high]) input.addEventListener('change', () => this.#type());
    this.#setLabel(column.label);
    const heading = make('div', { className: 'histogram-head' }, [this.#label, this.#low, this.#high]);
    this.element = make('div', { className: 'histogram' }, [heading, this.#canvas]);
    this.#canvas.addEventListener('pointerdown', (event) => {
      this.#canvas.setPointerCapture(event.pointerId);
      this.#dragged = [this.#valueAt(event), this.#valueAt(event)];
    });
    this.#canvas.addEventListener('pointermove', (event) => {
      if (!this.#dragged) return;
      this.#dragged = [this.#dragged[0], this.#valueAt(event)];
      this.#chooseDragged();
    });
    this.#canvas.addEventListener('pointerup', () => {
      const [from, to] = this.#dragged ?? [0, 0];
      this.#dragged = undefined;
      if (from === to) this.choose(undefined);
    });
  }

  get name(): keyof EventRow {
    return this.column.name;
  }

  draw(
    all: readonly EventRow[],
    selected: readonly EventRow[],
    range: readonly [number, number] | undefined,
    model: PageModel,
  ): void {
    const values = this.#scaled(all);
    this.element.hidden = values.length === 0;
    if (values.length === 0) return;
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const space = (most - least) * 0.02 || 0.5;
    this.#limits = [least - space, most + space];
    const binning = { bins: BINS, range: this.#limits };
    const [total, chosen] = [histogram(values, binning), histogram(this.#scaled(selected), binning)];
    const highest = Math.max(1, ...total.counts);
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(100, this.element.clientWidth);
    this.#canvas.width = width * ratio;
    this.#canvas.height = HEIGHT * ratio;
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.scale(ratio, ratio);
    const bar = width / BINS;
    const heightOf = (count: number): number => (count / highest) * (HEIGHT - 2);
    for (let i = 0; i < BINS; i++) {
      context.fillStyle = model.theme.grid;
      context.fillRect(i * bar, HEIGHT - heightOf(total.counts[i]), bar - 1, heightOf(total.counts[i]));
      context.fillStyle = '#2f9bd0';
      context.fillRect(i * bar, HEIGHT - heightOf(chosen.counts[i]), bar - 1, heightOf(chosen.counts[i]));
    }
    if (range) {
      const [from, to] = range.map(
        (value) => ((this.#scale(value) - this.#limits[0]) / (this.#limits[1] - this.#limits[0])) * width,
      );
      context.fillStyle = 'rgb(255 183 3 / 0.25)';
      context.fillRect(from, 0, Math.max(1, to - from), HEIGHT);
    }
    const label = this.column.label.replace('p.e.', chargeUnitOf(model));
    this.#setLabel(label);
    const [low, high] = this.#limits.map((value) => this.#unscale(value).toPrecision(3));
    this.#canvas.setAttribute(
      'aria-label',
      `Distribution of ${label}: ${selected.length} of ${all.length} events, from ${low} to ${high}.`,
    );
    if (document.activeElement !== this.#low) this.#low.value = limitText(range?.[0]);
    if (document.activeElement !== this.#high) this.#high.value = limitText(range?.[1]);
  }

  #setLabel(label: string): void {
    this.#label.textContent = label;
    this.#low.setAttribute('aria-label', `${label}, from`);
    this.#high.setAttribute('aria-label', `${label}, to`);
  }

  #type(): void {
    const { value: low } = this.#low;
    const { value: high } = this.#high;
    this.choose(
      low === '' && high === ''
        ? undefined
        : [low === '' ? -NO_LIMIT : Number(low), high === '' ? NO_LIMIT : Number(high)],
    );
  }

  #chooseDragged(): void {
    const [from, to] = this.#dragged ?? [0, 0];
    if (from !== to) this.choose([Math.min(from, to), Math.max(from, to)]);
  }

  #valueAt({ clientX }: PointerEvent): number {
    const { left, width } = this.#canvas.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (clientX - left) / width));
    return this.#unscale(this.#limits[0] + part * (this.#limits[1] - this.#limits[0]));
  }

  #scaled(rows: readonly EventRow[]): number[] {
    return rows.map((row) => this.#scale(Number(row[this.column.name]))).filter(Number.isFinite);
  }

  #scale(value: number): number {
    return this.column.isLog ? Math.log10(value) : value;
  }

  #unscale(value: number): number {
    return this.column.isLog ? 10 ** value : value;
  }
}
