import { ArrayDisplay } from '@cherenkit/display';
import type { SubarrayDescription } from '@cherenkit/core';
import { cameraPicture, chargeUnitOf } from './camera-picture.js';
import { byId, make } from './make-element.js';
import {
  focusedTelescope,
  imagedTelescopes,
  imageInputs,
  type PageActions,
  type PageModel,
  type PageView,
} from './page-model.js';
import { PictureCanvas } from './picture-canvas.js';

/** Size of the images, CSS pixels. */
const SIZE = 100;

interface Tile {
  readonly button: HTMLButtonElement;
  readonly canvas: PictureCanvas;
  readonly title: HTMLElement;
  readonly note: HTMLElement;
}

/** The images of all telescopes of an event, small. */
export class CameraGrid implements PageView {
  readonly #list = byId('tiles');
  readonly #unit = byId('camera-unit');
  readonly #tiles = new Map<number, Tile>();

  constructor(private readonly actions: PageActions) {}

  inputs(model: PageModel): readonly unknown[] {
    return imageInputs(model);
  }

  show(model: PageModel): void {
    const { subarray, viewed } = model;
    const telIds = imagedTelescopes(model);
    this.#unit.textContent = `charges in ${chargeUnitOf(model)}`;
    if (!subarray || !viewed) {
      this.#list.replaceChildren();
      return;
    }
    const focused = focusedTelescope(model);
    const items = telIds.map((telId) => {
      const tile = this.#tile(telId);
      this.#fill(tile, telId, model, subarray);
      tile.button.setAttribute('aria-pressed', String(telId === focused));
      return tile.button;
    });
    if (items.length !== this.#list.children.length || items.some((item, i) => this.#list.children[i] !== item)) {
      this.#list.replaceChildren(...items);
    }
  }

  #tile(telId: number): Tile {
    let tile = this.#tiles.get(telId);
    if (tile === undefined) {
      const [canvas, title, note] = [new PictureCanvas(), make('strong'), make('span')];
      const heading = make('span', { className: 'tile-title' }, [title, note]);
      const button = make('button', { className: 'tile', type: 'button' }, [canvas.element, heading]);
      button.addEventListener('click', () => this.actions.update({ telId, pixels: [] }));
      tile = { button, canvas, title, note };
      this.#tiles.set(telId, tile);
    }
    return tile;
  }

  #fill({ button, canvas, title, note }: Tile, telId: number, model: PageModel, subarray: SubarrayDescription): void {
    const { result } = model.viewed ?? {};
    const { parameters } = result?.event.dl1.tel.get(telId) ?? {};
    const reason = result?.unused.get(telId);
    const intensity = parameters?.hillas.intensity ?? NaN;
    const charge = Number.isFinite(intensity) ? `${formatCharge(intensity)} ${chargeUnitOf(model)}` : 'no signal';
    title.textContent = `${telId} ${subarray.telescope(telId).type}`;
    title.style.setProperty('--type-color', typeColor(subarray, telId));
    note.textContent = Number.isFinite(intensity) ? formatCharge(intensity) : '–';
    button.classList.toggle('is-unused', reason !== undefined);
    button.title = reason === undefined ? '' : `Not used: ${reason}`;
    const nPixels = parameters?.morphology.nPixels ?? 0;
    const label = `Telescope ${telId}, ${subarray.typeOf(telId)}, ${charge}, ${Math.max(0, nPixels)} pixels${reason ? `, not used: ${reason}` : ''}`;
    const picture = cameraPicture(model, telId, { width: SIZE, height: SIZE, isLarge: false });
    canvas.element.hidden = picture === undefined;
    if (picture) canvas.paint(picture, SIZE, SIZE, label);
  }
}

const COLORS = new WeakMap<SubarrayDescription, ReadonlyMap<string, string>>();

/** Colour of the type of a telescope, the same in all pictures. */
export function typeColor(subarray: SubarrayDescription, telId: number): string {
  const colors = COLORS.get(subarray) ?? new ArrayDisplay(subarray).typeColors;
  COLORS.set(subarray, colors);
  return colors.get(subarray.typeOf(telId)) ?? 'gray';
}

function formatCharge(charge: number): string {
  return charge >= 99_999.5 ? `${(charge / 1000).toFixed(0)}k` : charge.toFixed(charge < 99.5 ? 1 : 0);
}
