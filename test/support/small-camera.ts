import { EarthLocation, SubarrayDescription } from '@cherenkit/core';
import { makeTelescope } from './make-telescope.js';
import { unpack } from './packed-array.js';
import { REFERENCE, neighborsOf, type CameraReference } from './waveform-reference.js';

/** A subarray of a single telescope, with id 1 and a small camera of test/reference. */
export function subarrayWithCamera(
  camera: Pick<CameraReference, 'offsets' | 'indices' | 'pulse' | 'pulseSampleWidth'>,
): SubarrayDescription {
  const neighbors = neighborsOf(camera);
  const nPixels = neighbors.offsets.length - 1;
  const pulses = unpack('f8', camera.pulse);
  const telescope = makeTelescope({
    name: 'X',
    cameraName: 'Small',
    // Only the neighbour relation matters, which is given.
    pixX: Array.from({ length: nPixels }, (_, i) => i),
    pixY: new Float64Array(nPixels),
    pixType: 'hexagon',
    focalLength: 28,
    geometry: { pixArea: new Float64Array(nPixels).fill(1), neighbors },
    readout: {
      samplingRate: REFERENCE.samplingRate,
      referencePulseShape: [pulses.slice(0, pulses.length / 2), pulses.slice(pulses.length / 2)],
      referencePulseSampleWidth: camera.pulseSampleWidth,
      nChannels: 2,
      nSamples: REFERENCE.nSamples,
    },
    optics: { sizeType: 'LST', effectiveFocalLength: 29, mirrorArea: 400, nMirrorTiles: 200 },
  });
  return new SubarrayDescription({
    name: 'one',
    telPositions: new Map([[1, { x: 0, y: 0, z: 0 }]]),
    telDescriptions: new Map([[1, telescope]]),
    referenceLocation: EarthLocation.fromGeodetic(0, 0, 0),
  });
}

/** Selects the gain channel of each pixel from waveforms [channel][pixel][sample]. */
export function gainSelected(samples: Float32Array, selected: Int8Array, nSamples: number): Float32Array {
  const out = new Float32Array(selected.length * nSamples);
  selected.forEach((channel, pixel) => {
    const row = channel * selected.length + pixel;
    out.set(samples.subarray(row * nSamples, (row + 1) * nSamples), pixel * nSamples);
  });
  return out;
}
