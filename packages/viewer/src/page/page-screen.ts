import type { PageModel, PageView } from './page-model.js';

/** Draws the parts of the page that have changed, with the next picture of the screen. */
export class PageScreen {
  /** What was drawn last, by part. */
  readonly #drawn = new Map<PageView, readonly unknown[]>();
  #frame = 0;

  constructor(
    private readonly views: readonly PageView[],
    private readonly model: () => PageModel,
  ) {
    const observer = new ResizeObserver(() => this.draw());
    for (const box of document.querySelectorAll('.picture, #histograms')) observer.observe(box);
  }

  draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show(this.model());
    });
  }

  #show(model: PageModel): void {
    const start = performance.now();
    // The inputs include sizes: all are read before the page is changed, so that it is laid out once.
    const changed = this.views.flatMap((view) => {
      const inputs = view.inputs(model);
      const before = this.#drawn.get(view);
      this.#drawn.set(view, inputs);
      return before && inputs.every((each, i) => Object.is(each, before[i])) ? [] : [view];
    });
    for (const view of changed) view.show(model);
    // For measurements, and in the profiles of browsers.
    performance.clearMeasures('draw');
    performance.measure('draw', { start, detail: model.answers });
  }
}
