import type { Message, PageModel } from './page-model.js';
import { DEFAULT_STATE, type PageState } from './page-state.js';
import { pageTheme } from './page-theme.js';

const NO_FILE = {
  file: undefined,
  subarray: undefined,
  configured: undefined,
  viewed: undefined,
  values: undefined,
  waveforms: undefined,
  lapse: undefined,
  rows: [],
  isListed: false,
  listProblem: undefined,
  warnings: [],
} as const;

/** The model of the page, which is changed here only. Models are never changed themselves: a change makes a new one. */
export class PageStore {
  #model: PageModel = {
    ...NO_FILE,
    state: DEFAULT_STATE,
    theme: pageTheme(DEFAULT_STATE.theme),
    message: { text: '' },
    answers: { results: 0, waveforms: 0 },
  };

  /** @param onChange - called after each change */
  constructor(private readonly onChange: () => void) {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changeState({}));
  }

  get model(): PageModel {
    return this.#model;
  }

  change(changes: Partial<PageModel>): void {
    this.#model = { ...this.#model, ...changes };
    this.onChange();
  }

  /** Changes the state, and the colours with it. */
  changeState(changes: Partial<PageState>): void {
    const state = { ...this.#model.state, ...changes };
    this.change({ state, theme: pageTheme(state.theme) });
  }

  /** Removes what belongs to the open file. */
  closeFile(): void {
    this.change(NO_FILE);
  }

  say(text: string, options: Omit<Message, 'text'> = {}): void {
    this.change({ message: { text, ...options } });
  }
}
