import type { CameraDescription, SubarrayDescription } from '@cherenkit/core';
import type { ArrayData, CameraData } from '../protocol.js';

/** Describes an array as plain data, from which the page makes it again. */
export function describeArray(subarray: SubarrayDescription): ArrayData {
  const cameras = new Map<CameraDescription, number>();
  const distinct: CameraDescription[] = [];
  for (const { camera } of subarray.tel.values()) {
    if (cameras.has(camera)) continue;
    let index = distinct.findIndex((each) => each.equals(camera));
    if (index < 0) index = distinct.push(camera) - 1;
    cameras.set(camera, index);
  }
  const { x, y, z } = subarray.referenceLocation.itrs;
  return {
    name: subarray.name,
    location: [x, y, z],
    cameras: distinct.map(describeCamera),
    telescopes: subarray.telIds.map((telId) => {
      const { name, optics, camera } = subarray.telescope(telId);
      const { sizeType, mirrorArea, nMirrors } = optics;
      const position = { ...subarray.position(telId) };
      const index = cameras.get(camera) ?? 0;
      return { telId, name, position, camera: index, optics: { name: optics.name, sizeType, mirrorArea, nMirrors } };
    }),
  };
}

function describeCamera({ name, geometry, readout, frame }: CameraDescription): CameraData {
  const { pixX, pixY, pixArea, pixType, gridType, pixRotation } = geometry;
  return {
    name,
    pixX,
    pixY,
    pixArea,
    pixType,
    gridType,
    pixRotation,
    focalLength: frame.focalLength,
    frameRotation: frame.rotation,
    neighbors: gridType === 'irregular' ? undefined : geometry.neighbors,
    samplingRate: readout.samplingRate,
  };
}
