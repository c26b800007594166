import { gzipSync } from 'node:zlib';
import { byteSourceFrom, ByteOutput, decompressed, MemorySink } from '@cherenkit/io';
import type { MutantOptions } from './mutant-run.js';
import { allObjects, objectBytes, objectContent, readObjects, type ObjectNode } from './object-tree.js';

/** Number of an object among all, or its type and its number among those of the type. */
type ObjectPlace = number | readonly [type: number, index: number];

/**
 * One change to a file. Objects are numbered parents first, or given by type and number; offsets and numbers are taken modulo
 * what there is, so that every change applies to every file. Fields of damaged objects that hold numbers are little-endian.
 */
export type Damage =
  /** Replaces an integer of `size` bytes in the content of an object. */
  | {
      readonly do: 'number';
      readonly object: ObjectPlace;
      readonly at: number;
      readonly size: 1 | 2 | 4;
      readonly value: number;
    }
  /** Replaces fields of an object's header. */
  | {
      readonly do: 'header';
      readonly object: ObjectPlace;
      readonly type?: number;
      readonly version?: number;
      readonly id?: number;
    }
  /** Declares a length that differs from the number of bytes. */
  | { readonly do: 'length'; readonly object: ObjectPlace; readonly by: number }
  /** Replaces the content of an object, or its end from `keep` on, by a number of bytes: a hexadecimal pattern, repeated. */
  | {
      readonly do: 'content';
      readonly object: ObjectPlace;
      readonly keep: number;
      readonly length: number;
      readonly pattern: string;
    }
  | { readonly do: 'remove'; readonly object: ObjectPlace }
  /** Puts copies behind an object, each with an id that is larger by `idStep`. */
  | { readonly do: 'repeat'; readonly object: ObjectPlace; readonly times: number; readonly idStep: number }
  /** Exchanges two objects with all they contain. */
  | { readonly do: 'exchange'; readonly object: ObjectPlace; readonly with: ObjectPlace }
  /** Inserts objects before an object, each with an id that is larger by `idStep`. */
  | {
      readonly do: 'insert';
      readonly object: ObjectPlace;
      readonly type: number;
      readonly version: number;
      readonly id: number;
      readonly onlySubobjects?: boolean;
      /** The first bytes of the content. */
      readonly hex?: string;
      /** Length of the content; the rest is filled with `fill`. */
      readonly length: number;
      readonly fill?: number;
      readonly times?: number;
      readonly idStep?: number;
    }
  /** Changes of the bytes of the file, as they are stored. */
  | { readonly do: 'byte'; readonly at: number; readonly value: number }
  | { readonly do: 'bit'; readonly at: number; readonly bit: number }
  | { readonly do: 'removeBytes'; readonly at: number; readonly count: number }
  | { readonly do: 'copyBytes'; readonly from: number; readonly to: number; readonly count: number }
  | { readonly do: 'insertBytes'; readonly at: number; readonly count: number; readonly fill: number }
  | { readonly do: 'cut'; readonly at: number }
  /** Compresses the file, so that the following changes damage the compressed bytes. */
  | { readonly do: 'gzip' }
  | { readonly do: 'zstd' }
  /** Changes of the lines of a configuration file. */
  | { readonly do: 'removeLine'; readonly line: number }
  | { readonly do: 'repeatLine'; readonly line: number; readonly times: number }
  | { readonly do: 'moveLine'; readonly line: number; readonly to: number }
  | { readonly do: 'indent'; readonly line: number; readonly by: number }
  | { readonly do: 'value'; readonly line: number; readonly text: string }
  | { readonly do: 'insertLine'; readonly line: number; readonly text: string; readonly times?: number };

/** A damaged file as data: a file of the corpus, and what is changed in it. */
export interface Recipe extends MutantOptions {
  readonly base: string;
  readonly damage: readonly Damage[];
}

/** Whether a file of the corpus is a configuration, by its name. */
export function isConfiguration(name: string): boolean {
  return /\.(yaml|toml|json)$/.test(name);
}

/**
 * Makes the damaged file.
 *
 * @param decompressedBase - the content of `base`
 */
export async function applyRecipe(
  base: Uint8Array,
  damage: readonly Damage[],
  decompressedBase: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  let isUnchanged = true;
  let bytes: Uint8Array = Uint8Array.from(base);
  let objects: ObjectNode[] | undefined;
  for (const change of damage) {
    if (isObjectDamage(change)) {
      objects ??= await readObjects(await (isUnchanged ? decompressedBase() : decompressedBytes(bytes)));
      isUnchanged = false;
      damageObjects(objects, change);
      continue;
    }
    if (objects !== undefined) bytes = objectBytes(objects);
    objects = undefined;
    isUnchanged = false;
    bytes = await damageBytes(bytes, change);
  }
  return objects === undefined ? bytes : objectBytes(objects);
}

/** The content of a file; the bytes themselves if they are not compressed. */
export async function decompressedBytes(bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressed(byteSourceFrom(bytes))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type ObjectDamage = Extract<Damage, { readonly object: ObjectPlace }>;

function isObjectDamage(damage: Damage): damage is ObjectDamage {
  return 'object' in damage;
}

/** The remainder in 0 ... n - 1; 0 if there is nothing. */
function modulo(value: number, n: number): number {
  return n === 0 ? 0 : ((value % n) + n) % n;
}

function findObject(all: readonly ObjectNode[], place: ObjectPlace): ObjectNode | undefined {
  const candidates = typeof place === 'number' ? all : all.filter(({ type }) => type === place[0]);
  return candidates[modulo(typeof place === 'number' ? place : place[1], candidates.length)];
}

function siblingsOf(roots: ObjectNode[], node: ObjectNode): ObjectNode[] {
  if (roots.includes(node)) return roots;
  return allObjects(roots).find(({ children }) => children.includes(node))?.children ?? roots;
}

function copyOf(node: ObjectNode, idStep: number): ObjectNode {
  return { ...node, id: node.id + idStep, children: node.children.map((child) => copyOf(child, 0)) };
}

function damageObjects(roots: ObjectNode[], damage: ObjectDamage): void {
  const all = allObjects(roots);
  const node = findObject(all, damage.object);
  if (node === undefined) return;
  const siblings = siblingsOf(roots, node);
  switch (damage.do) {
    case 'number': {
      const { at, size, value } = damage;
      const places = node.content.length - size + 1;
      if (places <= 0) return;
      node.content = Uint8Array.from(node.content);
      const view = new DataView(node.content.buffer);
      const begin = modulo(at, places);
      if (size === 1) view.setUint8(begin, value);
      else if (size === 2) view.setUint16(begin, value, true);
      else view.setUint32(begin, value, true);
      return;
    }
    case 'header': {
      const { type = node.type, version = node.version, id = node.id } = damage;
      Object.assign(node, { type, version, id });
      return;
    }
    case 'length':
      node.lengthError = damage.by;
      return;
    case 'content': {
      const kept = objectContent(node).subarray(0, damage.keep);
      node.content = Buffer.concat([kept, Buffer.alloc(damage.length, damage.pattern, 'hex')]);
      node.children = [];
      return;
    }
    case 'remove':
      siblings.splice(siblings.indexOf(node), 1);
      return;
    case 'repeat': {
      const copies = Array.from({ length: damage.times }, (_, i) => copyOf(node, (i + 1) * damage.idStep));
      const behind = siblings.splice(siblings.indexOf(node) + 1);
      for (const copy of copies) siblings.push(copy);
      for (const sibling of behind) siblings.push(sibling);
      return;
    }
    case 'exchange': {
      const other = findObject(all, damage.with);
      if (other === undefined || allObjects([node]).includes(other) || allObjects([other]).includes(node)) return;
      const others = siblingsOf(roots, other);
      const [i, j] = [siblings.indexOf(node), others.indexOf(other)];
      [siblings[i], others[j]] = [other, node];
      return;
    }
    case 'insert': {
      const { type, version, id, onlySubobjects = false, hex = '', length, fill = 0, times = 1, idStep = 0 } = damage;
      const first = Uint8Array.from(Buffer.from(hex, 'hex'));
      const content = new Uint8Array(Math.max(length, first.length)).fill(fill);
      content.set(first);
      const inserted = Array.from({ length: times }, (_, i) => ({
        ...{ type, version, id: id + i * idStep, content, children: [], onlySubobjects, lengthError: 0 },
      }));
      const behind = siblings.splice(siblings.indexOf(node));
      for (const object of [...inserted, ...behind]) siblings.push(object);
    }
  }
}

async function damageBytes(bytes: Uint8Array, damage: Exclude<Damage, ObjectDamage>): Promise<Uint8Array> {
  switch (damage.do) {
    case 'byte':
      if (bytes.length > 0) bytes[modulo(damage.at, bytes.length)] = damage.value;
      return bytes;
    case 'bit':
      if (bytes.length > 0) bytes[modulo(damage.at, bytes.length)] ^= 1 << (damage.bit & 7);
      return bytes;
    case 'removeBytes': {
      const at = modulo(damage.at, bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + damage.count)]);
    }
    case 'copyBytes': {
      const [from, to] = [modulo(damage.from, bytes.length), modulo(damage.to, bytes.length)];
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + damage.count), bytes.subarray(to)]);
    }
    case 'insertBytes': {
      const at = modulo(damage.at, bytes.length);
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(damage.count, damage.fill), bytes.subarray(at)]);
    }
    case 'cut':
      return bytes.subarray(0, modulo(damage.at, bytes.length));
    case 'gzip':
      return gzipSync(bytes, { level: 1 });
    case 'zstd':
      return zstd(bytes);
    default:
      return damageLines(bytes, damage);
  }
}

async function zstd(bytes: Uint8Array): Promise<Uint8Array> {
  const sink = new MemorySink();
  await using output = await ByteOutput.open(sink, 'mutant.zst');
  await output.append(bytes);
  await output.publish();
  return sink.bytes ?? new Uint8Array(0);
}

function damageLines(bytes: Uint8Array, damage: Extract<Damage, { readonly line: number }>): Uint8Array {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const line = modulo(damage.line, lines.length);
  const text = lines[line];
  switch (damage.do) {
    case 'removeLine':
      lines.splice(line, 1);
      break;
    case 'repeatLine':
      lines[line] = `${text}\n`.repeat(damage.times) + text;
      break;
    case 'moveLine':
      lines.splice(line, 1);
      lines.splice(modulo(damage.to, lines.length + 1), 0, text);
      break;
    case 'indent':
      lines[line] = damage.by < 0 ? text.slice(-damage.by) : ' '.repeat(damage.by) + text;
      break;
    case 'value':
      lines[line] = `${text.split(':')[0]}: ${damage.text}`;
      break;
    case 'insertLine':
      lines[line] = `${`${damage.text}\n`.repeat(damage.times ?? 1)}${text}`;
  }
  return Buffer.from(lines.join('\n'));
}
