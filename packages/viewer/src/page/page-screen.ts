import type { PageModel, PageView, Size } from './page-model.js';

/** Draws the parts of the page that have changed, in the next frame of the screen. */
export class PageScreen {
  /** What was drawn last, by part. */
  readonly #drawn = new Map<PageView, readonly unknown[]>();
  #frame = 0;

  constructor(
    private readonly views: readonly PageView[],
    private readonly model: () => PageModel,
  ) {
    const observer = new ResizeObserver(() => this.draw());
    for (const { box } of views) if (box) observer.observe(box);
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
    // All sizes are read before the page is changed, so that it is laid out once.
    const sizes = this.views.map(({ box }): Size => [box?.clientWidth ?? 0, box?.clientHeight ?? 0]);
    this.views.forEach((view, i) => {
      const inputs = [...view.inputs(model), ...sizes[i], window.devicePixelRatio];
      const before = this.#drawn.get(view);
      if (before && inputs.every((each, k) => Object.is(each, before[k]))) return;
      this.#drawn.set(view, inputs);
      view.show(model, sizes[i]);
    });
    // For measurements, and in the profiles of browsers.
    performance.clearMeasures('draw');
    performance.measure('draw', { start, detail: model.answers });
  }
}
