import { LocatedFault } from './expression-error.js';
import type {
  ArithmeticOperator,
  BitOperator,
  CallNode,
  ComparisonNode,
  ComparisonOperator,
  ListNode,
  LogicNode,
  Node,
  SliceNode,
} from './syntax-tree.js';
import { tokenize, type Token } from './tokenize.js';

/** Limit of nesting and of chains of one operator, like Python's limit for parentheses. */
const MAX_DEPTH = 200;

/** Operators by precedence as in Python, lowest first; `**` and the unary operators have higher precedence. */
const BINARY_LEVELS: readonly (readonly (ArithmeticOperator | BitOperator)[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%'],
];
const LEVEL_OF = new Map(BINARY_LEVELS.flatMap((operators, level) => operators.map((operator) => [operator, level])));
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);
const CONSTANTS = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const OPERATOR_WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else']);
const UNSUPPORTED_WORDS: ReadonlyMap<string, string> = new Map([
  ['lambda', 'lambda is not supported; write the condition itself, such as parameters.hillas.width.value > 0'],
  ['for', 'comprehensions are not supported; functions such as np.any and np.sum operate on whole arrays'],
  ...'as assert async await break class continue def del elif except finally from global import nonlocal pass raise return try while with yield'
    .split(' ')
    .map((word): [string, string] => [word, `expected an expression, found the Python statement ${word}`]),
]);
const UNSUPPORTED_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['=', 'assignments are not supported; use == to compare'],
  [':=', 'assignments are not supported; use == to compare'],
  ['@', 'matrix products are not supported; np.sum(a * b) is the product of two vectors'],
  ['{', 'sets and dictionaries are not supported; use a list [...] with "in"'],
  ['!', 'use "not" for a negation'],
]);

/**
 * Parses an expression in Python syntax, with Python's precedence.
 *
 * @throws LocatedFault for syntax that is not supported
 */
export function parseExpression(text: string): Node {
  return new Parser(tokenize(text)).parse();
}

class Parser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Node {
    if (this.isAtEnd) throw fault(this.next, 'the expression is empty');
    const node = this.expression();
    if (!this.isAtEnd) throw this.unexpected('an operator or the end');
    return node;
  }

  /** Conditional expression, of lowest precedence. */
  private expression(): Node {
    return this.nested(() => {
      const whenTrue = this.logic('or');
      const token = this.accept('if');
      if (!token) return whenTrue;
      const condition = this.logic('or');
      this.expect('else');
      const whenFalse = this.expression();
      return {
        kind: 'conditional',
        condition,
        whenTrue,
        whenFalse,
        ...place(token, [condition, whenTrue, whenFalse]),
      };
    });
  }

  private logic(operator: LogicNode['operator']): Node {
    const operand = () => (operator === 'or' ? this.logic('and') : this.negation());
    const first = operand();
    const token = this.peek(operator);
    if (!token) return first;
    const operands = [first];
    while (this.accept(operator)) operands.push(operand());
    return { kind: 'logic', operator, operands, ...place(token, operands) };
  }

  private negation(): Node {
    const token = this.accept('not');
    if (!token) return this.comparison();
    const operand = this.nested(() => this.negation());
    return { kind: 'unary', operator: 'not', operand, ...place(token, [operand]) };
  }

  private comparison(): Node {
    const first = this.binary(0);
    const token = this.next;
    const links: ComparisonNode['links'][number][] = [];
    for (let operator = this.comparisonOperator(); operator; operator = this.comparisonOperator()) {
      links.push({ operator, right: this.binary(0) });
    }
    if (links.length === 0) return first;
    return { kind: 'comparison', first, links, ...place(token, [first, ...links.map(({ right }) => right)]) };
  }

  private comparisonOperator(): ComparisonOperator | undefined {
    const { kind, text } = this.next;
    if (kind === 'operator' && COMPARISONS.has(text)) {
      this.position++;
      return text as ComparisonOperator;
    }
    if (this.accept('is')) return this.accept('not') ? 'is not' : 'is';
    if (this.accept('in')) return 'in';
    if (!this.accept('not')) return undefined;
    this.expect('in');
    return 'not in';
  }

  private binary(level: number): Node {
    let left = level < BINARY_LEVELS.length ? this.binary(level + 1) : this.unary();
    for (;;) {
      const token = this.next;
      const operator = token.text as ArithmeticOperator | BitOperator;
      if (token.kind !== 'operator' || LEVEL_OF.get(operator) !== level) return left;
      this.position++;
      const right = this.binary(level + 1);
      left = { kind: 'binary', operator, left, right, ...place(token, [left, right]) };
    }
  }

  private unary(): Node {
    for (const operator of ['-', '+', '~'] as const) {
      const token = this.accept(operator);
      if (!token) continue;
      const operand = this.nested(() => this.unary());
      return { kind: 'unary', operator, operand, ...place(token, [operand]) };
    }
    const left = this.postfix();
    const token = this.accept('**');
    if (!token) return left;
    const right = this.nested(() => this.unary());
    return { kind: 'binary', operator: '**', left, right, ...place(token, [left, right]) };
  }

  private postfix(): Node {
    let node = this.atom();
    for (;;) {
      const token = this.next;
      if (this.accept('.')) {
        const name = this.name();
        node = { kind: 'attribute', object: node, name: name.text, ...place(name, [node]) };
      } else if (this.accept('(')) {
        node = this.call(node);
      } else if (this.accept('[')) {
        const index = this.index();
        const column = this.accept(',') ? this.expression() : undefined;
        this.expect(']');
        const children = column ? [node, index, column] : [node, index];
        node = { kind: 'index', object: node, index, column, ...place(token, children) };
      } else {
        return node;
      }
    }
  }

  private call(callee: Node): CallNode {
    const positional: Node[] = [];
    const named: CallNode['named'][number][] = [];
    while (!this.accept(')')) {
      const token = this.next;
      if (this.peek('*') ?? this.peek('**')) throw fault(token, 'unpacking of arguments is not supported');
      if (token.kind === 'name' && this.tokens[this.position + 1]?.text === '=') {
        this.position += 2;
        named.push({ name: token.text, value: this.expression() });
      } else if (named.length > 0) {
        throw fault(token, 'positional argument after a named one');
      } else {
        positional.push(this.expression());
      }
      if (!this.peek(')')) this.expect(',');
    }
    const children = [callee, ...positional, ...named.map(({ value }) => value)];
    return { kind: 'call', callee, positional, named, ...place(callee, children) };
  }

  private index(): Node | SliceNode {
    const token = this.next;
    const bound = () => (this.peek(':') || this.peek(',') || this.peek(']') ? undefined : this.expression());
    const start = bound();
    if (start && !this.peek(':')) return start;
    this.expect(':');
    const stop = bound();
    const step = this.accept(':') ? bound() : undefined;
    const children = [start, stop, step].filter((node) => node !== undefined);
    return { kind: 'slice', start, stop, step, ...place(token, children) };
  }

  private atom(): Node {
    const token = this.next;
    switch (token.kind) {
      case 'number':
        this.position++;
        return { kind: 'constant', value: Number(token.text.replaceAll('_', '')), ...place(token, []) };
      case 'string':
        this.position++;
        return { kind: 'constant', value: token.text, ...place(token, []) };
      case 'name': {
        const value = CONSTANTS.get(token.text);
        if (value === undefined) return { kind: 'name', name: this.name().text, ...place(token, []) };
        this.position++;
        return { kind: 'constant', value, ...place(token, []) };
      }
      default:
        if (this.accept('[')) return this.list(token, ']');
        if (this.accept('(')) return this.list(token, ')');
        throw this.unexpected('a value');
    }
  }

  /** List, tuple, or parenthesized expression. */
  private list(opening: Token, closing: ']' | ')'): Node {
    const items: Node[] = [];
    let isTuple = false;
    while (!this.accept(closing)) {
      items.push(this.expression());
      if (this.peek(closing)) continue;
      this.expect(',');
      isTuple = true;
    }
    const [only] = items;
    if (closing === ')' && !isTuple && only) return only;
    const list: ListNode = { kind: 'list', items, ...place(opening, items) };
    return list;
  }

  private name(): Token {
    const token = this.next;
    if (token.kind !== 'name' || OPERATOR_WORDS.has(token.text)) throw this.unexpected('a name');
    const unsupported = UNSUPPORTED_WORDS.get(token.text);
    if (unsupported !== undefined) throw fault(token, unsupported);
    if (token.text.startsWith('__'))
      throw fault(token, `${token.text}: names that start with two underscores are reserved`);
    this.position++;
    return token;
  }

  private get next(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)] as Token;
  }

  private get isAtEnd(): boolean {
    return this.next.kind === 'end';
  }

  private peek(text: string): Token | undefined {
    const token = this.next;
    return token.text === text && (token.kind === 'operator' || token.kind === 'name') ? token : undefined;
  }

  private accept(text: string): Token | undefined {
    const token = this.peek(text);
    if (token) this.position++;
    return token;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`"${text}"`);
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) throw fault(this.next, `the expression is nested deeper than ${MAX_DEPTH} levels`);
    const node = parse();
    this.depth--;
    return node;
  }

  private unexpected(expected: string): LocatedFault {
    const token = this.next;
    const unsupported = (token.kind === 'name' ? UNSUPPORTED_WORDS : UNSUPPORTED_OPERATORS).get(token.text);
    if (unsupported !== undefined && token.kind !== 'string') return fault(token, unsupported);
    const before = this.tokens[this.position - 1]?.text;
    if (token.text === before && (before === '&' || before === '|')) {
      return fault(token, `write "${before === '&' ? 'and' : 'or'}" instead of "${before}${before}"`);
    }
    const found = token.kind === 'end' ? 'the end of the expression' : JSON.stringify(token.text);
    return fault(token, `expected ${expected}, found ${found}`);
  }
}

function place({ offset, length }: { offset: number; length: number }, children: readonly { height: number }[]) {
  let height = 1;
  for (const child of children) height = Math.max(height, child.height + 1);
  if (height > MAX_DEPTH) {
    throw new LocatedFault({ message: `the expression is nested deeper than ${MAX_DEPTH} levels`, offset, length });
  }
  return { offset, length, height };
}

function fault({ offset, length }: Token, message: string): LocatedFault {
  return new LocatedFault({ message, offset, length });
}
