/** Decodes an IEEE 754 half-precision number. */
export function decodeHalfFloat(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Encodes a number as the nearest IEEE 754 half-precision number; ties round to even. */
export function encodeHalfFloat(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Subnormal numbers, below 2^-14, have a spacing of 2^-24.
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  const significand = roundHalfToEven(magnitude * 2 ** (10 - exponent));
  // A significand rounded up to 2048 carries into the exponent.
  return sign | (((exponent + 14) << 10) + significand);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  return fraction > 0.5 || (fraction === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
