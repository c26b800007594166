import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { ConfigNode, MappingEntry } from './config-node.js';
import type { Position, Problem } from '../problem.js';

/** Far above what people write; an alias that repeats itself gets there in no time. */
const MOST_NODES = 100_000;
const DEEPEST = 100;

/**
 * Reads YAML 1.2 (and with it JSON). Mistakes of syntax are added to `problems`, all of them, except that the first one that
 * makes the rest unreadable is the last.
 *
 * @returns undefined for a file that is empty or that cannot be read
 */
export function readYaml(text: string, file: string, problems: Problem[]): ConfigNode | undefined {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { source: file, line, column: col };
  };
  const complain = (offset: number, message: string): void => {
    problems.push({ severity: 'error', at: positionAt(offset), message });
  };
  if (!Array.isArray(documents)) return undefined;
  const [document, second] = documents;
  if (second) complain(second.range[0], 'a second document; a configuration is one document');
  if (!document) return undefined;
  let readable = true;
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    if (code === 'DUPLICATE_KEY') continue; // told by its name when the mapping is read
    complain(pos[0], wordsFor(code, message));
    readable &&= code === 'TAG_RESOLVE_FAILED';
  }
  if (!readable || document.contents === null) return undefined;
  try {
    return new YamlReader(document, positionAt, complain).read(document.contents, 0);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    complain(error.offset, error.message);
    return undefined;
  }
}

class TooLarge extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

class YamlReader {
  private count = 0;
  /** To find one, the library walks through the whole document. */
  private readonly targets = new Map<Alias, Node>();

  constructor(
    private readonly document: Document,
    private readonly positionAt: (offset: number) => Position,
    private readonly complain: (offset: number, message: string) => void,
  ) {}

  read(node: unknown, offset: number, depth = 0): ConfigNode {
    const found = node as Node | null;
    const start = found?.range?.[0] ?? offset;
    if (depth > DEEPEST) throw new TooLarge(start, `nested deeper than ${DEEPEST} levels`);
    if (++this.count > MOST_NODES) throw new TooLarge(start, `more than ${MOST_NODES} values`);
    const at = this.positionAt(start);
    // A position is that of the alias: there is the key that it belongs to.
    if (isAlias(found)) return { ...this.read(this.follow(found, start), start, depth + 1), at };
    if (isMap(found)) return { type: 'mapping', at, entries: this.readEntries(found, depth) };
    if (isSeq(found)) return { type: 'list', at, items: found.items.map((item) => this.read(item, start, depth + 1)) };
    return { type: 'scalar', at, value: isScalar(found) ? plainValue(found.value) : null };
  }

  private follow(alias: Alias, start: number): Node | null {
    let node = this.targets.get(alias);
    if (!node) {
      node = alias.resolve(this.document);
      if (!node) this.complain(start, `*${alias.source} stands for nothing: there is no &${alias.source} before it`);
      else this.targets.set(alias, node);
    }
    return node ?? null;
  }

  private readEntries(map: YAMLMap, depth: number): MappingEntry[] {
    const entries: MappingEntry[] = [];
    const seen = new Set<string>();
    for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
      const offset = key?.range?.[0] ?? map.range?.[0] ?? 0;
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.complain(offset, `expected a name, found ${String(key)}`);
      } else if (key.value === '<<') {
        this.complain(offset, 'merge keys (<<) are not part of YAML 1.2; name the sections of a base class instead');
      } else if (seen.has(key.value)) {
        this.complain(offset, `${key.value} stands in the same mapping twice`);
      } else {
        seen.add(key.value);
        entries.push({ key: key.value, keyAt: this.positionAt(offset), value: this.read(value, offset, depth + 1) });
      }
    }
    return entries;
  }
}

/** With the core schema a scalar is one of these; a number beyond what a double can hold stays one. */
function plainValue(value: unknown): null | boolean | number | string {
  const isPlain = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
  return isPlain ? value : null;
}

function wordsFor(code: string, message: string): string {
  if (code === 'TAG_RESOLVE_FAILED') return 'tags such as !x have no meaning here';
  // What the library's parser says of a text that is deeper than its stack.
  return message.includes('call stack') ? 'nested too deeply' : lowerCase(message);
}

function lowerCase(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
