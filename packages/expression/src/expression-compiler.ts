import { didYouMean } from '@cherenkit/errors';
import { calculate, calculateBits, invert, negate, unaryPlus } from './arithmetic.js';
import { attributeReader, METHODS } from './attribute-reader.js';
import { compare } from './comparison.js';
import type { Scope } from './compile-expression.js';
import { Fault, LocatedFault, TypeFault } from './expression-error.js';
import { GLOBAL_FUNCTIONS } from './global-functions.js';
import { columnAt, elementAt, Slice } from './element-at.js';
import { bindArguments, type LanguageFunction } from './language-function.js';
import { NUMPY_CONSTANTS, NUMPY_FUNCTIONS } from './numpy-functions.js';
import { combineRows, isRowwise, negateRows } from './row-logic.js';
import type {
  AttributeNode,
  BinaryNode,
  CallNode,
  ComparisonNode,
  ComparisonOperator,
  LogicNode,
  Node,
  SliceNode,
  UnaryNode,
} from './syntax-tree.js';
import { UNIT_FUNCTIONS } from './unit-functions.js';
import { Unit } from './unit.js';
import { toValue, isTruthy, type Value } from './expression-value.js';

type Evaluate = (scope: Scope) => Value;

/**
 * Compiled part of an expression. Parts whose operands are all constant are evaluated at compilation, so that mistakes
 * such as adding metres to degrees are found early.
 */
interface Compiled {
  readonly run: Evaluate;
  readonly isConstant: boolean;
}

type Place = Pick<Node, 'offset' | 'length'>;

type Operands<N extends readonly unknown[]> = { readonly [I in keyof N]: Evaluate };

/** Compiles a syntax tree to closures. */
export class Compiler {
  readonly namesUsed = new Set<string>();

  /**
   * @param byRows - see {@link ExpressionOptions}
   * @param isExhaustive - evaluate all operands of `and`, `or`, `if` and chained comparisons, to find mistakes in each
   */
  constructor(
    private readonly knownNames: ReadonlySet<string> | undefined,
    private readonly byRows = false,
    private readonly isExhaustive = false,
  ) {}

  /** @throws LocatedFault for unknown names, functions, units and arguments */
  compile(node: Node | SliceNode): Compiled {
    switch (node.kind) {
      case 'constant':
        return constant(node.value);
      case 'name':
        return { run: withLocation(node, this.name(node.name, node)), isConstant: false };
      case 'attribute':
        return this.attribute(node);
      case 'call':
        return this.call(node);
      case 'index':
        return this.combine(node, [node.object, node.index, node.column], ([object, index, column]) => {
          if (node.column) return (scope) => columnAt(object(scope), index(scope), column(scope));
          return (scope) => elementAt(object(scope), index(scope));
        });
      case 'slice':
        return this.combine(node, [node.start, node.stop, node.step], ([start, stop, step]) => {
          return (scope) => new Slice(start(scope), stop(scope), step(scope));
        });
      case 'unary':
        return this.combine(node, [node.operand], ([operand]) => {
          if (this.byRows && node.operator === 'not') return (scope) => negateRows(operand(scope));
          return unary(node, operand);
        });
      case 'binary':
        return this.combine(node, [node.left, node.right], ([left, right]) => binary(node, left, right));
      case 'comparison':
        return this.combine(node, [node.first, ...node.links.map(({ right }) => right)], ([first, ...rest]) =>
          this.byRows && rest.length > 1 ? rowComparison(node, first, rest) : comparison(node, first, rest),
        );
      case 'logic':
        return this.combine(node, node.operands, (operands) =>
          this.byRows ? rowLogic(node.operator, operands) : logic(node.operator, operands),
        );
      case 'conditional':
        return this.combine(node, [node.condition, node.whenTrue, node.whenFalse], ([condition, yes, no]) => {
          return (scope) => (isTruthy(condition(scope)) ? yes(scope) : no(scope));
        });
      case 'list':
        return this.combine(node, node.items, (items) => (scope) => items.map((item) => item(scope)));
    }
  }

  /** Compiles an operation after its operands; evaluates it at once if all operands are constant. */
  private combine<const N extends readonly (Node | SliceNode | undefined)[]>(
    place: Place,
    parts: readonly [...N],
    operation: (operands: Operands<N>) => Evaluate,
  ): Compiled {
    const compiled = parts.map((part) => (part ? this.compile(part) : constant(null)));
    const operands = compiled.map((part) => part.run) as Operands<N>;
    const run = withLocation(place, this.isExhaustive ? exhaustively(operands, operation) : operation(operands));
    return compiled.every(({ isConstant }) => isConstant) ? constant(run(NO_NAMES)) : { run, isConstant: false };
  }

  private name(name: string, place: Node): Evaluate {
    const { knownNames } = this;
    if (knownNames && !knownNames.has(name)) throw locate(place, new Fault(unknownName(name, [...knownNames])));
    if (!knownNames && isLanguageName(name)) throw locate(place, new Fault(unknownName(name, [])));
    this.namesUsed.add(name);
    return (scope) => {
      const raw = scope.get(name);
      if (raw === undefined && !knownNames) throw new Fault(unknownName(name, [...(scope.keys?.() ?? [])]));
      return toValue(raw);
    };
  }

  private attribute(node: AttributeNode): Compiled {
    const { object, name } = node;
    if (this.isModule(object, 'np')) {
      const value = NUMPY_CONSTANTS.get(name);
      if (value !== undefined) return constant(value);
      const isFunction = NUMPY_FUNCTIONS.has(name);
      throw locate(
        node,
        new Fault(isFunction ? `np.${name} is a function; call np.${name}(...)` : unknownMember('np', name)),
      );
    }
    if (this.isModule(object, 'u')) {
      if (UNIT_FUNCTIONS.has(name)) {
        throw locate(node, new Fault(`u.${name} is a function; call u.${name}(...)`));
      }
      return this.combine(node, [], () => () => Unit.named(name));
    }
    const read = attributeReader(name);
    return this.combine(
      node,
      [object],
      ([value]) =>
        (scope) =>
          read(value(scope)),
    );
  }

  private call(node: CallNode): Compiled {
    const { callee, positional, named } = node;
    const isMethod =
      callee.kind === 'attribute' && !this.isModule(callee.object, 'np') && !this.isModule(callee.object, 'u');
    const receiver = isMethod ? [callee.object] : [];
    return this.combine(callee, [...receiver, ...positional, ...named.map(({ value }) => value)], (given) => {
      const [name, target] = this.target(callee);
      const names = named.map((argument) => argument.name);
      const nPositional = given.length - names.length;
      const order = runLocated(callee, () => bindArguments(name, target, nPositional, names, receiver.length));
      const values = order.map((i) => given[i] ?? (() => undefined));
      const [first, second] = values;
      if (values.length === 1 && first) return (scope) => target.call(first(scope));
      if (values.length === 2 && first && second) return (scope) => target.call(first(scope), second(scope));
      return (scope) => target.call(...values.map((value) => value(scope)));
    });
  }

  private target(callee: Node): [name: string, target: LanguageFunction] {
    if (callee.kind === 'name') {
      const target = GLOBAL_FUNCTIONS.get(callee.name);
      if (target) return [callee.name, target];
      throw locate(callee, new Fault(unknownFunction(callee.name)));
    }
    if (callee.kind === 'attribute') {
      const { object, name } = callee;
      const module = (['np', 'u'] as const).find((candidate) => this.isModule(object, candidate));
      const target = (module ? MODULES[module] : METHODS).get(name);
      if (target) return [module ? `${module}.${name}` : name, target];
      const message = module
        ? unknownMember(module, name)
        : `unknown method ${JSON.stringify(name)}${didYouMean(name, METHODS.keys())}`;
      throw locate(callee, new Fault(message));
    }
    throw locate(callee, new Fault('only functions and methods can be called'));
  }

  /** Whether a node names a module that is not shadowed by a name of the scope. */
  private isModule(node: Node, name: keyof typeof MODULES): boolean {
    return node.kind === 'name' && node.name === name && !this.knownNames?.has(name);
  }
}

const NO_NAMES: Scope = new Map<string, never>();
const MODULES = { np: NUMPY_FUNCTIONS, u: UNIT_FUNCTIONS };

function constant(value: Value): Compiled {
  return { run: () => value, isConstant: true };
}

/** Adds the location of a node to the faults of its evaluation. */
function withLocation(place: Place, run: Evaluate): Evaluate {
  return (scope) => {
    try {
      return run(scope);
    } catch (error) {
      throw locate(place, error);
    }
  };
}

/**
 * Evaluates all operands, each once, before the operation. A fault of the types in one of them takes precedence over faults of
 * the values in others.
 */
function exhaustively<const N extends readonly unknown[]>(
  operands: Operands<N>,
  operation: (operands: Operands<N>) => Evaluate,
): Evaluate {
  const each = operands as readonly Evaluate[];
  const values: Value[] = [];
  const run = operation(each.map((_, i) => () => values[i]) as Operands<N>);
  return (scope) => {
    let first: LocatedFault | undefined;
    for (const [i, operand] of each.entries()) {
      try {
        values[i] = operand(scope);
      } catch (error) {
        if (!(error instanceof LocatedFault) || error.isTypeFault) throw error;
        first ??= error;
      }
    }
    if (first) throw first;
    return run(scope);
  };
}

function runLocated<T>(place: Place, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw locate(place, error);
  }
}

function locate({ offset, length }: Place, error: unknown): unknown {
  if (!(error instanceof Fault)) return error;
  return new LocatedFault({ message: error.message, offset, length }, error instanceof TypeFault);
}

function unary({ operator }: UnaryNode, operand: Evaluate): Evaluate {
  switch (operator) {
    case 'not':
      return (scope) => !isTruthy(operand(scope));
    case '-':
      return (scope) => negate(operand(scope));
    case '+':
      return (scope) => unaryPlus(operand(scope));
    case '~':
      return (scope) => invert(operand(scope));
  }
}

function binary({ operator }: BinaryNode, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return (scope) => calculateBits(operator, left(scope), right(scope));
    default:
      return (scope) => calculate(operator, left(scope), right(scope));
  }
}

/** Chained comparison: each operand is evaluated once, and the first false link ends the evaluation. */
function comparison({ links }: ComparisonNode, first: Evaluate, rest: readonly Evaluate[]): Evaluate {
  const [link] = links;
  const [right] = rest;
  if (links.length === 1 && link && right) return singleComparison(link.operator, first, right);
  return (scope) => {
    let left = first(scope);
    let result: Value = true;
    for (let i = 0; i < links.length; i++) {
      const { operator } = links[i] as ComparisonNode['links'][number];
      const value = (rest[i] as Evaluate)(scope);
      result = compare(operator, left, value);
      if (i < links.length - 1 && !isTruthy(result)) return result;
      left = value;
    }
    return result;
  };
}

/** Most criteria compare two numbers; this case has a fast path. */
function singleComparison(operator: ComparisonOperator, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === '>') {
    return (scope) => {
      const [a, b] = [left(scope), right(scope)];
      return typeof a === 'number' && typeof b === 'number' ? a > b : compare(operator, a, b);
    };
  }
  if (operator === '<') {
    return (scope) => {
      const [a, b] = [left(scope), right(scope)];
      return typeof a === 'number' && typeof b === 'number' ? a < b : compare(operator, a, b);
    };
  }
  return (scope) => compare(operator, left(scope), right(scope));
}

function logic(operator: LogicNode['operator'], operands: readonly Evaluate[]): Evaluate {
  const ending = operator === 'or';
  return (scope) => {
    let value: Value = null;
    for (let i = 0; i < operands.length; i++) {
      value = (operands[i] as Evaluate)(scope);
      if (i < operands.length - 1 && isTruthy(value) === ending) return value;
    }
    return value;
  };
}

/** Chained comparison row by row; each operand is evaluated once. */
function rowComparison({ links }: ComparisonNode, first: Evaluate, rest: readonly Evaluate[]): Evaluate {
  return (scope) => {
    let left = first(scope);
    let result: Value = true;
    for (const [i, { operator }] of links.entries()) {
      const right = (rest[i] as Evaluate)(scope);
      const link = compare(operator, left, right);
      result = i === 0 ? link : combineRows('and', result, link);
      if (result === false) return false;
      left = right;
    }
    return result;
  };
}

/** Like {@link logic} for single values; row by row for columns. */
function rowLogic(operator: LogicNode['operator'], operands: readonly Evaluate[]): Evaluate {
  const ending = operator === 'or';
  return (scope) => {
    let value: Value = null;
    for (const [i, operand] of operands.entries()) {
      const next = operand(scope);
      value = i > 0 && (isRowwise(value) || isRowwise(next)) ? combineRows(operator, value, next) : next;
      if (!isRowwise(value) && isTruthy(value) === ending) return value;
    }
    return value;
  };
}

function isLanguageName(name: string): boolean {
  return Object.hasOwn(MODULES, name) || GLOBAL_FUNCTIONS.has(name);
}

function unknownName(name: string, known: readonly string[]): string {
  if (Object.hasOwn(MODULES, name))
    return `${name} is a module; use a member, such as ${name === 'np' ? 'np.sqrt(x)' : 'u.deg'}`;
  if (GLOBAL_FUNCTIONS.has(name)) return `${name} is a function; call ${name}(...)`;
  const hint = didYouMean(name, [...known, ...Object.keys(MODULES)]);
  const list = known.length > 0 && known.length <= 20 ? `; known names are ${known.join(', ')}, np and u` : '';
  return `unknown name ${JSON.stringify(name)}${hint || list}`;
}

function unknownFunction(name: string): string {
  if (NUMPY_FUNCTIONS.has(name)) return `unknown function ${JSON.stringify(name)}; did you mean np.${name}?`;
  return `unknown function ${JSON.stringify(name)}${didYouMean(name, GLOBAL_FUNCTIONS.keys())}`;
}

function unknownMember(module: keyof typeof MODULES, name: string): string {
  const known = module === 'np' ? [...NUMPY_FUNCTIONS.keys(), ...NUMPY_CONSTANTS.keys()] : [...UNIT_FUNCTIONS.keys()];
  return `unknown member ${module}.${name}${didYouMean(name, known)}`;
}
