import { didYouMean } from '@cherenkit/errors';
import { calculate, calculateBits, invert, negate, unaryPlus } from './arithmetic.js';
import { attributeReader, METHODS } from './attribute-reader.js';
import { compare } from './comparison.js';
import type { Scope } from './compile-expression.js';
import { Fault, LocatedFault } from './expression-error.js';
import { GLOBAL_FUNCTIONS } from './global-functions.js';
import { elementAt, Slice } from './element-at.js';
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
import { toValue, truth, type Value } from './expression-value.js';

type Evaluate = (scope: Scope) => Value;

/**
 * Part of an expression, ready to run. One whose operands are all constants has been run already, so that mistakes
 * such as adding metres to degrees are found at compilation.
 */
interface Compiled {
  readonly run: Evaluate;
  readonly isConstant: boolean;
}

type Place = Pick<Node, 'offset' | 'length'>;

type Operands<N extends readonly unknown[]> = { readonly [I in keyof N]: Evaluate };

/** Turns a syntax tree into closures. */
export class Compiler {
  readonly namesUsed = new Set<string>();

  /** @param byRows - whether `and`, `or`, `not` and chains of comparisons work row by row on arrays */
  constructor(
    private readonly knownNames: ReadonlySet<string> | undefined,
    private readonly byRows = false,
  ) {}

  /** @throws LocatedFault for names, functions, units and arguments that there are not */
  compile(node: Node | SliceNode): Compiled {
    switch (node.kind) {
      case 'constant':
        return constant(node.value);
      case 'name':
        return { run: guard(node, this.name(node.name, node)), isConstant: false };
      case 'attribute':
        return this.attribute(node);
      case 'call':
        return this.call(node);
      case 'index':
        return this.combine(node, [node.object, node.index], ([object, index]) => {
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
          return (scope) => (truth(condition(scope)) ? yes(scope) : no(scope));
        });
      case 'list':
        return this.combine(node, node.items, (items) => (scope) => items.map((item) => item(scope)));
    }
  }

  /** An operation on parts that are compiled first; it is carried out at once where all of them are constant. */
  private combine<const N extends readonly (Node | SliceNode | undefined)[]>(
    place: Place,
    parts: readonly [...N],
    operation: (operands: Operands<N>) => Evaluate,
  ): Compiled {
    const compiled = parts.map((part) => (part ? this.compile(part) : constant(null)));
    const run = guard(place, operation(compiled.map((part) => part.run) as Operands<N>));
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
      throw locate(node, new Fault(isFunction ? `np.${name} is a function; call it` : unknownMember('np', name)));
    }
    if (this.isModule(object, 'u')) {
      if (UNIT_FUNCTIONS.has(name)) {
        throw locate(node, new Fault(`u.${name} is a function; call it`));
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
      const order = located(callee, () => bindArguments(name, target, nPositional, names, receiver.length));
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
        : `there is no method ${JSON.stringify(name)}${didYouMean(name, METHODS.keys())}`;
      throw locate(callee, new Fault(message));
    }
    throw locate(callee, new Fault('only functions and methods can be called'));
  }

  /** Whether a node is the name of a module, and no name of the scope. */
  private isModule(node: Node, name: keyof typeof MODULES): boolean {
    return node.kind === 'name' && node.name === name && !this.knownNames?.has(name);
  }
}

const NO_NAMES: Scope = new Map<string, never>();
const MODULES = { np: NUMPY_FUNCTIONS, u: UNIT_FUNCTIONS };

function constant(value: Value): Compiled {
  return { run: () => value, isConstant: true };
}

/** Adds the place to faults that do not have one. */
function guard(place: Place, run: Evaluate): Evaluate {
  return (scope) => {
    try {
      return run(scope);
    } catch (error) {
      throw locate(place, error);
    }
  };
}

function located<T>(place: Place, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw locate(place, error);
  }
}

function locate({ offset, length }: Place, error: unknown): unknown {
  return error instanceof Fault ? new LocatedFault({ message: error.message, offset, length }) : error;
}

function unary({ operator }: UnaryNode, operand: Evaluate): Evaluate {
  switch (operator) {
    case 'not':
      return (scope) => !truth(operand(scope));
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

/** In a chain each operand is evaluated once, and the first link that fails ends it. */
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
      if (i < links.length - 1 && !truth(result)) return result;
      left = value;
    }
    return result;
  };
}

/** Most criteria compare two numbers; those are compared here and now. */
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
      if (i < operands.length - 1 && truth(value) === ending) return value;
    }
    return value;
  };
}

/** A chain of comparisons, row by row for columns; each operand is evaluated once. */
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

/** Like {@link logic} for single values, row by row for columns. */
function rowLogic(operator: LogicNode['operator'], operands: readonly Evaluate[]): Evaluate {
  const ending = operator === 'or';
  return (scope) => {
    let value: Value = null;
    for (const [i, operand] of operands.entries()) {
      const next = operand(scope);
      value = i > 0 && (isRowwise(value) || isRowwise(next)) ? combineRows(operator, value, next) : next;
      if (!isRowwise(value) && truth(value) === ending) return value;
    }
    return value;
  };
}

function isLanguageName(name: string): boolean {
  return Object.hasOwn(MODULES, name) || GLOBAL_FUNCTIONS.has(name);
}

function unknownName(name: string, known: readonly string[]): string {
  if (Object.hasOwn(MODULES, name))
    return `${name} is a module; ${name === 'np' ? 'np.sqrt(x)' : 'u.deg'} takes something from it`;
  if (GLOBAL_FUNCTIONS.has(name)) return `${name} is a function; ${name}(...) calls it`;
  const hint = didYouMean(name, [...known, ...Object.keys(MODULES)]);
  const list = known.length > 0 && known.length <= 20 ? `; the names here are ${known.join(', ')}, np and u` : '';
  return `there is no name ${JSON.stringify(name)}${hint || list}`;
}

function unknownFunction(name: string): string {
  if (NUMPY_FUNCTIONS.has(name)) return `there is no function ${JSON.stringify(name)}; did you mean np.${name}?`;
  return `there is no function ${JSON.stringify(name)}${didYouMean(name, GLOBAL_FUNCTIONS.keys())}`;
}

function unknownMember(module: keyof typeof MODULES, name: string): string {
  const known = module === 'np' ? [...NUMPY_FUNCTIONS.keys(), ...NUMPY_CONSTANTS.keys()] : [...UNIT_FUNCTIONS.keys()];
  return `there is no ${module}.${name}${didYouMean(name, known)}`;
}
