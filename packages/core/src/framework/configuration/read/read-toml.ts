import { parseTOML, ParseError, type AST } from 'toml-eslint-parser';
import type { Position, Problem } from '../problem.js';
import type { NodeLimits } from './config-node.js';
import {
  MappingBuilder,
  scalarNode,
  withinLimits,
  type ConfigNode,
  type ListNode,
  type MappingNode,
} from './config-node.js';
import { tomlMessage } from './syntax-message.js';

/**
 * Parses TOML 1.0.
 *
 * @returns undefined, with a problem added, for invalid TOML
 */
export function readToml(text: string, file: string, problems: Problem[]): ConfigNode | undefined {
  return withinLimits(problems, (limits) => {
    checkDepth(text, file, limits);
    try {
      return new TomlReader(file, limits, problems).readTables(parseTOML(text, { tomlVersion: '1.0' }).body[0]);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      const at = { source: file, line: error.lineNumber, column: error.column + 1 };
      problems.push({ severity: 'error', at, message: tomlMessage(error.message, text.slice(error.index)) });
      return undefined;
    }
  });
}

/** Matches strings and comments, in which brackets are to be ignored, and brackets. */
const TOKEN = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#.*|[[\]{}]/g;

/**
 * Checks the nesting depth before parsing, since the parser is recursive.
 *
 * @throws SizeLimitExceeded
 */
function checkDepth(text: string, file: string, limits: NodeLimits): void {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === ']' || token === '}') depth--;
    else if (token === '[' || token === '{') limits.checkDepth(++depth, () => positionIn(text, index, file));
  }
}

function positionIn(text: string, index: number, file: string): Position {
  const before = text.slice(0, index).split('\n');
  return { source: file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

class TomlReader {
  /** The last table of each array of tables, which subsequent headers refer to. */
  private readonly lastTables = new Map<ConfigNode, MappingBuilder>();

  constructor(
    private readonly file: string,
    private readonly limits: NodeLimits,
    private readonly problems: Problem[],
  ) {}

  readTables({ body, loc }: AST.TOMLTopLevelTable): MappingNode {
    const root = new MappingBuilder(this.positionAt(loc));
    for (const part of body) {
      if (part.type === 'TOMLKeyValue') this.addPair(root, part, 0);
      else this.readTable(root, part);
    }
    return root.node;
  }

  private readTable(root: MappingBuilder, table: AST.TOMLTable): void {
    const { keys } = table.key;
    const opened = table.kind === 'array' ? this.openListed(root, table) : this.openAt(root, keys, 0);
    for (const pair of table.body) this.addPair(opened, pair, keys.length);
  }

  /** Appends a table to an array of tables. */
  private openListed(root: MappingBuilder, { key: { keys }, loc }: AST.TOMLTable): MappingBuilder {
    const at = this.positionAt(loc);
    const parent = this.openAt(root, keys.slice(0, -1), 0);
    const table = new MappingBuilder(at);
    const name = nameOf(keys.at(-1));
    let list = parent.get(name);
    if (list?.type !== 'list') {
      list = { type: 'list', at, items: [] };
      parent.addUnique(name, at, list, this.problems);
    }
    this.limits.check(keys.length, () => at);
    (list as GrowingList).items.push(table.node);
    this.lastTables.set(list, table);
    return table;
  }

  private addPair(mapping: MappingBuilder, { key: { keys }, value }: AST.TOMLKeyValue, depth: number): void {
    const target = this.openAt(mapping, keys.slice(0, -1), depth);
    const last = keys.at(-1);
    const read = this.read(value, depth + keys.length);
    if (last) target.addUnique(nameOf(last), this.positionAt(last.loc), read, this.problems);
  }

  /** Returns the mapping at a path of keys, creating it where needed. */
  private openAt(mapping: MappingBuilder, keys: readonly Key[], depth: number): MappingBuilder {
    let current = mapping;
    for (const [index, key] of keys.entries()) {
      const at = this.positionAt(key.loc);
      this.limits.check(depth + index + 1, () => at);
      const found = current.get(nameOf(key));
      const next = found?.type === 'list' ? this.lastTables.get(found) : current.openMapping(nameOf(key), at);
      // Undefined for a key with another kind of value, which the parser rejects.
      current = next ?? new MappingBuilder(at);
    }
    return current;
  }

  private read(node: AST.TOMLContentNode, depth: number): ConfigNode {
    const at = this.positionAt(node.loc);
    this.limits.check(depth, () => at);
    switch (node.type) {
      case 'TOMLArray':
        return { type: 'list', at, items: node.elements.map((element) => this.read(element, depth + 1)) };
      case 'TOMLInlineTable': {
        const mapping = new MappingBuilder(at);
        for (const pair of node.body) this.addPair(mapping, pair, depth);
        return mapping.node;
      }
      case 'TOMLValue':
        if (node.kind === 'integer') return scalarNode(at, node.value, node.number);
        return scalarNode(at, node.value instanceof Date ? node.value.toISOString() : node.value);
    }
  }

  private positionAt({ start }: AST.SourceLocation): Position {
    return { source: this.file, line: start.line, column: start.column + 1 };
  }
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

interface GrowingList extends ListNode {
  readonly items: ConfigNode[];
}

function nameOf(key: Key | undefined): string {
  if (!key) return '';
  return key.type === 'TOMLBare' ? key.name : key.value;
}
