import {
  Composer,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type Alias,
  type CST,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { quoteName, quoteValue } from '../../component/quote-value.js';
import type { Position, Problem } from '../problem.js';
import { ambiguousNumber } from './ambiguous-number.js';
import {
  MappingBuilder,
  NodeLimits,
  scalarNode,
  withinLimits,
  type ConfigNode,
  type MappingNode,
} from './config-node.js';
import { yamlMessage } from './syntax-message.js';

/**
 * Parses YAML 1.2, which includes JSON. Adds all errors to `problems`, up to the first syntax error.
 *
 * @returns undefined for an empty or invalid file
 */
export function readYaml(text: string, file: string, problems: Problem[]): ConfigNode | undefined {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { source: file, line, column: col };
  };
  const addError = (offset: number, message: string): void => {
    problems.push({ severity: 'error', at: positionAt(offset), message });
  };
  return withinLimits(problems, (limits) => {
    const [document, second] = composed(new Parser(lines.addNewLine).parse(text), positionAt);
    if (second) addError(second.range[0], 'expected one document, found a second one');
    if (!document) return undefined;
    for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
      const isTag = code === 'TAG_RESOLVE_FAILED';
      addError(pos[0], isTag ? 'tags such as !x are not supported' : yamlMessage(message));
      // Further errors after a syntax error are mostly consequences of it, often one per line.
      if (!isTag) return undefined;
    }
    if (document.contents === null) return undefined;
    return new YamlReader(document.contents, positionAt, problems, limits).read(document.contents, 0);
  });
}

/** Composes the first two documents. Composing is recursive, so the size of the tokens is checked before. */
function composed(tokens: Iterable<CST.Token>, positionAt: (offset: number) => Position): Document.Parsed[] {
  const limits = new NodeLimits();
  function* checked(): Generator<CST.Token> {
    for (const token of tokens) {
      checkSize(token, limits, positionAt);
      yield token;
    }
  }
  const documents: Document.Parsed[] = [];
  // The library's check for duplicate keys is quadratic; MappingBuilder finds them in linear time.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  for (const document of composer.compose(checked())) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

/** @throws SizeLimitExceeded */
function checkSize(token: CST.Token, limits: NodeLimits, positionAt: (offset: number) => Position): void {
  const open = [{ token, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token: outer, depth } = next;
    const parts = outer.type === 'document' ? [outer] : 'items' in outer ? outer.items : [];
    for (const part of parts) {
      const { value } = part;
      const key = 'key' in part ? part.key : undefined;
      if (value) limits.check(depth, () => positionAt(value.offset));
      for (const inner of [key, value]) if (inner) open.push({ token: inner, depth: depth + 1 });
    }
  }
}

class YamlReader {
  private readonly targets: ReadonlyMap<Alias, Node>;

  constructor(
    root: Node,
    private readonly positionAt: (offset: number) => Position,
    private readonly problems: Problem[],
    private readonly limits: NodeLimits,
  ) {
    this.targets = targetsOfAliases(root);
  }

  /** @param offset - position of a node without range, such as an empty value */
  read(node: unknown, offset: number, depth = 0): ConfigNode {
    const found = node as Node | null;
    const start = found?.range?.[0] ?? offset;
    const at = this.positionAt(start);
    this.limits.check(depth, () => at);
    // The position of the alias, not of its target: that is where the key is.
    if (isAlias(found)) return { ...this.read(this.follow(found, at), start, depth + 1), at };
    if (isMap(found)) return this.readMapping(found, at, depth);
    if (isSeq(found)) return { type: 'list', at, items: found.items.map((item) => this.read(item, start, depth + 1)) };
    if (!isScalar(found)) return scalarNode(at, null);
    const ambiguity = typeof found.value === 'number' ? ambiguousNumber(found.source ?? '') : undefined;
    if (ambiguity !== undefined) this.problems.push({ severity: 'error', at, message: ambiguity });
    return scalarNode(at, plainValue(found.value), found.source);
  }

  private follow(alias: Alias, at: Position): Node | null {
    const target = this.targets.get(alias);
    if (target) return target;
    const message = `undefined alias *${alias.source}: there is no anchor &${alias.source} before it`;
    this.problems.push({ severity: 'error', at, message });
    return null;
  }

  private readMapping(map: YAMLMap, at: Position, depth: number): MappingNode {
    const mapping = new MappingBuilder(at);
    for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
      const offset = key?.range?.[0] ?? map.range?.[0] ?? 0;
      const keyAt = this.positionAt(offset);
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.problems.push({ severity: 'error', at: keyAt, message: `expected a name, found ${describeKey(key)}` });
      } else if (/^\/[/*]/.test(key.value)) {
        this.problems.push({ severity: 'error', at: keyAt, message: 'comments begin with #, also in JSON files' });
      } else if (key.value === '<<') {
        const message =
          'merge keys (<<) are not part of YAML 1.2; write the common values in the section of a base class';
        this.problems.push({ severity: 'error', at: keyAt, message });
      } else {
        mapping.addUnique(key.value, keyAt, this.read(value, offset, depth + 1), this.problems);
      }
    }
    return mapping.node;
  }
}

/** Finds the target of each alias, the last node before it with its anchor, in one walk. The library would walk once per alias. */
function targetsOfAliases(root: Node): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) targets.set(node, target);
    } else if (isPair(node)) {
      visit(node.key);
      visit(node.value);
    } else if (isScalar(node) || isCollection(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isCollection(node)) node.items.forEach(visit);
    }
  };
  visit(root);
  return targets;
}

/** Returns values of the YAML core schema; null for others, which need tags. */
function plainValue(value: unknown): null | boolean | number | string {
  const isPlain = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
  return isPlain ? value : null;
}

function describeKey(key: Node | null): string {
  if (isAlias(key)) return quoteName(`*${key.source}`);
  if (isCollection(key)) return isMap(key) ? 'a mapping' : 'a list';
  return isScalar(key) ? quoteValue(plainValue(key.value)) : 'nothing';
}
