/**
 * Rearranges numbers in place so that the one at index `nth` is where sorting would put it: those before it are not larger, those
 * after it not smaller. Source: C. A. R. Hoare, Algorithm 65: Find, Communications of the ACM 4 (1961) 321.
 *
 * @param values - without NaN
 * @param nth - less than `length`
 * @param length - number of values, from the first one
 * @returns the value at `nth`
 */
export function selectNth(values: Float32Array | Float64Array, nth: number, length = values.length): number {
  let [low, high] = [0, length - 1];
  while (low < high) {
    const pivot = middleOf(values[low], values[(low + high) >>> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (nth <= j) high = j;
    else if (nth >= i) low = i;
    else break;
  }
  return values[nth];
}

/**
 * Median of numbers, which are rearranged in place; NaN without numbers. As in numpy, that of an even number of
 * single-precision numbers, the mean of the two in the middle, is in single precision.
 *
 * @param values - without NaN
 * @param length - number of values, from the first one
 */
export function medianInPlace(values: Float32Array | Float64Array, length = values.length): number {
  if (length === 0) return NaN;
  const half = length >>> 1;
  const upper = selectNth(values, half, length);
  if (length % 2 === 1) return upper;
  let lower = values[0];
  for (let i = 1; i < half; i++) if (values[i] > lower) lower = values[i];
  return values instanceof Float32Array ? Math.fround(Math.fround(lower + upper) / 2) : (lower + upper) / 2;
}

function middleOf(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}
