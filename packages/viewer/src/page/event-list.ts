import { counted } from '@cherenkit/core';
import type { EventRow } from '../protocol.js';
import { chargeUnitOf } from './camera-picture.js';
import { shownRows } from './event-selection.js';
import { byId, make } from './make-element.js';
import type { PageActions, PageModel, PageView } from './page-model.js';
import { DEFAULT_STATE, type PageState } from './page-state.js';

const ROW_HEIGHT = 24;
/** Rows that are made above and below those that are visible. */
const MARGIN = 6;

interface ListColumn {
  readonly name: keyof EventRow;
  readonly label: string;
  readonly title: string;
  readonly text: (row: EventRow) => string;
}

const COLUMNS: readonly ListColumn[] = [
  { name: 'eventId', label: 'event', title: 'Event', text: ({ eventId }) => String(eventId) },
  { name: 'energy', label: 'TeV', title: 'True energy, TeV', text: ({ energy }) => significant(energy) },
  {
    name: 'nUsed',
    label: 'tel',
    title: 'Telescopes used of those triggered',
    text: ({ nUsed, nTriggered }) => `${nUsed}/${nTriggered}`,
  },
  {
    name: 'intensity',
    label: 'p.e.',
    title: 'Sum of the intensities, p.e.',
    text: ({ intensity }) => (intensity > 0 ? intensity.toFixed(0) : ''),
  },
  {
    name: 'theta',
    label: 'θ °',
    title: 'Angle between reconstructed and true direction, degrees',
    text: ({ theta }) => (Number.isFinite(theta) ? theta.toFixed(3) : ''),
  },
];

/** All events, as far as they were read; sorted, and within the chosen ranges. */
export class EventList implements PageView {
  readonly box = byId('event-rows');
  readonly #body = make('tbody');
  readonly #status = byId('event-status');
  #shown: readonly EventRow[] = [];
  #sort: PageState['sort'] = DEFAULT_STATE.sort;
  #current = -1;
  #key = '';

  constructor(actions: PageActions) {
    const headings = COLUMNS.map(({ name, label, title }) => {
      const button = make('button', { type: 'button', textContent: label, title: `${title}; sort` });
      button.addEventListener('click', () => actions.update({ sort: this.#sortedBy(name) }));
      return make('th', { scope: 'col', 'data-column': name }, [button]);
    });
    const table = make('table', {}, [make('thead', {}, [make('tr', {}, headings)]), this.#body]);
    this.box.replaceChildren(table);
    this.box.addEventListener('scroll', () => this.#draw());
    this.#body.addEventListener('click', ({ target }) => {
      const row = (target as HTMLElement).closest('tr');
      const index = row?.dataset['index'];
      if (index !== undefined) actions.goTo(Number(index));
    });
  }

  inputs({ rows, isListed, viewed, state, file }: PageModel): readonly unknown[] {
    return [rows, isListed, viewed, state.ranges, state.sort, file];
  }

  show(model: PageModel): void {
    const { rows, isListed, viewed, state, file } = model;
    const before = this.#current;
    this.#shown = shownRows(model);
    this.#sort = state.sort;
    this.#current = viewed?.index ?? -1;
    const of = rows.length === this.#shown.length ? '' : `${this.#shown.length} of `;
    this.#status.textContent = file ? `${of}${counted(rows.length, 'event')}${isListed ? '' : ' …'}` : '';
    for (const heading of this.box.querySelectorAll('th')) {
      if (heading.dataset['column'] === 'intensity') this.#nameUnit(heading, chargeUnitOf(model));
      if (heading.dataset['column'] === state.sort.column)
        heading.setAttribute('aria-sort', state.sort.direction === 1 ? 'ascending' : 'descending');
      else heading.removeAttribute('aria-sort');
    }
    if (before !== this.#current) this.#reveal();
    this.#draw();
  }

  #nameUnit(heading: HTMLElement, unit: string): void {
    const button = heading.querySelector('button');
    if (!button || button.textContent === unit) return;
    button.textContent = unit;
    button.title = `Sum of the intensities, ${unit}; sort`;
  }

  /** The order after a click on a heading: numbers begin with the largest, ids with the smallest. */
  #sortedBy(column: keyof EventRow): PageState['sort'] {
    const isSame = this.#sort.column === column;
    const direction = isSame ? (this.#sort.direction === 1 ? -1 : 1) : column === 'eventId' ? 1 : -1;
    return { column, direction };
  }

  #reveal(): void {
    const place = this.#shown.findIndex(({ index }) => index === this.#current);
    if (place < 0) return;
    const { scrollTop, clientHeight } = this.box;
    const top = place * ROW_HEIGHT;
    if (top < scrollTop || top + 2 * ROW_HEIGHT > scrollTop + clientHeight) {
      this.box.scrollTop = Math.max(0, top - clientHeight / 2);
    }
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.box;
    const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - MARGIN);
    const end = Math.min(this.#shown.length, Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + MARGIN);
    const visible = this.#shown.slice(first, end);
    const key = JSON.stringify([first, this.#shown.length, this.#current, visible]);
    if (key === this.#key) return;
    this.#key = key;
    const rows = visible.map((row) => {
      const cells = COLUMNS.map(({ text }, i) => {
        if (i > 0) return make('td', { textContent: text(row) });
        return make('td', {}, [
          make('button', { type: 'button', textContent: text(row), 'aria-label': `Show event ${row.eventId}` }),
        ]);
      });
      const isCurrent = row.index === this.#current;
      return make('tr', { 'data-index': String(row.index), 'aria-current': isCurrent ? 'true' : undefined }, cells);
    });
    const focused = this.#body.contains(document.activeElement)
      ? document.activeElement?.closest('tr')?.dataset['index']
      : undefined;
    this.#body.replaceChildren(spacer(first), ...rows, spacer(this.#shown.length - end));
    // The list scrolls to what is focused by the keyboard, and is made again.
    if (focused !== undefined)
      this.#body.querySelector<HTMLElement>(`tr[data-index="${focused}"] button`)?.focus({ preventScroll: true });
  }
}

/** Space for rows that are not made. */
function spacer(nRows: number): HTMLElement {
  const row = make('tr', { className: 'spacer', 'aria-hidden': 'true' });
  row.style.height = `${nRows * ROW_HEIGHT}px`;
  return row;
}

function significant(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '';
}
