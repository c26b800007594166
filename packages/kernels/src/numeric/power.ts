// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute this software is
// freely granted, provided that this notice is preserved. (fdlibm 5.3, e_pow.c, after which this function is written.)

/** 1 and 1.5: the interval boundaries of the reduced argument. */
const BP = [1, 1.5] as const;
/** log2 of `BP`, in two parts. */
const DP_HIGH = [0, 5.84962487220764160156e-1] as const;
const DP_LOW = [0, 1.35003920212974897128e-8] as const;

const TWO_53 = 9007199254740992;

/** Coefficients of (3/2) (log(x) - 2 s - 2/3 s^3), s = (x - 1) / (x + 1). */
const L1 = 5.99999999999994648725e-1;
const L2 = 4.28571428578550184252e-1;
const L3 = 3.33333329818377432918e-1;
const L4 = 2.72728123808534006489e-1;
const L5 = 2.30660745775561754067e-1;
const L6 = 2.06975017800338417784e-1;

/** Coefficients of the exponential. */
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;

const LG2 = 6.93147180559945286227e-1;
const LG2_HIGH = 6.93147182464599609375e-1;
const LG2_LOW = -1.90465429995776804525e-9;
/** 2 / (3 ln 2), in two parts. */
const CP = 9.61796693925975554329e-1;
const CP_HIGH = 9.61796700954437255859e-1;
const CP_LOW = -7.02846165095275826516e-9;

/** Exponents of results, in powers of two, for which no intermediate result overflows or underflows. */
const MAX_EXPONENT = 1000;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * Raises a number to a power, like `base ** exponent`, with the same bits in all JavaScript engines.
 *
 * Engines differ in the last bit of `**`, unless the exponent is 1 or 2: Node 20 and 24 do. The result is that of Node 20; its error is
 * below one unit in the last place. Only where the result is smaller than 2^-1000 or larger than 2^1000, it is the engine's.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 1) return base;
  const engine = base ** exponent;
  const magnitude = Math.abs(base);
  const isExact = exponent === 0 || exponent === 2 || magnitude === 1 || magnitude === 0 || !Number.isFinite(engine);
  if (isExact || !(Math.abs(exponent * Math.log2(magnitude)) < MAX_EXPONENT)) return engine;
  const result = powerOfPositive(magnitude, exponent);
  return engine < 0 ? -result : result;
}

function powerOfPositive(x: number, y: number): number {
  // These are rounded correctly.
  if (y === -1) return 1 / x;
  if (y === 0.5) return Math.sqrt(x);
  const [logHigh, logLow] = log2InTwoParts(x);
  // y log2(x), in two parts
  const yHigh = truncated(y);
  const low = (y - yHigh) * logHigh + y * logLow;
  let high = yHigh * logHigh;
  const sum = low + high;
  const binary = Math.abs(sum) > 0.5 ? nearestInteger(sum) : 0;
  high -= binary;
  const t = truncated(low + high);
  const u = t * LG2_HIGH;
  const v = (low - (t - high)) * LG2 + t * LG2_LOW;
  const z = u + v;
  const w = v - (z - u);
  const z2 = z * z;
  const t1 = z - z2 * (P1 + z2 * (P2 + z2 * (P3 + z2 * (P4 + z2 * P5))));
  // Unlike in fdlibm, where the second term is subtracted from the quotient, as in Node 20.
  const r = (z * t1) / (t1 - 2 - (w + z * w));
  return (1 - (r - z)) * 2 ** binary;
}

/** log2 of a positive number, in two parts of which the first has 32 bits less than a double. */
function log2InTwoParts(x: number): [high: number, low: number] {
  let scaled = x;
  let n = 0;
  if (highWord(x) < 0x00100000) {
    scaled *= TWO_53;
    n -= 53;
  }
  const bits = highWord(scaled);
  n += (bits >> 20) - 0x3ff;
  const fraction = bits & 0x000fffff;
  let ix = fraction | 0x3ff00000;
  let k: 0 | 1 = 0;
  if (fraction > 0x3988e) {
    if (fraction < 0xbb67a) k = 1;
    else {
      n += 1;
      ix -= 0x00100000;
    }
  }
  const ax = withHighWord(scaled, ix);
  // s = (x - 1) / (x + 1) or (x - 1.5) / (x + 1.5), in two parts
  const u = ax - BP[k];
  const v = 1 / (ax + BP[k]);
  const s = u * v;
  const sHigh = truncated(s);
  let tHigh = withHighWord(0, ((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18));
  let tLow = ax - (tHigh - BP[k]);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  const s2 = s * s;
  let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))));
  r += sLow * (sHigh + s);
  const sHigh2 = sHigh * sHigh;
  tHigh = truncated(3 + sHigh2 + r);
  tLow = r - (tHigh - 3 - sHigh2);
  const uHigh = sHigh * tHigh;
  const vLow = sLow * tHigh + tLow * s;
  const pHigh = truncated(uHigh + vLow);
  const pLow = vLow - (pHigh - uHigh);
  const zHigh = CP_HIGH * pHigh;
  const zLow = CP_LOW * pHigh + pLow * CP + DP_LOW[k];
  const high = truncated(zHigh + zLow + DP_HIGH[k] + n);
  return [high, zLow - (high - n - DP_HIGH[k] - zHigh)];
}

/** The nearest integer, as fdlibm rounds: halves away from zero. */
function nearestInteger(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

function highWord(value: number): number {
  double[0] = value;
  return words[HIGH];
}

function withHighWord(value: number, high: number): number {
  double[0] = value;
  words[HIGH] = high;
  return double[0];
}

/** The number without the lower 32 bits of its fraction. */
function truncated(value: number): number {
  double[0] = value;
  words[1 - HIGH] = 0;
  return double[0];
}
