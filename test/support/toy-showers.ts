import { angularSeparation, heightFromOverburden } from '@cherenkit/kernels';
import { createPipeline, degrees, EventSource, type ArrayEvent } from 'cherenkit';

/** The deviation of a reconstructed shower from the true one. */
export interface ReconstructedShower {
  readonly telescopes: number;
  /** Degrees; with components along altitude and along azimuth, the latter as a distance on the sky. */
  readonly angle: number;
  readonly alt: number;
  readonly az: number;
  /** Metres. */
  readonly core: number;
  readonly coreX: number;
  readonly coreY: number;
  /** Relative to the true value. */
  readonly hMax: number;
}

/** Parameters of an image relative to the true ones. */
export interface ReconstructedImage {
  readonly cameraName: string;
  /** Of the pixels that survive cleaning, relative to the true value. */
  readonly charge: number;
  readonly trueSum: number;
  /** Degrees. */
  readonly width: number;
  readonly length: number;
  /** Along the image axis, away from the true direction, ns per degree. */
  readonly timeGradient: number;
  /** Angle between the image axis and the line to the true direction, degrees. */
  readonly miss: number;
  /** Metres. */
  readonly impact: number;
}

/** Simulates and reconstructs toy showers with the default configuration. */
export async function reconstructedShowers(
  url: string,
): Promise<{ nEvents: number; showers: ReconstructedShower[]; images: ReconstructedImage[] }> {
  await using source = await EventSource.open(url);
  const { subarray } = source;
  const { calibrator, imageProcessor, showerProcessor } = await createPipeline({ subarray });
  const showers: ReconstructedShower[] = [];
  const images: ReconstructedImage[] = [];
  let nEvents = 0;
  for await (const event of source) {
    nEvents++;
    calibrator.calibrate(event);
    imageProcessor.process(event);
    showerProcessor.process(event);
    const shower = showerOf(event);
    if (shower) showers.push(shower);
    for (const telId of event.dl1.tel.keys()) {
      const image = imageOf(event, telId, subarray.telescope(telId).camera.name);
      if (image) images.push(image);
    }
  }
  return { nEvents, showers, images };
}

function showerOf(event: ArrayEvent): ReconstructedShower | undefined {
  const truth = event.simulation?.shower;
  const stereo = event.dl2.stereo.geometry.get('HillasReconstructor');
  if (!truth || !stereo?.isValid) return undefined;
  const [coreX, coreY] = [stereo.coreX - truth.coreX, stereo.coreY - truth.coreY];
  const turn = Math.sin(stereo.az - truth.az);
  return {
    telescopes: stereo.telescopes.length,
    angle: degrees(angularSeparation(stereo.az, stereo.alt, truth.az, truth.alt)),
    alt: degrees(stereo.alt - truth.alt),
    az: degrees(turn * Math.cos(truth.alt)),
    core: Math.hypot(coreX, coreY),
    coreX,
    coreY,
    hMax: stereo.hMax / heightFromOverburden(truth.xMax * Math.sin(truth.alt)),
  };
}

function imageOf(event: ArrayEvent, telId: number, cameraName: string): ReconstructedImage | undefined {
  const { image, imageMask, parameters } = event.dl1.tel.get(telId) ?? {};
  const { trueImage, trueImageSum = NaN, impact } = event.simulation?.tel.get(telId) ?? {};
  const truth = event.simulation?.shower;
  const pointing = event.monitoring.tel.get(telId)?.pointing;
  if (!image || !imageMask || !trueImage || !truth || !impact || !pointing) return undefined;
  if (parameters?.frame !== 'TelescopeFrame' || !(parameters.hillas.intensity > 0)) return undefined;
  const { hillas, timing } = parameters;
  let [charge, trueCharge] = [0, 0];
  imageMask.forEach((kept, pixel) => {
    if (kept === 0) return;
    charge += image[pixel];
    trueCharge += trueImage[pixel];
  });
  // The field of view is small enough for a flat approximation.
  const lon = hillas.fovLon - Math.sin(truth.az - pointing.azimuth) * Math.cos(truth.alt);
  const lat = hillas.fovLat - (truth.alt - pointing.altitude);
  const [cos, sin] = [Math.cos(hillas.psi), Math.sin(hillas.psi)];
  const away = Math.sign(lon * cos + lat * sin);
  return {
    cameraName,
    charge: charge / trueCharge,
    trueSum: trueImageSum,
    width: degrees(hillas.width),
    length: degrees(hillas.length),
    timeGradient: away * timing.slope * (Math.PI / 180),
    miss: degrees(Math.asin(Math.abs(lat * cos - lon * sin) / Math.hypot(lon, lat))),
    impact: impact.distance,
  };
}

/** The value below which a fraction of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)];
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The statistical uncertainty of a median, from the width of the central 68 % interval. */
export function errorOfMedian(values: readonly number[]): number {
  return (1.25 * (quantile(values, 0.84) - quantile(values, 0.16))) / 2 / Math.sqrt(values.length);
}
