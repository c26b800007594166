import type { Position } from '../problem.js';
import { ambiguousNumber } from './ambiguous-number.js';
import { MappingBuilder, scalarNode, type ConfigNode } from './config-node.js';

/**
 * Parses a command-line value: a Python literal (`None`, `True`, `1e3`, `'a'`, `(1, 2)`, `[("type", "*", 7.5)]`,
 * `{'a': 1}`), the equivalent JSON, or plain text. Words in lists need no quotes: `[type, LST*, 8]`.
 *
 * Text that is no literal is a string, so paths and names need no quotes. A mapping with a duplicate key is no literal. Numbers
 * are those of files: `1_000` is a string.
 *
 * @param addError - called for ambiguous numbers, such as `010`
 */
export function readLiteral(text: string, at: Position, addError: (message: string) => void): ConfigNode {
  try {
    const reader = new LiteralReader(text, at);
    const node = reader.readAll();
    reader.mistakes.forEach(addError);
    return node.type === 'mapping' ? node : { ...node, text };
  } catch (error) {
    if (!(error instanceof NotALiteral)) throw error;
    return { ...scalarNode(at, text), text };
  }
}

class NotALiteral extends Error {}

const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ['None', null],
  ['null', null],
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
]);
const NUMBER = /^[+-]?(?:0[xX][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)$/;
const CLOSING = { '(': ')', '[': ']' } as const;

class LiteralReader {
  readonly mistakes: string[] = [];
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly at: Position,
  ) {}

  readAll(): ConfigNode {
    const node = this.read(0, '');
    this.skipSpace();
    // Unlike Python, `1, 2` is a string and no tuple: traits such as `1,2,5-9` parse it themselves.
    if (this.position < this.text.length) throw new NotALiteral();
    return node;
  }

  /** @param ends - characters that end a word */
  private read(depth: number, ends: string): ConfigNode {
    if (depth > 100) throw new NotALiteral();
    this.skipSpace();
    const first = this.text[this.position];
    if (first === '[' || first === '(') return this.readList(depth, CLOSING[first]);
    if (first === '{') return this.readMapping(depth);
    if (first === '"' || first === "'") return scalarNode(this.at, this.readQuoted(first));
    const start = this.position;
    const word = this.readWord(ends);
    return scalarNode(this.at, word, this.text.slice(start, this.position).trim());
  }

  private readList(depth: number, closing: ')' | ']'): ConfigNode {
    const items: ConfigNode[] = [];
    this.position++;
    while (!this.consume(closing)) {
      items.push(this.read(depth + 1, `,${closing}`));
      if (!this.consume(',') && !this.isNext(closing)) throw new NotALiteral();
    }
    return { type: 'list', at: this.at, items };
  }

  private readMapping(depth: number): ConfigNode {
    const mapping = new MappingBuilder(this.at);
    this.position++;
    while (!this.consume('}')) {
      const key = this.read(depth + 1, ':,}');
      if (key.type !== 'scalar' || !this.consume(':')) throw new NotALiteral();
      if (!mapping.add(String(key.value), this.at, this.read(depth + 1, ',}'))) throw new NotALiteral();
      if (!this.consume(',') && !this.isNext('}')) throw new NotALiteral();
    }
    return mapping.node;
  }

  private readQuoted(quote: string): string {
    let result = '';
    for (this.position++; this.position < this.text.length; this.position++) {
      const letter = this.text.charAt(this.position);
      if (letter === quote) {
        this.position++;
        return result;
      }
      if (letter === '\\') result += unescape(this.text.charAt(++this.position));
      else result += letter;
    }
    throw new NotALiteral();
  }

  private readWord(ends: string): null | boolean | number | string {
    const start = this.position;
    while (this.position < this.text.length && !ends.includes(this.text.charAt(this.position))) this.position++;
    const word = this.text.slice(start, this.position).trim();
    if (word === '') throw new NotALiteral();
    const known = WORDS.get(word);
    if (known !== undefined) return known;
    if (!NUMBER.test(word)) return word;
    const ambiguity = ambiguousNumber(word);
    if (ambiguity !== undefined) this.mistakes.push(ambiguity);
    return toNumber(word);
  }

  private consume(letter: string): boolean {
    if (!this.isNext(letter)) return false;
    this.position++;
    return true;
  }

  private isNext(letter: string): boolean {
    this.skipSpace();
    return this.text[this.position] === letter;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.position))) this.position++;
  }
}

/** Resolves the escape sequences that configuration values need. Others stay unchanged, as in Python. */
function unescape(letter: string): string {
  const known: { readonly [letter: string]: string } = { n: '\n', t: '\t', '\\': '\\', "'": "'", '"': '"' };
  return known[letter] ?? `\\${letter}`;
}

/** Parses a number. `Number` accepts no sign before a hexadecimal number. */
function toNumber(word: string): number {
  return word.startsWith('-') ? -Number(word.slice(1)) : Number(word.replace(/^\+/, ''));
}
