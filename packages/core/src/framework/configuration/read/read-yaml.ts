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
import {
  MappingBuilder,
  NodeLimits,
  scalarNode,
  withinLimits,
  type ConfigNode,
  type MappingNode,
} from './config-node.js';

/**
 * Reads YAML 1.2 (and with it JSON). Mistakes are added to `problems`: all of them, or the first that makes the rest
 * unreadable.
 *
 * @returns undefined for a file that is empty or that cannot be read
 */
export function readYaml(text: string, file: string, problems: Problem[]): ConfigNode | undefined {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { source: file, line, column: col };
  };
  const complain = (offset: number, message: string): void => {
    problems.push({ severity: 'error', at: positionAt(offset), message });
  };
  return withinLimits(problems, (limits) => {
    const [document, second] = composed(new Parser(lines.addNewLine).parse(text), positionAt);
    if (second) complain(second.range[0], 'a second document; a configuration is one document');
    if (!document) return undefined;
    for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
      const isTag = code === 'TAG_RESOLVE_FAILED';
      complain(pos[0], isTag ? 'tags such as !x have no meaning here' : lowerCase(message));
      // What the library reports after broken syntax follows from it, often once per line.
      if (!isTag) return undefined;
    }
    if (document.contents === null) return undefined;
    return new YamlReader(document.contents, positionAt, problems, limits).read(document.contents, 0);
  });
}

/** The first documents: two where there are more. They are composed recursively, so their size is checked before. */
function composed(tokens: Iterable<CST.Token>, positionAt: (offset: number) => Position): Document.Parsed[] {
  const limits = new NodeLimits();
  function* checked(): Generator<CST.Token> {
    for (const token of tokens) {
      checkSize(token, limits, positionAt);
      yield token;
    }
  }
  const documents: Document.Parsed[] = [];
  // To look for duplicate keys, the library compares each key with all others.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  for (const document of composer.compose(checked())) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

/** @throws TooLarge */
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

  /** @param offset - the place of a node that has none: an empty value */
  read(node: unknown, offset: number, depth = 0): ConfigNode {
    const found = node as Node | null;
    const start = found?.range?.[0] ?? offset;
    const at = this.positionAt(start);
    this.limits.check(depth, () => at);
    // The place of what an alias stands for is that of the alias: there is the key that it belongs to.
    if (isAlias(found)) return { ...this.read(this.follow(found, at), start, depth + 1), at };
    if (isMap(found)) return this.readMapping(found, at, depth);
    if (isSeq(found)) return { type: 'list', at, items: found.items.map((item) => this.read(item, start, depth + 1)) };
    return scalarNode(at, isScalar(found) ? plainValue(found.value) : null);
  }

  private follow(alias: Alias, at: Position): Node | null {
    const target = this.targets.get(alias);
    if (target) return target;
    const message = `*${alias.source} refers to nothing: there is no &${alias.source} before it`;
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
      } else if (key.value === '<<') {
        const message = 'merge keys (<<) are not part of YAML 1.2; name the sections of a base class instead';
        this.problems.push({ severity: 'error', at: keyAt, message });
      } else {
        mapping.addOnce(key.value, keyAt, this.read(value, offset, depth + 1), this.problems);
      }
    }
    return mapping.node;
  }
}

/** An alias refers to the last node before it with its anchor. One walk finds all; the library would walk for each. */
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

/** The values of the core schema; of others, which only tags could make, null. */
function plainValue(value: unknown): null | boolean | number | string {
  const isPlain = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
  return isPlain ? value : null;
}

function describeKey(key: Node | null): string {
  if (isAlias(key)) return quoteName(`*${key.source}`);
  if (isCollection(key)) return isMap(key) ? 'a mapping' : 'a list';
  return isScalar(key) ? quoteValue(plainValue(key.value)) : 'nothing';
}

function lowerCase(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
