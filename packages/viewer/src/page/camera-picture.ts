import type { CameraGeometry, ImageParametersContainer } from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';
import { CameraDisplay, type CameraDisplayOptions } from '@cherenkit/display';
import type { EventResult } from '../protocol.js';
import { pixelValues, type PageModel } from './page-model.js';
import { DEFAULT_FIELD } from './page-state.js';
import { traceColor } from './page-theme.js';

/** Colours of pixels that one of two compared cleanings keeps. */
const ONLY_FIRST = '#4cc9f0';
const ONLY_SECOND = '#ff5d8f';

/** The image of a telescope with its overlays; undefined without image. */
export function cameraPicture(
  model: PageModel,
  telId: number,
  options: CameraDisplayOptions & { readonly isLarge: boolean; readonly result?: EventResult },
): CameraDisplay | undefined {
  const { viewed, subarray, state, theme } = model;
  const result = options.result ?? viewed?.result;
  const all = pixelValues(model, telId, result);
  if (!subarray || !result || !all) return undefined;
  const { geometry: inCamera } = subarray.telescope(telId).camera;
  // Of two gain channels, that of the high gain is shown.
  const values = all.length > inCamera.nPixels ? Array.from(all).slice(0, inCamera.nPixels) : all;
  if (values.length < inCamera.nPixels) return undefined;
  const { imageMask, parameters } = result.event.dl1.tel.get(telId) ?? {};
  const frame = parameters?.frame ?? 'TelescopeFrame';
  const geometry = frame === 'TelescopeFrame' ? inCamera.toTelescopeFrame() : inCamera;
  const { isLarge, result: _, ...size } = options;
  const { cmap, norm } = state;
  const display = new CameraDisplay(geometry, { image: values, cmap, norm, theme, frame, showAxes: isLarge, ...size });
  if (isLarge && state.zoom && parameters) display.setView(viewAround(parameters, geometry));
  const unit = chargeUnitOf(model);
  if (isLarge) display.addColorbar({ label: model.lapse ? `${unit} per sample` : labelOf(state.field, unit) });
  const limits = model.lapse ? model.lapse.limits.get(telId) : state.limits;
  if (limits) display.setLimitsMinmax(...limits);
  highlight(display, model, telId, imageMask, isLarge);
  if (parameters && !model.lapse) {
    const style = { color: '#4cc9f0', linewidth: isLarge ? 2 : 1.5 };
    if (Number.isFinite(parameters.hillas.psi)) {
      display.overlayMoments(parameters.hillas, { withLabel: false, psiUncertainty: isLarge, ...style });
    }
  }
  const pointing = result.event.monitoring.tel.get(telId)?.pointing;
  const { alt = NaN, az = NaN } = result.event.simulation?.shower ?? {};
  if (pointing && Number.isFinite(pointing.altitude) && Number.isFinite(alt)) {
    const telescope = { alt: pointing.altitude, az: pointing.azimuth };
    display.overlayCoordinate(
      { alt, az },
      { pointing: telescope, keepOld: true, color: '#7ee081', size: isLarge ? 16 : 9 },
    );
  }
  return display;
}

/** Lengths of an image that are visible on either side of its centroid. */
const ZOOM = 6;

/** The part of a camera around an image; undefined, for all, without image and for images as large as the camera. */
function viewAround(
  { frame, hillas }: ImageParametersContainer,
  { pixX, pixY }: Pick<CameraGeometry, 'pixX' | 'pixY'>,
): Parameters<CameraDisplay['setView']>[0] {
  const inUnit = frame === 'TelescopeFrame' ? degrees : (value: number) => value;
  const [x, y] = 'x' in hillas ? [hillas.x, hillas.y] : [hillas.fovLon, hillas.fovLat].map(inUnit);
  const half = ZOOM * inUnit(hillas.length);
  const whole = inUnit(Math.min(extentOf(pixX), extentOf(pixY)) / 2);
  return half > 0 && half < whole ? { x: [x - half, x + half], y: [y - half, y + half] } : undefined;
}

function extentOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((a, b) => Math.max(a, b), -Infinity) - finite.reduce((a, b) => Math.min(a, b), Infinity);
}

function highlight(
  display: CameraDisplay,
  { viewed, state }: PageModel,
  telId: number,
  mask: Uint8Array | undefined,
  isLarge: boolean,
): void {
  const linewidth = isLarge ? 1.5 : 1;
  const other = viewed?.other?.event.dl1.tel.get(telId)?.imageMask;
  if (mask) display.highlightPixels(mask, { color: 'white', linewidth });
  if (mask && other) {
    const keep = { keepOld: true, linewidth: isLarge ? 2 : 1.5, style: 'pixels' as const };
    const onlyFirst = mask.map((kept, pixel) => (kept && !other[pixel] ? 1 : 0));
    const onlySecond = other.map((kept, pixel) => (kept && !mask[pixel] ? 1 : 0));
    if (onlyFirst.includes(1)) display.highlightPixels(onlyFirst, { color: ONLY_FIRST, ...keep });
    if (onlySecond.includes(1)) display.highlightPixels(onlySecond, { color: ONLY_SECOND, ...keep });
  }
  if (!isLarge) return;
  state.pixels
    .filter((pixel) => pixel < display.geometry.nPixels)
    .forEach((pixel, i) =>
      display.highlightPixels([pixel], { color: traceColor(i), keepOld: true, linewidth: 2.5, style: 'pixels' }),
    );
}

const LABELS: Readonly<Record<string, string>> = {
  'dl1.peakTime': 'peak time, ns',
  'dl1.imageMask': 'pixels after cleaning',
  'simulation.trueImage': 'true charge, p.e.',
};

/** Unit of the charges of the input. */
export function chargeUnitOf({ file }: Pick<PageModel, 'file'>): string {
  return file?.chargeUnit ?? 'p.e.';
}

/** Name of values per pixel for people. */
export function labelOf(field: string, chargeUnit: string): string {
  return field === DEFAULT_FIELD ? `charge, ${chargeUnit}` : (LABELS[field] ?? field);
}
