import { ArrayDisplay, SkyDisplay } from '@cherenkit/display';
import { cameraToTelescope, degrees } from '@cherenkit/kernels';
import type { ReconstructedGeometryContainer } from '@cherenkit/core';
import { typeColor } from './camera-grid.js';
import { byId, make } from './make-element.js';
import type { PageActions, PageModel, PageView, Size } from './page-model.js';
import { PictureCanvas } from './picture-canvas.js';

const TRUE_COLOR = '#3fb950';
const FOUND_COLORS = ['#ff5d5d', '#b084f5', '#d2a26c'];
const OTHER_COLOR = '#4cc9f0';

/** Half the length of image axes on the ground, in units of the distance of the outermost telescope. */
const AXIS_LENGTH = 0.8;

/** The array from above with the image axes and the core. */
export class GroundView implements PageView {
  readonly box = byId('ground-picture');
  readonly #canvas = new PictureCanvas();
  #display: ArrayDisplay | undefined;
  #model: PageModel | undefined;

  constructor(private readonly actions: PageActions) {
    this.box.replaceChildren(this.#canvas.element);
    this.#canvas.element.addEventListener('click', (event) => this.#click(event));
  }

  inputs({ viewed, subarray, theme }: PageModel): readonly unknown[] {
    return [viewed, subarray, theme];
  }

  show(model: PageModel, size: Size): void {
    this.#model = model;
    const { viewed, subarray, theme } = model;
    this.#canvas.element.hidden = !viewed || !subarray;
    if (!viewed || !subarray) return;
    const { event, unused, weights } = viewed.result;
    const [width, height] = atLeast(200, size);
    const display = new ArrayDisplay(subarray, {
      frame: 'EastingNorthingFrame',
      title: 'Ground',
      theme,
      width,
      height,
    });
    const labels = new Map(
      [...event.dl1.tel.keys()].map((telId) => {
        const weight = weights.get(telId);
        return [telId, weight === undefined ? String(telId) : `${telId} (${(100 * weight).toFixed(0)}%)`];
      }),
    );
    display.addLabels(labels).legend(false);
    display.greyOut(subarray.telIds.filter((telId) => !event.dl1.tel.has(telId) || unused.has(telId)));
    const used = new Map([...event.dl1.tel].filter(([telId]) => !unused.has(telId)));
    const axes = new Map([...used].map(([telId, { parameters }]) => [telId, parameters?.core.psi ?? NaN]));
    display.setLineHillas(used, axes, AXIS_LENGTH * Math.max(100, Math.sqrt(subarray.footprint / Math.PI)));
    const { coreX = NaN, coreY = NaN } = event.simulation?.shower ?? {};
    if (Number.isFinite(coreX))
      display.scatter([{ x: coreX, y: coreY, z: 0 }], { label: 'true', marker: '*', color: TRUE_COLOR });
    for (const { name, result, color } of shownResults(model)) {
      if (!Number.isFinite(result.coreX)) continue;
      display.scatter([{ x: result.coreX, y: result.coreY, z: 0 }], { label: name, marker: 'x', color, size: 14 });
    }
    display.setViewAround(event.dl1.tel.keys());
    this.#display = display;
    const lost = [...unused].map(([telId, reason]) => `telescope ${telId} not used: ${reason}`);
    this.#canvas.paint(display, width, height, [`Ground: ${display.scene.description}`, ...lost].join(' '));
  }

  #click(event: MouseEvent): void {
    const telId = this.#display?.telescopeAt(...this.#canvas.positionOf(event));
    if (telId === undefined || !this.#model?.viewed?.result.event.dl1.tel.has(telId)) return;
    this.actions.update({ telId });
    this.actions.toggleTelescope(telId);
  }
}

/** The images in the sky, with their axes and the direction of the shower. */
export class SkyView implements PageView {
  readonly box = byId('sky-picture');
  readonly #canvas = new PictureCanvas();
  readonly #note = make('p', { className: 'note', textContent: 'The pointing of the array is not known.' });

  constructor() {
    this.box.replaceChildren(this.#canvas.element, this.#note);
  }

  inputs({ viewed, subarray, theme }: PageModel): readonly unknown[] {
    return [viewed, subarray, theme];
  }

  show(model: PageModel, size: Size): void {
    const { viewed, subarray, theme } = model;
    const { arrayAltitude = NaN, arrayAzimuth = NaN } = viewed?.result.event.monitoring.pointing ?? {};
    const hasPicture = viewed !== undefined && subarray !== undefined && Number.isFinite(arrayAltitude);
    this.#canvas.element.hidden = !hasPicture;
    this.#note.hidden = viewed === undefined || hasPicture;
    if (!hasPicture) return;
    const { event, unused } = viewed.result;
    const [width, height] = atLeast(200, size);
    const pointing = { alt: arrayAltitude, az: arrayAzimuth };
    const display = new SkyDisplay({ title: 'Sky', pointing, theme, width, height });
    for (const [telId, { parameters }] of event.dl1.tel) {
      if (!parameters || !Number.isFinite(parameters.hillas.psi)) continue;
      const { altitude: alt = NaN, azimuth: az = NaN } = event.monitoring.tel.get(telId)?.pointing ?? {};
      let hillas;
      if (parameters.frame === 'TelescopeFrame') {
        hillas = parameters.hillas;
      } else {
        const { frame } = subarray.telescope(telId).camera;
        const { length, width: across, psi } = parameters.hillas;
        const center = cameraToTelescope(parameters.hillas, frame);
        hillas = {
          ...center,
          length: length / frame.focalLength,
          width: across / frame.focalLength,
          psi: Math.PI / 2 - psi, // the axes are exchanged
        };
      }
      const own = Number.isFinite(alt) && Number.isFinite(az) ? { alt, az } : undefined;
      display.addImage({ telId, hillas, pointing: own, color: typeColor(subarray, telId), isUsed: !unused.has(telId) });
    }
    const { alt = NaN, az = NaN } = event.simulation?.shower ?? {};
    if (Number.isFinite(alt)) display.addPoint({ alt, az }, { label: 'true', marker: '*', color: TRUE_COLOR });
    for (const { name, result, color } of shownResults(model)) {
      display.addPoint(result, { label: name, marker: 'x', color });
    }
    const found = shownResults(model)[0]?.result;
    const direction = found
      ? ` Reconstructed at altitude ${degrees(found.alt).toFixed(3)}, azimuth ${degrees(found.az).toFixed(3)} degrees.`
      : '';
    this.#canvas.paint(display, width, height, `Sky: ${display.scene.description}${direction}`);
  }
}

/** The valid results with their colours, and those of the settings that are compared with. */
function shownResults({ viewed }: PageModel): readonly {
  readonly name: string;
  readonly result: ReconstructedGeometryContainer;
  readonly color: string;
}[] {
  const valid = (geometry: ReadonlyMap<string, ReconstructedGeometryContainer> | undefined) =>
    [...(geometry ?? [])].filter(([, { isValid }]) => isValid);
  const own = valid(viewed?.result.event.dl2.stereo.geometry).map(([name, result], i) => ({
    name: shortName(name),
    result,
    color: FOUND_COLORS[i % FOUND_COLORS.length],
  }));
  const other = valid(viewed?.other?.event.dl2.stereo.geometry).map(([name, result]) => ({
    name: `${shortName(name)} (B)`,
    result,
    color: OTHER_COLOR,
  }));
  return [...own, ...other];
}

function shortName(name: string): string {
  return name.replace(/Reconstructor$/, '');
}

function atLeast(least: number, [width, height]: Size): Size {
  return [Math.max(least, width), Math.max(least, height)];
}
