import { counted, type ArrayEvent, type ImageParametersContainer, type SubarrayDescription } from '@cherenkit/core';
import { cameraToTelescope, type AltAz } from '@cherenkit/kernels';
import type { ArrayDisplayOptions } from '../array/array-display-options.js';
import { ArrayDisplay } from '../array/array-display.js';
import { telescopeTypeColors } from '../array/telescope-colors.js';
import type { CameraDisplayOptions } from '../camera/camera-display-options.js';
import { CameraDisplay } from '../camera/camera-display.js';
import type { Picture } from '../scene/picture.js';
import { SkyDisplay, type SkyDisplayOptions, type SkyImage } from '../views/sky-display.js';
import { subplots } from '../views/subplots.js';
import { WaveformDisplay, type WaveformDisplayOptions } from '../views/waveform-display.js';

const TRUE_COLOR = '#2ca02c';
const FOUND_COLORS = ['#d62728', '#9467bd', '#8c564b', '#e377c2'];

/** Largest number of telescopes of an array in which those without an image have labels, too. */
const MAX_LABELS = 30;

/** Half the length of image axes on the ground, in units of the distance of the outermost telescope. */
const AXIS_LENGTH = 0.6;

/** Options of {@link cameraPicture}. */
export interface CameraPictureOptions extends CameraDisplayOptions {
  /** Show the surroundings of the ellipse of the image only. Default: false. */
  readonly zoom?: boolean;
  /** Unit of the charges. Default: p.e. */
  readonly unit?: string | undefined;
}

/**
 * The image of a telescope with its outline after cleaning, ellipse, muon ring and, for simulated events, true direction.
 * Undefined if the event has no image of it. Of images of both gain channels, that of the high gain is drawn.
 *
 * The picture is in the frame of the parameters, or else in the telescope frame.
 */
export function cameraPicture(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  telId: number,
  { zoom = false, unit = 'p.e.', ...options }: CameraPictureOptions = {},
): CameraDisplay | undefined {
  const { image: charges, imageMask, parameters, hasChannelAxis } = event.dl1.tel.get(telId) ?? {};
  const { geometry } = subarray.telescope(telId).camera;
  const { nPixels } = geometry;
  // Of images of both gain channels, that of the high gain.
  const image = hasChannelAxis === true ? charges?.subarray(0, nPixels) : charges;
  if (image?.length !== nPixels) return undefined;
  const frame = options.frame ?? parameters?.frame ?? 'TelescopeFrame';
  const drawn = frame === 'TelescopeFrame' ? geometry.toTelescopeFrame() : geometry;
  const title = options.title ?? cameraTitle(event, subarray, telId, unit);
  const display = new CameraDisplay(drawn, { ...options, image, title, frame }).addColorbar({ label: unit });
  if (imageMask) display.highlightPixels(imageMask, { color: 'white', linewidth: 1 });
  if (parameters && (parameters.frame === 'TelescopeFrame') === (frame === 'TelescopeFrame')) {
    display.overlayMoments(parameters.hillas, { labelPlace: 'corner', linewidth: 1 });
    if (zoom) display.setViewAround(parameters.hillas);
  }
  const { ring, efficiency } = event.muon.tel.get(telId) ?? {};
  if (ring && Number.isFinite(ring.radius)) {
    display.overlayMuonRing({ ...ring, width: efficiency?.width ?? NaN }, { keepOld: true, color: 'orange' });
  }
  const pointing = pointingOf(event, telId);
  const { alt = NaN, az = NaN } = event.simulation?.shower ?? {};
  if (pointing && Number.isFinite(alt)) display.overlayCoordinate({ alt, az }, { pointing, keepOld: true });
  return display;
}

/** `telescope 4, LST_LST_LSTCam: 261 p.e.`, and why the image was not used. */
function cameraTitle(
  { dl1, rejections }: ArrayEvent,
  subarray: SubarrayDescription,
  telId: number,
  unit: string,
): string {
  const isHighGain = (dl1.tel.get(telId)?.image?.length ?? 0) > subarray.telescope(telId).camera.geometry.nPixels;
  const intensity = dl1.tel.get(telId)?.parameters?.hillas.intensity ?? NaN;
  const charge = Number.isFinite(intensity) ? `: ${intensity.toFixed(0)} ${unit}` : '';
  const reason = rejections.find((each) => each.telId === telId)?.reason;
  return `telescope ${telId}, ${subarray.typeOf(telId)}${isHighGain ? ', high gain' : ''}${charge}${reason ? ` (rejected: ${reason})` : ''}`;
}

/** Options of {@link waveformPicture}. */
export interface WaveformPictureOptions extends Partial<WaveformDisplayOptions> {
  /** Number of pixels to draw, those with the largest charges or samples. Default: 3. */
  readonly nPixels?: number;
  /** Indices of the pixels to draw. */
  readonly pixels?: readonly number[];
  /**
   * Samples from which the charge of each channel and pixel is extracted, first and end (exclusive):
   * `CameraCalibrator.windowsOf`. They are shaded in the colours of the waveforms.
   */
  readonly windows?: Int32Array | undefined;
}

/** The calibrated waveforms of the brightest pixels of a telescope; undefined if the event has none. */
export function waveformPicture(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  telId: number,
  { nPixels = 3, pixels, windows, ...options }: WaveformPictureOptions = {},
): WaveformDisplay | undefined {
  const { waveform, selectedGainChannel } = event.dl0.tel.get(telId) ?? event.r1.tel.get(telId) ?? {};
  if (waveform === undefined || waveform.nSamples < 2) return undefined;
  const { nSamples } = waveform;
  const samples = waveform.channel(0);
  const { image, peakTime } = event.dl1.tel.get(telId) ?? {};
  const isSingle = image?.length === waveform.nPixels;
  const sizeOf = (pixel: number): number =>
    isSingle ? image[pixel] : Math.max(...samples.subarray(pixel * nSamples, (pixel + 1) * nSamples));
  const shown =
    pixels ??
    brightest(
      Array.from({ length: waveform.nPixels }, (_, pixel) => sizeOf(pixel)),
      nPixels,
    );
  const { timeShift } = event.monitoring.tel.get(telId)?.camera.coefficients ?? {};
  // Peak times are corrected by the shifts of their pixels, waveforms are not.
  const shiftOf = (pixel: number): number =>
    timeShift?.[(selectedGainChannel?.[pixel] ?? 0) * waveform.nPixels + pixel] ?? 0;
  const traces = shown.map((pixel) => ({
    label: `pixel ${pixel}`,
    samples: samples.slice(pixel * nSamples, (pixel + 1) * nSamples),
    peakTime: isSingle && peakTime ? peakTime[pixel] + shiftOf(pixel) : undefined,
    window: windows && ([windows[2 * pixel], windows[2 * pixel + 1]] as const),
  }));
  const { samplingRate } = subarray.telescope(telId).camera.readout;
  return new WaveformDisplay(traces, { samplingRate, title: `Waveforms of telescope ${telId}`, ...options });
}

/** Indices of the largest values, largest first. */
function brightest(values: readonly number[], count: number): number[] {
  const order = [...values.keys()].filter((i) => !Number.isNaN(values[i]));
  return order.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}

/** The array with the image axes on the ground, true and reconstructed core positions. Telescopes without image are grey. */
export function groundPicture(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  options: ArrayDisplayOptions = {},
): ArrayDisplay {
  const pointing = arrayPointing(event);
  const frame = options.frame ?? 'EastingNorthingFrame';
  const display = new ArrayDisplay(subarray, { title: 'Ground', ...(pointing && { pointing }), ...options, frame });
  const others = subarray.telIds.filter((telId) => !event.dl1.tel.has(telId));
  const labelled = subarray.nTels > MAX_LABELS ? [...event.dl1.tel.keys()] : subarray.telIds;
  display.addLabels(new Map(labelled.map((telId) => [telId, String(telId)]))).greyOut(others);
  const axes = [...event.dl1.tel].map(([telId, { parameters }]): [number, number] => [
    telId,
    parameters?.core.psi ?? NaN,
  ]);
  const range = AXIS_LENGTH * Math.max(100, Math.sqrt(subarray.footprint / Math.PI));
  display.setLineHillas(event.dl1.tel, new Map(axes), range);
  const { coreX = NaN, coreY = NaN } = event.simulation?.shower ?? {};
  if (Number.isFinite(coreX)) {
    display.scatter([{ x: coreX, y: coreY, z: 0 }], { label: 'true', marker: '*', color: TRUE_COLOR });
  }
  resultsOf(event).forEach(({ name, result, color }) => {
    const point = { x: result.coreX, y: result.coreY, z: 0 };
    if (Number.isFinite(point.x)) display.scatter([point], { label: name, marker: 'x', color });
  });
  return display;
}

/** The images of all telescopes in the sky, with their sum; undefined if the pointing of the array is unknown. */
export function skyPicture(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  options: Partial<SkyDisplayOptions> = {},
): SkyDisplay | undefined {
  const pointing = options.pointing ?? arrayPointing(event);
  if (pointing === undefined) return undefined;
  const display = new SkyDisplay({ title: 'Sky', ...options, pointing });
  const results = resultsOf(event);
  const used = new Set(results.flatMap(({ result }) => result.telescopes));
  const sum = [...event.dl1.tel].flatMap(([telId, { image, imageMask }]) => {
    const { geometry } = subarray.telescope(telId).camera;
    return image?.length === geometry.nPixels
      ? [{ geometry: geometry.toTelescopeFrame(), image, mask: imageMask }]
      : [];
  });
  if (sum.length > 0) display.addSummedImage(sum);
  const colors = telescopeTypeColors(subarray);
  for (const [telId, { parameters }] of event.dl1.tel) {
    if (parameters === undefined) continue;
    const hillas = skyHillas(parameters, subarray, telId);
    const label = subarray.typeOf(telId);
    const isUsed = used.size === 0 || used.has(telId);
    display.addImage({ telId, hillas, pointing: pointingOf(event, telId), color: colors.get(label), label, isUsed });
  }
  const { alt = NaN, az = NaN } = event.simulation?.shower ?? {};
  if (Number.isFinite(alt)) display.addPoint({ alt, az }, { label: 'true', marker: '*', color: TRUE_COLOR });
  for (const { name, result, color } of results) display.addPoint(result, { label: name, marker: 'x', color });
  return display;
}

/** Hillas parameters in the telescope frame. */
function skyHillas(
  { frame, hillas }: ImageParametersContainer,
  subarray: SubarrayDescription,
  telId: number,
): SkyImage['hillas'] {
  if (frame === 'TelescopeFrame') return hillas;
  const cameraFrame = subarray.telescope(telId).camera.geometry.frame;
  const { fovLon, fovLat } = cameraToTelescope(hillas, cameraFrame);
  const { focalLength } = cameraFrame;
  const [length, width] = [hillas.length / focalLength, hillas.width / focalLength];
  // The axes are exchanged.
  return { fovLon, fovLat, length, width, psi: Math.PI / 2 - hillas.psi };
}

/** Options of {@link eventPicture}. */
export interface EventPictureOptions extends Pick<CameraPictureOptions, 'cmap' | 'norm' | 'theme' | 'unit' | 'zoom'> {
  /** Number of pictures in a row. Default: such that there are about as many rows. */
  readonly columns?: number;
}

/** The whole event: ground, sky and the images of all telescopes. */
export function eventPicture(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  options: EventPictureOptions = {},
): Picture {
  const size = { width: 480, height: 440 };
  const { columns: wanted, theme = 'light', ...cameraOptions } = options;
  const cameras = [...event.dl1.tel.keys()].flatMap(
    (telId) => cameraPicture(event, subarray, telId, { ...cameraOptions, theme, ...size }) ?? [],
  );
  const views = [groundPicture(event, subarray, { ...size, theme }), skyPicture(event, subarray, { ...size, theme })];
  const pictures = [...views.flatMap((view) => view ?? []), ...cameras];
  const columns = Math.min(pictures.length, wanted ?? Math.max(2, Math.ceil(Math.sqrt(pictures.length))));
  return subplots(Math.ceil(pictures.length / columns), columns, pictures, { title: eventTitle(event), theme });
}

/** `event 2009 of run 600: 0.52 TeV, 4 telescopes` */
export function eventTitle({ index, simulation, dl1 }: ArrayEvent): string {
  const energy = simulation?.shower?.energy ?? NaN;
  const parts = [
    ...(Number.isFinite(energy) ? [`${Number(energy.toPrecision(3))} TeV`] : []),
    counted(dl1.tel.size, 'telescope'),
  ];
  return `event ${index.eventId} of run ${index.obsId}: ${parts.join(', ')}`;
}

/** The valid stereo results, each with a colour. */
function resultsOf({ dl2 }: ArrayEvent): {
  readonly name: string;
  readonly result: { alt: number; az: number; coreX: number; coreY: number; telescopes: readonly number[] };
  readonly color: string;
}[] {
  return [...dl2.stereo.geometry]
    .filter(([, { isValid }]) => isValid)
    .map(([name, result], i) => ({ name, result, color: FOUND_COLORS[i % FOUND_COLORS.length] }));
}

function pointingOf({ monitoring }: ArrayEvent, telId: number): AltAz | undefined {
  const { altitude: alt = NaN, azimuth: az = NaN } = monitoring.tel.get(telId)?.pointing ?? {};
  return Number.isFinite(alt) && Number.isFinite(az) ? { alt, az } : undefined;
}

function arrayPointing({ monitoring }: ArrayEvent): AltAz | undefined {
  const { arrayAltitude: alt, arrayAzimuth: az } = monitoring.pointing;
  return Number.isFinite(alt) && Number.isFinite(az) ? { alt, az } : undefined;
}
