/**
 * Which pixels touch which, as compressed sparse rows: the neighbours of pixel `i` are
 * `indices[offsets[i]]` to `indices[offsets[i + 1] - 1]`, in ascending order.
 */
export interface Neighbors {
  /** nPixels + 1 entries. */
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
}
