import { COLOR_MAP_NAMES, limitsOf, type CameraDisplay, type NormName } from '@cherenkit/display';
import { cameraPicture, chargeUnitOf, labelOf } from './camera-picture.js';
import type { EventResult } from '../protocol.js';
import { byId, make } from './make-element.js';
import {
  focusedTelescope,
  imageInputs,
  MAX_PIXELS,
  pixelValues,
  type PageActions,
  type PageModel,
  type PageView,
  type Size,
} from './page-model.js';
import { PictureCanvas } from './picture-canvas.js';

/** The image of one telescope, large. */
export class FocusView implements PageView {
  readonly box = byId('focus-picture');
  readonly #title = byId('focus-title');
  readonly #hint = byId('focus-hint');
  readonly #reason = byId('focus-reason');
  readonly #field = byId<HTMLSelectElement>('field');
  readonly #cmap = byId<HTMLSelectElement>('cmap');
  readonly #norm = byId<HTMLSelectElement>('norm');
  readonly #lock = byId<HTMLInputElement>('lock-limits');
  readonly #zoom = byId<HTMLInputElement>('zoom');
  readonly #exclude = byId<HTMLButtonElement>('exclude');
  readonly #canvas = new PictureCanvas();
  /** With the settings that are compared with. */
  readonly #otherCanvas = new PictureCanvas();
  #display: CameraDisplay | undefined;
  #model: PageModel | undefined;

  constructor(private readonly actions: PageActions) {
    this.box.replaceChildren(this.#canvas.element, this.#otherCanvas.element);
    this.#cmap.append(...COLOR_MAP_NAMES.map((name) => make('option', { value: name, textContent: name })));
    this.#field.addEventListener('change', () => actions.update({ field: this.#field.value, limits: undefined }));
    this.#cmap.addEventListener('change', () => actions.update({ cmap: this.#cmap.value }));
    this.#norm.addEventListener('change', () => actions.update({ norm: this.#norm.value as NormName }));
    this.#lock.addEventListener('change', () =>
      actions.update({ limits: this.#lock.checked ? this.#limits() : undefined }),
    );
    this.#zoom.addEventListener('change', () => actions.update({ zoom: this.#zoom.checked }));
    this.#exclude.addEventListener('click', () => {
      const telId = this.#model && focusedTelescope(this.#model);
      if (telId !== undefined) actions.toggleTelescope(telId);
    });
    this.#canvas.element.addEventListener('click', (event) => this.#pick(event));
    this.#canvas.element.addEventListener('mousemove', (event) => this.#hover(event));
    this.#canvas.element.addEventListener('mouseleave', () => (this.#hint.textContent = ''));
  }

  inputs(model: PageModel): readonly unknown[] {
    const { pixels, zoom, without } = model.state;
    return [...imageInputs(model), pixels, zoom, without];
  }

  show(model: PageModel, size: Size): void {
    this.#model = model;
    const { state, subarray, viewed } = model;
    const telId = focusedTelescope(model);
    this.#cmap.value = state.cmap;
    this.#norm.value = state.norm;
    this.#zoom.checked = state.zoom;
    this.#lock.checked = state.limits !== undefined;
    if (telId === undefined || !subarray || !viewed) {
      this.#title.textContent = 'Camera';
      this.#canvas.element.hidden = this.#otherCanvas.element.hidden = true;
      return;
    }
    this.#showFields(viewed.pixelFields.get(telId) ?? [], state.field, chargeUnitOf(model));
    const reason = viewed.result.unused.get(telId);
    const isLeftOut = state.without.includes(telId);
    this.#title.textContent = `Telescope ${telId} · ${subarray.telescope(telId).type} · ${subarray.telescope(telId).cameraName}`;
    this.#reason.textContent = reason === undefined ? '' : `not used: ${reason}`;
    this.#exclude.textContent = isLeftOut ? 'Use again' : 'Leave out';
    this.#exclude.setAttribute('aria-pressed', String(isLeftOut));
    this.#exclude.title = reason ?? 'Reconstruct without this telescope (x)';
    const [boxWidth, boxHeight] = size;
    const isCompared = viewed.other !== undefined && !model.lapse;
    const width = Math.max(200, isCompared ? boxWidth / 2 : boxWidth);
    const height = Math.max(200, boxHeight);
    this.#display = this.#paint(this.#canvas, model, telId, viewed.result, width, height);
    this.#otherCanvas.element.hidden = true;
    if (!isCompared || !viewed.other) return;
    this.#otherCanvas.element.style.left = `${width}px`;
    this.#paint(this.#otherCanvas, model, telId, viewed.other, width, height);
  }

  #paint(
    canvas: PictureCanvas,
    model: PageModel,
    telId: number,
    result: EventResult,
    width: number,
    height: number,
  ): CameraDisplay | undefined {
    const isOther = result !== model.viewed?.result;
    const title = `Telescope ${telId}${model.viewed?.other ? (isOther ? ', B' : ', A') : ''}`;
    const display = cameraPicture(model, telId, { width, height, title, isLarge: true, result });
    canvas.element.hidden = display === undefined;
    if (!display) return undefined;
    const { hillas, morphology } = result.event.dl1.tel.get(telId)?.parameters ?? {};
    const charge = Number.isFinite(hillas?.intensity)
      ? `${hillas?.intensity.toFixed(0)} ${chargeUnitOf(model)} in ${morphology?.nPixels} pixels`
      : 'no pixels after cleaning';
    const type = model.subarray?.typeOf(telId) ?? '';
    canvas.paint(display, width, height, `${title}, ${type}: ${charge}. ${display.scene.description}`);
    return display;
  }

  #showFields(names: readonly string[], chosen: string, unit: string): void {
    const options = [...new Set([...names, chosen])];
    if (options.join() !== Array.from(this.#field.options, ({ value }) => value).join()) {
      this.#field.replaceChildren(
        ...options.map((value) => make('option', { value, textContent: labelOf(value, unit) })),
      );
    }
    this.#field.value = chosen;
  }

  #limits(): readonly [number, number] | undefined {
    const telId = this.#model && focusedTelescope(this.#model);
    const values = this.#model && telId !== undefined ? pixelValues(this.#model, telId) : undefined;
    return values && limitsOf(values, this.#norm.value as NormName);
  }

  #pick(event: MouseEvent): void {
    const pixel = this.#display?.pixelAt(...this.#canvas.positionOf(event)) ?? -1;
    if (pixel < 0 || !this.#model) return;
    const { pixels } = this.#model.state;
    const others = pixels.filter((each) => each !== pixel);
    const isMore = event.shiftKey || event.ctrlKey || event.metaKey;
    const isShown = others.length < pixels.length;
    this.actions.update({
      pixels: isMore
        ? isShown
          ? others
          : [...others, pixel].slice(-MAX_PIXELS)
        : isShown && pixels.length === 1
          ? []
          : [pixel],
    });
  }

  #hover(event: MouseEvent): void {
    const telId = this.#model && focusedTelescope(this.#model);
    const pixel = this.#display?.pixelAt(...this.#canvas.positionOf(event)) ?? -1;
    if (pixel < 0 || !this.#display || !this.#model || telId === undefined) {
      this.#hint.textContent = '';
      return;
    }
    const value = this.#display.image[pixel];
    const time = this.#model.viewed?.result.event.dl1.tel.get(telId)?.peakTime?.[pixel] ?? NaN;
    const parts = [`pixel ${pixel}`, Number(value.toPrecision(4)).toString()];
    if (Number.isFinite(time)) parts.push(`${time.toFixed(1)} ns`);
    this.#hint.textContent = parts.join(' · ');
  }
}
