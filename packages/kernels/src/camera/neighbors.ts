/**
 * Neighbours of all pixels, as compressed sparse rows: those of pixel `i` are `indices[offsets[i]]` to
 * `indices[offsets[i + 1] - 1]`, in ascending order.
 */
export interface Neighbors {
  /** nPixels + 1 entries. */
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
}

/** Dense adjacency matrix, row by row: 1 at `i * nPixels + j` if pixel j is a neighbour of pixel i. */
export function neighborMatrix(neighbors: Neighbors): Uint8Array {
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  const matrix = new Uint8Array(nPixels * nPixels);
  for (let i = 0; i < nPixels; i++) {
    for (let k = offsets[i]; k < offsets[i + 1]; k++) matrix[i * nPixels + indices[k]] = 1;
  }
  return matrix;
}

/** Neighbours among the pixels of a mask only, renumbered in the order of the selected pixels. */
export function selectNeighbors(neighbors: Neighbors, mask: Uint8Array): Neighbors {
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  const newIndex = new Int32Array(nPixels);
  let nSelected = 0;
  for (let i = 0; i < nPixels; i++) newIndex[i] = mask[i] ? nSelected++ : -1;

  const selectedOffsets = new Int32Array(nSelected + 1);
  const selectedIndices = new Int32Array(indices.length);
  let count = 0;
  for (let i = 0; i < nPixels; i++) {
    if (newIndex[i] < 0) continue;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      if (newIndex[indices[k]] >= 0) selectedIndices[count++] = newIndex[indices[k]];
    }
    selectedOffsets[newIndex[i] + 1] = count;
  }
  return { offsets: selectedOffsets, indices: selectedIndices.slice(0, count) };
}
