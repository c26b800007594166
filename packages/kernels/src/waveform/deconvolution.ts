/**
 * Pole-zero deconvolution of a waveform, and upsampling.
 *
 * Subtracts from each sample `poleZero` times the preceding one, which removes the exponential tail of a pulse; the
 * first sample becomes 0. Then repeats each sample `upsampling` times and smooths twice with a box of this length,
 * forward and backward, so that the pulse is not shifted. The order of summation is scipy's: results equal those of
 * ctapipe 0.32 `deconvolve` bit by bit.
 *
 * Source: S. W. Smith, The Scientist and Engineer's Guide to Digital Signal Processing (1997), chapter 33.
 *
 * @param waveform - its samples `first` to `first + nSamples - 1` are used
 * @param scratch - buffer of nSamples * upsampling numbers
 * @param deconvolved - result, nSamples * upsampling numbers from index `outFirst`
 */
export function deconvolve(
  waveform: Float32Array | Float64Array,
  first: number,
  nSamples: number,
  upsampling: number,
  poleZero: number,
  scratch: Float64Array,
  deconvolved: Float64Array,
  outFirst: number,
): void {
  if (upsampling === 1) {
    differences(waveform, first, nSamples, 1, poleZero, deconvolved, outFirst);
    return;
  }
  if (upsampling === 4) {
    smoothFour(waveform, first, nSamples, poleZero, scratch, deconvolved, outFirst);
    return;
  }
  const n = nSamples * upsampling;
  const repeated = new Float64Array(n);
  differences(waveform, first, nSamples, upsampling, poleZero, repeated, 0);
  const smoothed = scratch.subarray(0, n);
  smooth(repeated, upsampling, smoothed);
  smooth(smoothed.reverse(), upsampling, repeated);
  for (let i = 0; i < n; i++) deconvolved[outFirst + i] = repeated[n - 1 - i];
}

function differences(
  waveform: Float32Array | Float64Array,
  first: number,
  nSamples: number,
  upsampling: number,
  poleZero: number,
  out: Float64Array,
  outFirst: number,
): void {
  for (let k = 0; k < nSamples; k++) {
    const difference = k === 0 ? 0 : waveform[first + k] - poleZero * waveform[first + k - 1];
    out.fill(difference, outFirst + k * upsampling, outFirst + (k + 1) * upsampling);
  }
}

/**
 * Running mean of `width` values, with the outermost values repeated beyond the ends. A box of even width extends
 * further forward.
 */
function smooth(values: Float64Array, width: number, out: Float64Array): void {
  const last = values.length - 1;
  const weight = 1 / width;
  const half = width >> 1;
  const at = (i: number): number => values[i < 0 ? 0 : i > last ? last : i];
  for (let i = 0; i <= last; i++) {
    let sum: number;
    if (width % 2 === 0) {
      sum = at(i + half) * weight;
      for (let j = i - half + 1; j < i + half; j++) sum += at(j) * weight;
    } else {
      sum = at(i) * weight;
      for (let j = half; j > 0; j--) sum += (at(i - j) + at(i + j)) * weight;
    }
    out[i] = sum;
  }
}

/** Special case for an upsampling of 4, the usual one: a box of four covers at most two original samples. */
function smoothFour(
  waveform: Float32Array | Float64Array,
  first: number,
  nSamples: number,
  poleZero: number,
  smoothed: Float64Array,
  deconvolved: Float64Array,
  outFirst: number,
): void {
  let before = 0;
  let sample = 0;
  for (let k = 0; k < nSamples; k++) {
    const i = first + k;
    const after = k + 1 < nSamples ? (waveform[i + 1] - poleZero * waveform[i]) / 4 : sample;
    const at = 4 * k;
    smoothed[at] = sample + before + sample + sample;
    smoothed[at + 1] = sample + sample + sample + sample;
    smoothed[at + 2] = after + sample + sample + sample;
    smoothed[at + 3] = after + sample + sample + after;
    before = sample;
    sample = after;
  }
  const last = 4 * nSamples - 1;
  let twoBefore = smoothed[0] / 4;
  let oneBefore = twoBefore;
  let here = twoBefore;
  for (let i = 0; i <= last; i++) {
    const next = i < last ? smoothed[i + 1] / 4 : here;
    deconvolved[outFirst + i] = twoBefore + next + here + oneBefore;
    twoBefore = oneBefore;
    oneBefore = here;
    here = next;
  }
}
