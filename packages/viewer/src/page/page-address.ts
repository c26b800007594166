import { hashOf, stateOf, type PageState } from './page-state.js';

/** Pause before the address is written, ms: browsers limit how often it may change. */
const DELAY = 300;

/** The state in the address of the page. */
export class PageAddress {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange - called when the address was changed by hand */
  constructor(onChange: () => void) {
    window.addEventListener('hashchange', onChange);
  }

  /** The state in the address; undefined if there is none. */
  read(): Promise<PageState | undefined> {
    return stateOf(location.hash);
  }

  /** Writes a state; of several in quick succession, the last. */
  write(state: PageState): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void hashOf(state).then((hash) =>
        history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash),
      );
    }, DELAY);
  }
}
