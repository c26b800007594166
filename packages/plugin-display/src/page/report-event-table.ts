import { descending, type Table } from '@cherenkit/tables';
import { numberText } from './linked-histograms.js';

/** Rows that are shown at first, and added by the button. */
const PAGE = 200;
/** Columns that serve the plots only. */
const HIDDEN = new Set(['row', 'delta_lon', 'delta_lat', 'true_core_x', 'true_core_y', 'core_x', 'core_y']);

/** The table of events: sorted by a click on a column, with a button for each event that has pictures. */
export class EventTable {
  #rows: Table | undefined;
  #order: { readonly column: string; readonly isDescending: boolean } | undefined;
  #limit = PAGE;
  #selected: number | undefined;

  /**
   * @param hasPicture - whether the event of a row has pictures
   * @param onChoice - called with the row of a chosen event
   */
  constructor(
    readonly element: HTMLTableElement,
    readonly more: HTMLButtonElement,
    readonly hasPicture: (row: number) => boolean,
    readonly onChoice: (row: number) => void,
  ) {
    more.addEventListener('click', () => {
      this.#limit += PAGE;
      this.#draw();
    });
  }

  /** Shows the selected rows. */
  show(rows: Table): void {
    this.#rows = rows;
    this.#limit = PAGE;
    this.#draw();
  }

  /** Marks the row of the shown event. */
  select(row: number): void {
    this.#selected = row;
    this.#draw();
  }

  #draw(): void {
    if (this.#rows === undefined) return;
    const { column, isDescending } = this.#order ?? {};
    const sorted = column === undefined ? this.#rows : this.#rows.sortBy(isDescending ? descending(column) : column);
    const columns = [...sorted.columns.values()].filter(({ name }) => !HIDDEN.has(name));
    const head = document.createElement('tr');
    for (const { name, unit, description, type } of columns) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.className = type === 'string' ? 'text' : '';
      if (name === column) cell.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      const button = document.createElement('button');
      button.type = 'button';
      button.title = description ?? '';
      button.textContent = `${name}${unit ? ` (${unit})` : ''}${name === column ? (isDescending ? ' ▾' : ' ▴') : ''}`;
      button.addEventListener('click', () => {
        // Largest first at the first click: these are the rows that are looked for.
        this.#order = { column: name, isDescending: name === column ? !isDescending : type !== 'string' };
        this.#draw();
      });
      cell.append(button);
      head.append(cell);
    }
    const shown = sorted.slice(0, this.#limit);
    const rows = shown.numbers('row');
    const body = Array.from({ length: shown.nRows }, (_, i) => {
      const line = document.createElement('tr');
      line.setAttribute('aria-selected', String(rows[i] === this.#selected));
      for (const { name } of columns) {
        const cell = line.insertCell();
        const value = shown.column(name).at(i);
        const text = typeof value === 'string' ? value : numberText(Number(value));
        if (typeof value === 'string') cell.className = 'text';
        if (name === 'event_id' && this.hasPicture(rows[i])) cell.append(this.#choiceButton(text, rows[i]));
        else cell.textContent = text;
      }
      return line;
    });
    const [thead, tbody] = [document.createElement('thead'), document.createElement('tbody')];
    thead.append(head);
    tbody.append(...body);
    this.element.replaceChildren(thead, tbody);
    this.more.hidden = sorted.nRows <= this.#limit;
  }

  #choiceButton(text: string, row: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.addEventListener('click', () => this.onChoice(row));
    return button;
  }
}
