import type { RandomStream } from '../random/index.js';
import { addPulse, type PulseTable } from './photo-electron-pulse.js';

/**
 * Draws long records of a pixel without a shower, in p.e. per sample: night-sky background and electronic noise, with a
 * mean of 0 (AC coupling).
 *
 * Waveforms of all pixels are cut out of such a record at random positions, which is many times faster than drawing
 * each sample.
 *
 * @param photonsPerSample - mean night-sky background, p.e. per sample
 * @param chargeSpread - relative standard deviation of the charge of one photo-electron
 * @param electronics - standard deviation of the electronic noise for each gain channel; all channels have the same
 *   light
 * @param nSamples - length of the records
 * @returns one record per gain channel
 */
export function drawNoiseRecords(
  random: RandomStream,
  photonsPerSample: number,
  chargeSpread: number,
  electronics: readonly number[],
  pulse: PulseTable,
  nSamples: number,
): Float32Array[] {
  const sky = new Float32Array(nSamples);
  const nPhotons = random.poisson(photonsPerSample * nSamples);
  for (let i = 0; i < nPhotons; i++) {
    const start = random.uniform() * (nSamples + pulse.nSamples) - pulse.nSamples;
    addPulse(pulse, sky, 0, nSamples, start, Math.max(0, 1 + chargeSpread * random.normal()));
  }
  let sum = 0;
  for (let i = 0; i < nSamples; i++) sum += sky[i];
  const mean = sum / nSamples;
  return electronics.map((deviation) => sky.map((sample) => sample - mean + deviation * random.normal()));
}
