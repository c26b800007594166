/** The value of an IEEE 754 half-precision number. */
export function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The bits of the half-precision number that is nearest; of two as near the even one, as IEEE 754 has it. */
export function numberToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2^-14 numbers lie 2^-24 apart, above that 2^-10 of the power of two below them.
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  const steps = roundedToEven(magnitude * 2 ** (10 - exponent));
  // 2048 steps, after rounding, are 1024 of the next exponent; the addition carries.
  return sign | (((exponent + 14) << 10) + steps);
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
