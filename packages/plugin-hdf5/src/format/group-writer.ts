import { alignTo8, MessageBuilder, nulTerminated, UNDEFINED_ADDRESS } from './message-builder.js';
import { attributeMessage, MessageType, objectHeader, type AttributeValue } from './object-header-writer.js';

/** Half the maximum number of entries of a symbol table node; stored in the superblock. */
export const GROUP_LEAF_K = 32;
/** Half the maximum number of children of a B-tree node; stored in the superblock. */
export const GROUP_INTERNAL_K = 16;

/** Appends a structure to the file and returns its address. */
export type Allocate = (bytes: Uint8Array) => number;

/** Addresses of a child of a group. For groups, the symbol table is cached in the parent. */
export interface ChildAddress {
  readonly header: number;
  readonly symbolTable?: SymbolTable;
}

/** Addresses of a group's index (B-tree) and names (local heap). */
interface SymbolTable {
  readonly btree: number;
  readonly heap: number;
}

interface Entry {
  readonly nameOffset: number;
  readonly child: ChildAddress;
}

/** Node of the index and the heap offset of its last name. */
interface IndexNode {
  readonly address: number;
  readonly lastName: number;
}

/** Encodes a symbol table entry, 40 bytes, for symbol table nodes and for the root group in the superblock. */
export function symbolTableEntry(nameOffset: number, child: ChildAddress): Uint8Array {
  const { header, symbolTable } = child;
  return new MessageBuilder(40)
    .u64(nameOffset)
    .u64(header)
    .u32(symbolTable ? 1 : 0)
    .u32(0)
    .u64(symbolTable?.btree ?? 0)
    .u64(symbolTable?.heap ?? 0).bytes;
}

function chunk<T>(items: readonly T[], length: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < items.length; i += length) parts.push(items.slice(i, i + length));
  return parts;
}

function writeLeaves(entries: readonly Entry[], allocate: Allocate): IndexNode[] {
  const capacity = 2 * GROUP_LEAF_K;
  const nodeBytes = 8 + capacity * 40;
  return chunk(entries, capacity).map((part) => {
    const node = new MessageBuilder(nodeBytes).text('SNOD').u8(1, 0).u16(part.length);
    for (const { nameOffset, child } of part) node.raw(symbolTableEntry(nameOffset, child));
    const lastName = part[part.length - 1].nameOffset;
    return { address: allocate(node.zerosUpTo(nodeBytes).bytes), lastName };
  });
}

// Nodes of a level are contiguous in the file, so that the addresses of siblings are known in advance.
function writeIndexLevel(children: readonly IndexNode[], level: number, allocate: Allocate): IndexNode[] {
  const capacity = 2 * GROUP_INTERNAL_K;
  const nodeBytes = 24 + capacity * 8 + (capacity + 1) * 8;
  const parts = chunk(children, capacity);
  const nodes: MessageBuilder[] = parts.map((part, i) => {
    const firstKey = i === 0 ? 0 : parts[i - 1][parts[i - 1].length - 1].lastName;
    const node = new MessageBuilder(nodeBytes).text('TREE').u8(0, level).u16(part.length).zeros(16).u64(firstKey);
    for (const child of part) node.u64(child.address).u64(child.lastName);
    return node.zerosUpTo(nodeBytes);
  });
  const base = allocate(new Uint8Array(0));
  return nodes.map((node, i) => {
    const siblings = new MessageBuilder(16)
      .u64(i > 0 ? base + (i - 1) * nodeBytes : UNDEFINED_ADDRESS)
      .u64(i < nodes.length - 1 ? base + (i + 1) * nodeBytes : UNDEFINED_ADDRESS);
    node.bytes.set(siblings.bytes, 8);
    return { address: allocate(node.bytes), lastName: parts[i][parts[i].length - 1].lastName };
  });
}

function writeIndex(entries: readonly Entry[], allocate: Allocate): number {
  let level = 0;
  let nodes = writeLeaves(entries, allocate);
  do nodes = writeIndexLevel(nodes, level++, allocate);
  while (nodes.length > 1);
  if (nodes.length === 1) return nodes[0].address;
  const nodeBytes = 24 + 4 * GROUP_INTERNAL_K * 8 + 8;
  const empty = new MessageBuilder(nodeBytes)
    .text('TREE')
    .u8(0, 0)
    .u16(0)
    .u64(UNDEFINED_ADDRESS)
    .u64(UNDEFINED_ADDRESS);
  return allocate(empty.zerosUpTo(nodeBytes).bytes);
}

/**
 * Writes an old-style group: local heap with the names, symbol table nodes, B-tree version 1, object header.
 *
 * @param children - addresses by name, in any order
 * @returns addresses of the group
 */
export function writeGroup(
  children: ReadonlyMap<string, ChildAddress>,
  attributes: ReadonlyMap<string, AttributeValue>,
  allocate: Allocate,
): Required<ChildAddress> {
  const names = new MessageBuilder(256).zeros(8);
  // The B-tree is ordered by the UTF-8 bytes of the names.
  const sorted = [...children]
    .map(([name, child]) => ({ name: nulTerminated(name), child }))
    .sort((a, b) => compareBytes(a.name, b.name));
  const entries = sorted.map(({ name, child }) => {
    const nameOffset = names.length;
    names.padded(name);
    return { nameOffset, child };
  });
  const btree = writeIndex(entries, allocate);
  const namesAddress = allocate(names.bytes);
  // Free list offset 1: the free list is empty.
  const heap = allocate(
    new MessageBuilder(32).text('HEAP').u8(0, 0, 0, 0).u64(alignTo8(names.length)).u64(1).u64(namesAddress).bytes,
  );
  const symbolTable = new MessageBuilder(16).u64(btree).u64(heap).bytes;
  const header = objectHeader([
    [MessageType.SYMBOL_TABLE, symbolTable],
    ...[...attributes].map(([name, value]) => attributeMessage(name, value)),
  ]);
  return { header: allocate(header), symbolTable: { btree, heap } };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}
