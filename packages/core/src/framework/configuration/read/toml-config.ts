import { parseTOML, ParseError, type AST } from 'toml-eslint-parser';
import type { ConfigNode, MappingEntry, MappingNode } from './config-node.js';
import type { Position, Problem } from '../problem.js';

/**
 * Reads TOML 1.0.
 *
 * @returns undefined, and a problem, for a file that cannot be read
 */
export function readToml(text: string, file: string, problems: Problem[]): ConfigNode | undefined {
  try {
    return new TomlReader(file).readTables(parseTOML(text, { tomlVersion: '1.0' }).body[0]);
  } catch (error) {
    if (error instanceof RangeError) {
      // The parser goes as deep as the text does.
      problems.push({ severity: 'error', at: { source: file, line: 1, column: 1 }, message: 'nested too deeply' });
      return undefined;
    }
    if (!(error instanceof ParseError)) throw error;
    const at = { source: file, line: error.lineNumber, column: error.column + 1 };
    const { message } = error;
    problems.push({ severity: 'error', at, message: message.charAt(0).toLowerCase() + message.slice(1) });
    return undefined;
  }
}

/** A mapping that grows: in TOML a table can be opened at many places. */
interface OpenMapping extends MappingNode {
  readonly entries: MappingEntry[];
}

class TomlReader {
  constructor(private readonly file: string) {}

  readTables({ body, loc }: AST.TOMLTopLevelTable): MappingNode {
    const root: OpenMapping = { type: 'mapping', at: this.positionAt(loc), entries: [] };
    for (const part of body) {
      if (part.type === 'TOMLKeyValue') this.addPair(root, part);
      else this.readTable(root, part);
    }
    return root;
  }

  private readTable(root: OpenMapping, table: AST.TOMLTable): void {
    const keys = table.key.keys;
    const target: OpenMapping = { type: 'mapping', at: this.positionAt(table.loc), entries: [] };
    if (table.kind === 'array') {
      // A list of tables is the value of its key: it grows by one.
      const parent = this.openAt(root, keys.slice(0, -1));
      const last = keys.at(-1);
      if (!last) return;
      const list = parent.entries.find(({ key }) => key === nameOf(last))?.value;
      if (list?.type === 'list') (list.items as ConfigNode[]).push(target);
      else this.addEntry(parent, last, { type: 'list', at: this.positionAt(table.loc), items: [target] });
      for (const pair of table.body) this.addPair(target, pair);
    } else {
      const opened = this.openAt(root, keys);
      for (const pair of table.body) this.addPair(opened, pair);
    }
  }

  private addPair(mapping: OpenMapping, { key, value }: AST.TOMLKeyValue): void {
    const last = key.keys.at(-1);
    if (last) this.addEntry(this.openAt(mapping, key.keys.slice(0, -1)), last, this.read(value));
  }

  /** The mapping below these keys, made where it is not there yet. */
  private openAt(mapping: OpenMapping, keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[]): OpenMapping {
    let current = mapping;
    for (const key of keys) {
      let next = current.entries.find((entry) => entry.key === nameOf(key))?.value;
      if (next?.type === 'list') next = next.items.at(-1);
      if (next?.type !== 'mapping') {
        next = { type: 'mapping', at: this.positionAt(key.loc), entries: [] };
        this.addEntry(current, key, next);
      }
      current = next as OpenMapping;
    }
    return current;
  }

  private addEntry(mapping: OpenMapping, key: AST.TOMLBare | AST.TOMLQuoted, value: ConfigNode): void {
    mapping.entries.push({ key: nameOf(key), keyAt: this.positionAt(key.loc), value });
  }

  private read(node: AST.TOMLContentNode): ConfigNode {
    const at = this.positionAt(node.loc);
    switch (node.type) {
      case 'TOMLArray':
        return { type: 'list', at, items: node.elements.map((element) => this.read(element)) };
      case 'TOMLInlineTable': {
        const mapping: OpenMapping = { type: 'mapping', at, entries: [] };
        for (const pair of node.body) this.addPair(mapping, pair);
        return mapping;
      }
      case 'TOMLValue':
        return { type: 'scalar', at, value: node.value instanceof Date ? node.value.toISOString() : node.value };
    }
  }

  private positionAt({ start }: AST.SourceLocation): Position {
    return { source: this.file, line: start.line, column: start.column + 1 };
  }
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}
