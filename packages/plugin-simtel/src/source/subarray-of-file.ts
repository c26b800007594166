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
import { cameraFrame, radians, type GroundPoint, type Metres, type PixelShape, type Radians } from '@cherenkit/kernels';
import type { SimtelHeader, TelescopeSettings } from '../file/simtel-header.js';
import type { CameraSettings } from '../objects/camera-settings.js';
import { telescopeFromMeta } from './telescope-from-meta.js';

/** Name of arrays whose simulation does not tell it. */
const DEFAULT_NAME = 'MonteCarloArray';

/** Shape and rotation of pixels by the number of their shape. Source: ctapipe 0.32 `simtel_shape_to_type`. */
const PIXEL_SHAPES: ReadonlyMap<number, { readonly pixType: PixelShape; readonly pixRotation: Radians }> = new Map([
  [0, { pixType: 'circle', pixRotation: 0 }],
  [1, { pixType: 'hexagon', pixRotation: 0 }],
  [2, { pixType: 'square', pixRotation: 0 }],
  [3, { pixType: 'hexagon', pixRotation: radians(30) }],
]);
const UNKNOWN_SHAPE = { pixType: 'hexagon', pixRotation: 0 } as const;

/**
 * The array that a file describes, all telescopes of it. Telescopes with the same camera share its description.
 *
 * Source: ctapipe 0.32 `SimTelEventSource.prepare_subarray_info`.
 *
 * @throws CherenkitError (exit 2) when the effective focal length is wanted and the file does not have it
 */
export function subarrayOfFile(
  header: SimtelHeader,
  focalLengthChoice: FocalLengthKind,
  logger: Logger,
): SubarrayDescription {
  const cameras = new CameraBuilder(logger);
  const telPositions = new Map<number, GroundPoint>();
  const telDescriptions = new Map<number, TelescopeDescription>();
  for (const [telId, settings] of header.telescopes) {
    const { cameraSettings } = settings;
    const telescope = telescopeOf(header, telId, settings, logger);
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
  return new SubarrayDescription({ name, telPositions, telDescriptions, referenceLocation: locationOf(header) });
}

/** NaN where it is not told: it is missing, or zero as in simulations without ray tracing. */
function effectiveFocalLengthOf({ effectiveFocalLength = NaN }: CameraSettings): Metres {
  return effectiveFocalLength > 0 && effectiveFocalLength < Infinity ? effectiveFocalLength : NaN;
}

function telescopeOf(
  { telescopeMeta }: SimtelHeader,
  telId: number,
  { cameraSettings }: TelescopeSettings,
  logger: Logger,
): GuessedTelescope {
  const { nPixels, focalLength, mirrorArea, nMirrors } = cameraSettings;
  const told = telescopeFromMeta(telescopeMeta.get(telId) ?? new Map<string, string>(), mirrorArea);
  if (told !== undefined) return told;
  const guessed = guessTelescope(nPixels, focalLength, nMirrors) ?? unknownTelescope(mirrorArea, nPixels);
  logger.debug(`Telescope ${telId} has no names in the file; taken for ${guessed.name} with ${guessed.cameraName}.`);
  return guessed;
}

function positionOf({ runHeader: { telId: telIds, telPos } }: SimtelHeader, telId: number): GroundPoint {
  const at = 3 * telIds.indexOf(telId);
  return { x: telPos[at], y: telPos[at + 1], z: telPos[at + 2] };
}

/** Where the file does not tell it: at longitude and latitude 0, at the height of the observatory. */
function locationOf({ globalMeta, mcRunHeader }: SimtelHeader): EarthLocation {
  const [lon, lat, height] = ['*LONGITUDE', '*LATITUDE', 'ALTITUDE'].map((key) => Number(globalMeta.get(key) ?? NaN));
  return [lon, lat, height].every(Number.isFinite)
    ? // From 0 to 360 degrees, as astropy does before it computes: then the coordinates agree to the last digit.
      EarthLocation.fromGeodetic(radians(lon < 0 ? lon + 360 : lon), radians(lat), height)
    : EarthLocation.fromGeodetic(0, 0, mcRunHeader.obsheight);
}

interface BuiltCamera {
  readonly settings: TelescopeSettings;
  readonly focalLength: Metres;
  readonly camera: CameraDescription;
}

/** Makes each camera once. */
class CameraBuilder {
  readonly #built: BuiltCamera[] = [];

  constructor(private readonly logger: Logger) {}

  build(name: string, settings: TelescopeSettings, focalLength: Metres): CameraDescription {
    const known = this.#built.find(
      (built) =>
        built.camera.name === name && built.focalLength === focalLength && isSameCamera(built.settings, settings),
    );
    if (known !== undefined) return known.camera;
    const camera = new CameraDescription(name, this.#geometry(name, settings, focalLength), readoutOf(name, settings));
    this.#built.push({ settings, focalLength, camera });
    return camera;
  }

  #geometry(name: string, { cameraSettings }: TelescopeSettings, focalLength: Metres): CameraGeometry {
    const { pixelX, pixelY, pixelArea, pixelShape, camRot } = cameraSettings;
    const shape = PIXEL_SHAPES.get(pixelShape[0]);
    if (shape === undefined) {
      this.logger.warning(`Camera ${name} has pixels of the unknown shape ${pixelShape[0]}; taken for hexagons.`);
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
  const { timeSlice = NaN, sumBins = 0, nRefShape, lRefShape, refStep, refShape } = pixelSettings;
  return new CameraReadout({
    name,
    samplingRate: 1 / timeSlice,
    referencePulseShape: Array.from({ length: nRefShape }, (_, i) =>
      refShape.slice(i * lRefShape, (i + 1) * lRefShape),
    ),
    referencePulseSampleWidth: refStep,
    nChannels: cameraOrganization.nGains,
    nPixels: cameraOrganization.nPixels,
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
