import type { Allocate } from './group-writer.js';
import { MessageBuilder, UNDEFINED_ADDRESS } from './message-builder.js';

/** Half of the children of a node: the library's default, which version 0 of the superblock cannot change. */
const CHUNK_INDEX_K = 32;

/** A chunk of rows in the file. */
export interface StoredChunk {
  /** First row. */
  readonly row: number;
  /** Bytes in the file, after the filters. */
  readonly bytes: number;
  readonly address: number;
}

/**
 * Writes the B-tree, version 1, that finds the chunks of a one-dimensional dataset.
 *
 * @param chunks - in the order of their rows
 * @param endRow - the row after the last chunk
 * @returns the address of the root, or the undefined address for a dataset without chunks
 */
export function writeChunkIndex(chunks: readonly StoredChunk[], endRow: number, allocate: Allocate): number | bigint {
  if (chunks.length === 0) return UNDEFINED_ADDRESS;
  let nodes = chunks;
  let level = 0;
  do nodes = writeLevel(nodes, endRow, level++, allocate);
  while (nodes.length > 1);
  return nodes[0].address;
}

// A key is a chunk's size in bytes, the mask of skipped filters, and its offset in each dimension, the last within an element.
function writeKey(node: MessageBuilder, bytes: number, row: number): void {
  node.u32(bytes).u32(0).u64(row).u64(0);
}

function writeLevel(
  children: readonly StoredChunk[],
  endRow: number,
  level: number,
  allocate: Allocate,
): StoredChunk[] {
  const capacity = 2 * CHUNK_INDEX_K;
  const nodeBytes = 24 + (capacity + 1) * 24 + capacity * 8;
  const base = allocate(new Uint8Array(0));
  const nodes: StoredChunk[] = [];
  for (let start = 0; start < children.length; start += capacity) {
    const part = children.slice(start, start + capacity);
    const next = children.at(start + capacity);
    const left = start > 0 ? base + (nodes.length - 1) * nodeBytes : UNDEFINED_ADDRESS;
    const right = next ? base + (nodes.length + 1) * nodeBytes : UNDEFINED_ADDRESS;
    const node = new MessageBuilder(nodeBytes).text('TREE').u8(1, level).u16(part.length).u64(left).u64(right);
    for (const { bytes, row, address } of part) {
      writeKey(node, bytes, row);
      node.u64(address);
    }
    writeKey(node, next?.bytes ?? 0, next?.row ?? endRow);
    nodes.push({ row: part[0].row, bytes: part[0].bytes, address: allocate(node.zerosUpTo(nodeBytes).bytes) });
  }
  return nodes;
}
