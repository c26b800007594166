/**
 * Index of the first nonzero value at or after an index; the length of the mask without any. Looks at eight values at a time: few
 * pixels of a mask are selected.
 */
export function nextMarked(mask: Uint8Array, from: number): number {
  const { length } = mask;
  let i = from;
  for (; i + 8 <= length; i += 8) {
    const any =
      mask[i] | mask[i + 1] | mask[i + 2] | mask[i + 3] | mask[i + 4] | mask[i + 5] | mask[i + 6] | mask[i + 7];
    if (any !== 0) break;
  }
  while (i < length && mask[i] === 0) i++;
  return i;
}
