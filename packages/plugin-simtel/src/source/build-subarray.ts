import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  guessTelescope,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
  unknownTelescope,
  type FocalLengthKind,
  type GuessedTelescope,
  type Logger,
} from '@cherenkit/core';
import {
  cameraFrame,
  radians,
  type CameraFrame,
  type GroundPoint,
  type Metres,
  type PixelShape,
  type Radians,
} from '@cherenkit/kernels';
import type { ReadingContext } from '../eventio/reading-context.js';
import type { SimtelHeader, TelescopeSettings } from '../file/simtel-header.js';
import { CAMERA_SETTINGS, type CameraSettings } from '../objects/camera-settings.js';
import { telescopeFromMeta } from './telescope-from-meta.js';

/** Name of arrays without ARRAY_CONFIG_NAME, as in ctapipe. */
const DEFAULT_NAME = 'MonteCarloArray';

/** Pixel shape and rotation by sim_telarray's shape number. Source: ctapipe 0.32 `simtel_shape_to_type`. */
const PIXEL_SHAPES: ReadonlyMap<number, { readonly pixType: PixelShape; readonly pixRotation: Radians }> = new Map([
  [0, { pixType: 'circle', pixRotation: 0 }],
  [1, { pixType: 'hexagon', pixRotation: 0 }],
  [2, { pixType: 'square', pixRotation: 0 }],
  [3, { pixType: 'hexagon', pixRotation: radians(30) }],
]);
const CM_PER_METRE = 100;
/** Limit of the pixels of all cameras that differ from each other: a hundred times those of a large camera. */
const MAX_CAMERA_PIXELS = 2 ** 19;
const UNKNOWN_SHAPE = { pixType: 'hexagon', pixRotation: 0 } as const;

/**
 * Builds the description of all telescopes in a file. Telescopes with equal cameras share a camera description.
 *
 * Source: ctapipe 0.32 `SimTelEventSource.prepare_subarray_info`.
 *
 * @throws CherenkitError (2) if the effective focal length is chosen and the file does not contain it, SimtelError
 *   SIMTEL_OBJECT_TOO_LARGE (65) if the cameras have too many pixels
 */
export function buildSubarray(
  header: SimtelHeader,
  focalLengthChoice: FocalLengthKind,
  logger: Logger,
  context: ReadingContext,
): SubarrayDescription {
  const cameras = new CameraBuilder(logger, context);
  const telPositions = new Map<number, GroundPoint>();
  const telDescriptions = new Map<number, TelescopeDescription>();
  for (const [telId, settings] of header.telescopes) {
    const { cameraSettings } = settings;
    const telescope = identifyTelescope(header, telId, settings, logger);
    const optics = new OpticsDescription({
      name: telescope.name,
      sizeType: telescope.type,
      nMirrors: telescope.nMirrors,
      equivalentFocalLength: cameraSettings.focalLength,
      effectiveFocalLength: effectiveFocalLengthOf(cameraSettings),
      mirrorArea: cameraSettings.mirrorArea,
      nMirrorTiles: cameraSettings.nMirrors,
      reflectorShape: telescope.reflectorShape,
    });
    const camera = cameras.build(telescope.cameraName, settings, optics.getFocalLength(focalLengthChoice));
    telDescriptions.set(telId, new TelescopeDescription(telescope.name, optics, camera));
    telPositions.set(telId, positionOf(header, telId));
  }
  const name = header.globalMeta.get('ARRAY_CONFIG_NAME') ?? DEFAULT_NAME;
  return new SubarrayDescription({ name, telPositions, telDescriptions, referenceLocation: arrayLocation(header) });
}

/** Effective focal length; NaN if not stored, or 0 as in simulations without ray tracing. */
function effectiveFocalLengthOf({ effectiveFocalLength = NaN }: CameraSettings): Metres {
  return effectiveFocalLength > 0 && effectiveFocalLength < Infinity ? effectiveFocalLength : NaN;
}

function identifyTelescope(
  { telescopeMeta }: SimtelHeader,
  telId: number,
  { cameraSettings }: TelescopeSettings,
  logger: Logger,
): GuessedTelescope {
  const { nPixels, focalLength, mirrorArea, nMirrors } = cameraSettings;
  const named = telescopeFromMeta(telescopeMeta.get(telId) ?? new Map<string, string>(), mirrorArea);
  if (named !== undefined) return named;
  const guessed = guessTelescope(nPixels, focalLength, nMirrors) ?? unknownTelescope(mirrorArea, nPixels);
  logger.debug(
    `Telescope ${telId}: the file contains no telescope and camera names; assuming ${guessed.name} with ${guessed.cameraName}.`,
  );
  return guessed;
}

function positionOf({ runHeader: { telId: telIds, telPos } }: SimtelHeader, telId: number): GroundPoint {
  const start = 3 * telIds.indexOf(telId);
  return { x: telPos[start], y: telPos[start + 1], z: telPos[start + 2] };
}

/** Array location; longitude and latitude 0 at the observation level if not stored, which is NaN if it is unknown. */
function arrayLocation({ globalMeta, mcRunHeader, atmosphericProfiles }: SimtelHeader): EarthLocation {
  const [lon, lat, height] = ['*LONGITUDE', '*LATITUDE', 'ALTITUDE'].map((key) => Number(globalMeta.get(key) ?? NaN));
  const obsheight = mcRunHeader?.obsheight ?? (atmosphericProfiles[0]?.obslevel ?? NaN) / CM_PER_METRE;
  return [lon, lat, height].every(Number.isFinite)
    ? // astropy wraps longitudes to 0 to 360 degrees first; doing the same makes the results bitwise equal.
      EarthLocation.fromGeodetic(radians(lon < 0 ? lon + 360 : lon), radians(lat), height)
    : EarthLocation.fromGeodetic(0, 0, obsheight);
}

interface BuiltCamera {
  readonly settings: TelescopeSettings;
  readonly focalLength: Metres;
  readonly camera: CameraDescription;
}

/** Builds camera descriptions, each distinct camera once. */
class CameraBuilder {
  readonly #built: BuiltCamera[] = [];

  #nPixels = 0;

  constructor(
    private readonly logger: Logger,
    private readonly context: ReadingContext,
  ) {}

  build(name: string, settings: TelescopeSettings, focalLength: Metres): CameraDescription {
    const known = this.#built.find(
      (built) =>
        built.camera.name === name && built.focalLength === focalLength && isSameCamera(built.settings, settings),
    );
    if (known !== undefined) return known.camera;
    this.#nPixels += settings.cameraSettings.nPixels;
    if (this.#nPixels > MAX_CAMERA_PIXELS) {
      const sentence = `the cameras that differ have more than ${MAX_CAMERA_PIXELS} pixels altogether.`;
      throw this.context.error('SIMTEL_OBJECT_TOO_LARGE', this.context.headerEnd, CAMERA_SETTINGS.type, sentence);
    }
    const camera = new CameraDescription(name, this.#geometry(name, settings, focalLength), readoutOf(name, settings));
    this.#built.push({ settings, focalLength, camera });
    return camera;
  }

  #geometry(name: string, { cameraSettings }: TelescopeSettings, focalLength: Metres): CameraGeometry<CameraFrame> {
    const { pixelX, pixelY, pixelArea, pixelShape, camRot } = cameraSettings;
    const shape = PIXEL_SHAPES.get(pixelShape[0]);
    if (shape === undefined) {
      this.logger.warning(`Camera ${name}: unknown pixel shape ${pixelShape[0]}, expected 0 to 3; assuming hexagons.`);
    }
    return new CameraGeometry({
      name,
      pixX: pixelX,
      pixY: pixelY,
      pixArea: pixelArea,
      ...(shape ?? UNKNOWN_SHAPE),
      camRotation: -camRot,
      applyDerotation: true,
      frame: cameraFrame(focalLength),
    });
  }
}

function readoutOf(name: string, { cameraOrganization, pixelSettings }: TelescopeSettings): CameraReadout {
  const { nGains, nPixels } = cameraOrganization;
  const { timeSlice = NaN, sumBins = 0, nRefShape, lRefShape, refStep, refShape } = pixelSettings;
  return new CameraReadout({
    name,
    samplingRate: 1 / timeSlice,
    referencePulseShape: Array.from({ length: nGains }, (_, channel) => {
      const pulse = nRefShape === 1 ? 0 : channel; // a single pulse is that of all channels
      return refShape.slice(pulse * lRefShape, (pulse + 1) * lRefShape);
    }),
    referencePulseSampleWidth: refStep,
    nChannels: nGains,
    nPixels,
    nSamples: sumBins,
  });
}

function isSameCamera(a: TelescopeSettings, b: TelescopeSettings): boolean {
  const { cameraSettings: cameraA, pixelSettings: pixelsA } = a;
  const { cameraSettings: cameraB, pixelSettings: pixelsB } = b;
  return (
    cameraA.nPixels === cameraB.nPixels &&
    cameraA.camRot === cameraB.camRot &&
    cameraA.pixelShape[0] === cameraB.pixelShape[0] &&
    a.cameraOrganization.nGains === b.cameraOrganization.nGains &&
    pixelsA.timeSlice === pixelsB.timeSlice &&
    pixelsA.sumBins === pixelsB.sumBins &&
    pixelsA.refStep === pixelsB.refStep &&
    isEqual(cameraA.pixelX, cameraB.pixelX) &&
    isEqual(cameraA.pixelY, cameraB.pixelY) &&
    isEqual(cameraA.pixelArea, cameraB.pixelArea) &&
    isEqual(pixelsA.refShape, pixelsB.refShape)
  );
}

function isEqual(a: Float32Array | Float64Array, b: Float32Array | Float64Array): boolean {
  return a.length === b.length && a.every((value: number, i: number) => value === b[i]);
}
