import type { Allocate } from './group-writer.js';
import { MessageBuilder, UNDEFINED_ADDRESS } from './message-builder.js';

/** Half the maximum number of children of a node. Default of the HDF5 library; fixed with superblock version 0. */
const CHUNK_INDEX_K = 32;

/** Chunk of rows in the file. */
export interface StoredChunk {
  /** Index of the first row. */
  readonly row: number;
  /** Size in the file, after the filters, bytes. */
  readonly bytes: number;
  /** Position in the file, bytes. */
  readonly address: number;
}

/**
 * Writes the chunk index of a dataset, whose chunks contain whole rows, as a B-tree, version 1.
 *
 * @param chunks - chunks in row order
 * @param endRow - index of the row after the last chunk
 * @param rank - number of dimensions of the dataset
 * @returns address of the root node, or the undefined address if there are no chunks
 */
export function writeChunkIndex(
  chunks: readonly StoredChunk[],
  endRow: number,
  allocate: Allocate,
  rank = 1,
): number | bigint {
  if (chunks.length === 0) return UNDEFINED_ADDRESS;
  let nodes = chunks;
  let level = 0;
  do nodes = writeLevel(nodes, endRow, level++, allocate, rank);
  while (nodes.length > 1);
  return nodes[0].address;
}

// Key: size of the chunk in bytes, mask of skipped filters, offset of the chunk in each dimension and within an element.
function writeKey(node: MessageBuilder, bytes: number, row: number, rank: number): void {
  node.u32(bytes).u32(0).u64(row);
  for (let i = 0; i < rank; i++) node.u64(0);
}

function writeLevel(
  children: readonly StoredChunk[],
  endRow: number,
  level: number,
  allocate: Allocate,
  rank: number,
): StoredChunk[] {
  const capacity = 2 * CHUNK_INDEX_K;
  const nodeBytes = 24 + (capacity + 1) * (16 + 8 * rank) + capacity * 8;
  const base = allocate(new Uint8Array(0));
  const nodes: StoredChunk[] = [];
  for (let start = 0; start < children.length; start += capacity) {
    const part = children.slice(start, start + capacity);
    const next = children.at(start + capacity);
    const left = start > 0 ? base + (nodes.length - 1) * nodeBytes : UNDEFINED_ADDRESS;
    const right = next ? base + (nodes.length + 1) * nodeBytes : UNDEFINED_ADDRESS;
    const node = new MessageBuilder(nodeBytes).text('TREE').u8(1, level).u16(part.length).u64(left).u64(right);
    for (const { bytes, row, address } of part) {
      writeKey(node, bytes, row, rank);
      node.u64(address);
    }
    writeKey(node, next?.bytes ?? 0, next?.row ?? endRow, rank);
    nodes.push({ row: part[0].row, bytes: part[0].bytes, address: allocate(node.zerosUpTo(nodeBytes).bytes) });
  }
  return nodes;
}
