import type { Gigahertz, Nanoseconds } from '../units.js';

/**
 * Integration correction: factor from the charge in a window to the charge of the whole pulse, for the reference pulse
 * of one gain channel.
 *
 * The reference pulse is binned into samples of the readout, aligned with its start, and the window is placed around
 * its largest sample; the correction is the inverse of the contained fraction. It is 1 if the window misses the pulse
 * or the pulse has no area (ctapipe 0.32 `integration_correction`).
 *
 * @param pulse - reference pulse shape, any unit
 * @param pulseSampleWidth - width of its samples
 * @param width - number of samples in the window
 * @param shift - number of samples in the window before the peak
 */
export function integrationCorrection(
  pulse: Float32Array | Float64Array,
  pulseSampleWidth: Nanoseconds,
  samplingRate: Gigahertz,
  width: number,
  shift: number,
): number {
  const sampleWidth = 1 / samplingRate;
  const sampled = binPulse(pulse, pulseSampleWidth, sampleWidth);
  let peak = 0;
  let area = 0;
  for (let i = 0; i < sampled.length; i++) {
    area += sampled[i];
    if (sampled[i] > sampled[peak]) peak = i;
  }
  const start = Math.max(0, peak - shift);
  const end = Math.min(sampled.length, start + width);
  let inside = 0;
  for (let i = start; i < end; i++) inside += (sampled[i] / sampleWidth / area) * sampleWidth;
  const correction = 1 / inside;
  return start < end && Number.isFinite(correction) ? correction : 1;
}

/**
 * Sum of the pulse in each complete sample, as differences of a running sum: their rounding decides which of two
 * equally high samples is the peak.
 */
function binPulse(
  pulse: Float32Array | Float64Array,
  pulseSampleWidth: Nanoseconds,
  sampleWidth: Nanoseconds,
): Float64Array {
  const nBins = Math.max(0, Math.ceil((pulse.length * pulseSampleWidth) / sampleWidth) - 1);
  const sampled = new Float64Array(nBins);
  let running = 0;
  let before = 0;
  for (let bin = 0, i = 0; bin < nBins; bin++) {
    const edge = (bin + 1) * sampleWidth;
    const isLast = bin === nBins - 1;
    // Like numpy's histogram: only the last bin includes its upper edge.
    while (i < pulse.length && (i * pulseSampleWidth < edge || (isLast && i * pulseSampleWidth === edge))) {
      running += pulse[i++];
    }
    sampled[bin] = running - before;
    before = running;
  }
  return sampled;
}

/**
 * Multiplies each charge by the correction of its gain channel, in place.
 *
 * @param charge - [pixel] if gain selected, else [channel][pixel]
 * @param correction - one per channel
 * @param selected - gain channel of each pixel; undefined if not gain selected
 */
export function applyIntegrationCorrection(
  charge: Float32Array,
  correction: Float64Array,
  selected: Int8Array | undefined,
): void {
  if (selected !== undefined) {
    for (let pixel = 0; pixel < charge.length; pixel++) charge[pixel] *= correction[selected[pixel]];
    return;
  }
  const nPixels = charge.length / correction.length;
  for (let channel = 0, i = 0; channel < correction.length; channel++) {
    for (const end = i + nPixels; i < end; i++) charge[i] *= correction[channel];
  }
}
