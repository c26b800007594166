import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
} from '@cherenkit/core';
import { cameraFrame } from '@cherenkit/kernels';

import { REFERENCE, neighborsOf, type CameraReference } from './waveform-reference.js';
import { unpack } from './packed-array.js';

/** An array of one telescope, number 1, with a small camera of test/reference. */
export function smallSubarray(
  camera: Pick<CameraReference, 'offsets' | 'indices' | 'pulse' | 'pulseSampleWidth'>,
): SubarrayDescription {
  const neighbors = neighborsOf(camera);
  const nPixels = neighbors.offsets.length - 1;
  const pulses = unpack('f8', camera.pulse);
  const geometry = new CameraGeometry({
    name: 'Small',
    // only who touches whom matters here
    pixX: Array.from({ length: nPixels }, (_, i) => i),
    pixY: new Float64Array(nPixels),
    pixArea: new Float64Array(nPixels).fill(1),
    pixType: 'hexagon',
    neighbors,
    frame: cameraFrame(28),
  });
  const readout = new CameraReadout({
    name: 'Small',
    samplingRate: REFERENCE.samplingRate,
    referencePulseShape: [pulses.slice(0, pulses.length / 2), pulses.slice(pulses.length / 2)],
    referencePulseSampleWidth: camera.pulseSampleWidth,
    nChannels: 2,
    nPixels,
    nSamples: REFERENCE.nSamples,
  });
  const optics = new OpticsDescription({
    name: 'X',
    sizeType: 'LST',
    nMirrors: 1,
    equivalentFocalLength: 28,
    effectiveFocalLength: 29,
    mirrorArea: 400,
    nMirrorTiles: 200,
    reflectorShape: 'PARABOLIC',
  });
  return new SubarrayDescription({
    name: 'one',
    telPositions: new Map([[1, { x: 0, y: 0, z: 0 }]]),
    telDescriptions: new Map([
      [1, new TelescopeDescription('X', optics, new CameraDescription('Small', geometry, readout))],
    ]),
    referenceLocation: EarthLocation.fromGeodetic(0, 0, 0),
  });
}

/** Of waveforms [channel][pixel][sample] those of each pixel's channel. */
export function gainSelected(samples: Float32Array, selected: Int8Array, nSamples: number): Float32Array {
  const out = new Float32Array(selected.length * nSamples);
  selected.forEach((channel, pixel) => {
    const row = channel * selected.length + pixel;
    out.set(samples.subarray(row * nSamples, (row + 1) * nSamples), pixel * nSamples);
  });
  return out;
}
