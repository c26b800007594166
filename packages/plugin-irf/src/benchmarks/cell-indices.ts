import { binIndices } from '@cherenkit/kernels';

/** Cells of events in bins of energy and angle to the pointing, of which the energy is the fastest; -1 outside. */
export function cellIndices(
  energies: Float64Array,
  energyEdges: Float64Array,
  offsets: Float64Array,
  offsetEdges: Float64Array,
): { readonly cells: Int32Array; readonly nCells: number } {
  const nEnergies = energyEdges.length - 1;
  const energyBins = binIndices(energies, energyEdges);
  const cells = binIndices(offsets, offsetEdges).map((offsetBin, i) =>
    offsetBin < 0 || energyBins[i] < 0 ? -1 : offsetBin * nEnergies + energyBins[i],
  );
  return { cells, nCells: nEnergies * (offsetEdges.length - 1) };
}
