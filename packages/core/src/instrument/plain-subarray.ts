import type { CameraFrame, GroundPoint } from '@cherenkit/kernels';
import { CameraDescription } from './camera-description.js';
import { CameraGeometry, type CameraGeometryOptions } from './camera-geometry.js';
import { CameraReadout, type CameraReadoutOptions } from './camera-readout.js';
import { EarthLocation } from './earth-location.js';
import { OpticsDescription, type OpticsDescriptionOptions } from './optics-description.js';
import { SubarrayDescription } from './subarray-description.js';
import { TelescopeDescription } from './telescope-description.js';

/** A camera as plain data. */
export interface PlainCamera {
  readonly name: string;
  readonly geometry: CameraGeometryOptions<CameraFrame>;
  readonly readout: CameraReadoutOptions;
}

/** A subarray as plain data, which survives `structuredClone`. Optics and cameras are stored once per type. */
export interface PlainSubarray {
  readonly name: string;
  /** Earth-centred coordinates of the reference location, m. */
  readonly referenceLocation: { readonly x: number; readonly y: number; readonly z: number };
  readonly optics: readonly OpticsDescriptionOptions[];
  readonly cameras: readonly PlainCamera[];
  readonly telescopes: readonly {
    readonly telId: number;
    readonly name: string;
    /** Ground frame, m. */
    readonly position: GroundPoint;
    /** Indices of optics and camera. */
    readonly optics: number;
    readonly camera: number;
  }[];
}

/**
 * Returns a subarray as plain data, to send it to a worker or to store it.
 *
 * @example
 * ```ts
 * const data = structuredClone(plainSubarray(source.subarray)); // what a worker receives
 * const copy = subarrayFrom(data);
 * ```
 */
export function plainSubarray(subarray: SubarrayDescription): PlainSubarray {
  const optics = new Map<OpticsDescription, number>();
  const cameras = new Map<CameraDescription, number>();
  const indexIn = <T>(known: Map<T, number>, item: T): number => {
    const index = known.get(item) ?? known.size;
    known.set(item, index);
    return index;
  };
  const telescopes = Array.from(subarray.tel, ([telId, telescope]) => ({
    telId,
    name: telescope.name,
    position: subarray.position(telId),
    optics: indexIn(optics, telescope.optics),
    camera: indexIn(cameras, telescope.camera),
  }));
  return {
    name: subarray.name,
    referenceLocation: { ...subarray.referenceLocation.itrs },
    optics: Array.from(optics.keys(), (each) => ({ ...each })),
    cameras: Array.from(cameras.keys(), plainCamera),
    telescopes,
  };
}

/**
 * Makes a subarray of plain data: the inverse of {@link plainSubarray}.
 *
 * @throws RangeError for a telescope whose optics or camera the data lacks
 */
export function subarrayFrom({ name, referenceLocation, telescopes, ...plain }: PlainSubarray): SubarrayDescription {
  const optics = plain.optics.map((each) => new OpticsDescription(each));
  const cameras = plain.cameras.map(cameraFrom);
  const { x, y, z } = referenceLocation;
  return new SubarrayDescription({
    name,
    referenceLocation: EarthLocation.fromItrs(x, y, z),
    telPositions: new Map(telescopes.map(({ telId, position }) => [telId, position])),
    telDescriptions: new Map(
      telescopes.map((each) => [
        each.telId,
        new TelescopeDescription(each.name, at(optics, each.optics, each.telId), at(cameras, each.camera, each.telId)),
      ]),
    ),
  });
}

function at<T>(items: readonly T[], index: number, telId: number): T {
  const item = items[index];
  if (item === undefined)
    throw new RangeError(`Telescope ${telId}: expected an index below ${items.length}, found ${index}.`);
  return item;
}

function plainCamera({ name, geometry, readout }: CameraDescription): PlainCamera {
  const { neighbors } = geometry;
  return { name, geometry: { ...geometry, neighbors, applyDerotation: false }, readout: { ...readout } };
}

function cameraFrom({ name, geometry, readout }: PlainCamera): CameraDescription {
  return new CameraDescription(name, new CameraGeometry(geometry), new CameraReadout(readout));
}
