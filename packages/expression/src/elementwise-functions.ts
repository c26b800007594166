import { calculate, inOneUnit, invert, modulo } from './arithmetic.js';
import { map, mapTest, zip, zipTest } from './broadcast.js';
import { CellArray, checkSameUnit, TextArray, UnitArray } from './column-value.js';
import { compare } from './comparison.js';
import { Fault } from './expression-error.js';
import { define, type LanguageFunction } from './language-function.js';
import { Unit } from './unit.js';
import {
  isArray,
  Quantity,
  toArray,
  toInteger,
  describe,
  toPlain,
  type ArrayValue,
  type Plain,
  type Value,
} from './expression-value.js';

/** To the nearest whole number, halves to the even one. */
function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Of plain numbers; quantities must have no dimension. */
function elementwise(f: (x: number) => number): LanguageFunction {
  return define('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(map(toPlain(x), f), Unit.none) : map(toPlain(x), f),
  );
}

/** Of an angle: plain numbers are radians. */
function ofAngle(f: (x: number) => number): LanguageFunction {
  return define('x', (x: Value) => {
    // numpy would take degrees for radians here, which nobody means.
    if (x instanceof UnitArray && x.unit.convertsTo(Unit.rad) && x.unit.factorTo(Unit.rad) !== 1) {
      throw new Fault(`plain numbers are taken for radians, and ${describe(x)} is not; add .quantity to its name`);
    }
    return x instanceof Quantity ? new Quantity(map(x.in(Unit.rad), f), Unit.none) : map(toPlain(x), f);
  });
}

/** An angle: quantities get one in radians. */
function toAngle(f: (x: number) => number): LanguageFunction {
  return define('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(map(x.in(Unit.none), f), Unit.rad) : map(toPlain(x), f),
  );
}

function keepingUnit(f: (x: number) => number, changeUnit = (unit: Unit) => unit): LanguageFunction {
  return define('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(map(x.value, f), changeUnit(x.unit)) : map(toPlain(x), f),
  );
}

function ofNumbers(test: (x: number) => boolean): LanguageFunction {
  return define('x', (x: Value) => {
    if (x instanceof CellArray) return new CellArray(mapTest(x.values, test) as ArrayValue, x.count);
    return mapTest(x instanceof Quantity ? x.value : toPlain(x), test);
  });
}

function ofTruths(test: (a: boolean, b: boolean) => boolean): LanguageFunction {
  return define('x1 x2', (a: Value, b: Value) => zipTest(toPlain(a), toPlain(b), (x, y) => test(x !== 0, y !== 0)));
}

function inCommonUnit(f: (a: number, b: number) => number): LanguageFunction {
  return define('x1 x2', (a: Value, b: Value) => pairInCommonUnit(a, b, f));
}

function pairInCommonUnit(a: Value, b: Value, f: (a: number, b: number) => number): Value {
  if (!(a instanceof Quantity) && !(b instanceof Quantity)) {
    checkSameUnit(a, b);
    return zip(toPlain(a), toPlain(b), f);
  }
  const { left, right, unit } = inOneUnit(a, b);
  return new Quantity(zip(left, right, f), unit);
}

function clip(a: Value, low: Value = null, high: Value = null): Value {
  const raised = low === null ? a : pairInCommonUnit(a, low, Math.max);
  return high === null ? raised : pairInCommonUnit(raised, high, Math.min);
}

/** As `numpy.round`, for quantities as well. */
export function round(a: Value, decimals: Value = 0): Value {
  if (a instanceof Quantity) return new Quantity(round(a.value, decimals) as Plain, a.unit);
  const digits = toInteger(decimals);
  const scale = 10 ** Math.abs(digits);
  const plain = toPlain(a);
  if (digits < 0) return map(plain, (x) => roundHalfEven(x / scale) * scale);
  // The product decides where a half goes, and numpy makes it in the type of the array.
  const single = plain instanceof Float32Array ? Math.fround : (x: number) => x;
  return map(plain, (x) => roundHalfEven(single(x * scale)) / scale);
}

function converting(unit: Unit, factor: number): LanguageFunction {
  return define('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(x.in(unit), unit) : map(toPlain(x), (value) => value * factor),
  );
}

function where(condition: Value, x: Value, y: Value): Value {
  const chosen = mapTest(toPlain(condition), (one) => one !== 0);
  if (!isArray(chosen)) return chosen ? x : y;
  const { left, right, unit } = inOneUnit(x, y);
  // Zero times infinity is NaN, so the two cannot be weighted with the mask and added.
  const n = Math.max(chosen.length, isArray(left) ? left.length : 1, isArray(right) ? right.length : 1);
  const spread = (values: Plain): Plain => zip(values, new Uint8Array(n), (value) => value);
  const [ifTrue, ifFalse] = [spread(left) as ArrayValue, spread(right) as ArrayValue];
  const mask = zip(chosen, new Uint8Array(n), (one) => one) as ArrayValue;
  const result = Float64Array.from(mask, (one, i) => (one !== 0 ? ifTrue[i] : ifFalse[i]) as number);
  return unit === Unit.none ? result : new Quantity(result, unit);
}

function isIn(element: Value, elements: Value): Value {
  if (element instanceof TextArray) return compare('in', element, elements);
  if (element instanceof CellArray) return new CellArray(isIn(element.values, elements) as ArrayValue, element.count);
  const wanted = new Set<number>(toArray(elements));
  return mapTest(toPlain(element), (x) => wanted.has(x));
}

const ROUND = define('a decimals?', round);
const ABSOLUTE = keepingUnit(Math.abs);
const POWER = define('x1 x2', (a: Value, b: Value) => calculate('**', a, b));
const MODULO = inCommonUnit(modulo);
const DEG2RAD = converting(Unit.rad, Math.PI / 180);
const RAD2DEG = converting(Unit.deg, 180 / Math.PI);

/** numpy's functions that work number by number. Of float32 arrays they give float32 arrays. */
export const ELEMENTWISE_FUNCTIONS: Readonly<Record<string, LanguageFunction>> = {
  sin: ofAngle(Math.sin),
  cos: ofAngle(Math.cos),
  tan: ofAngle(Math.tan),
  arcsin: toAngle(Math.asin),
  arccos: toAngle(Math.acos),
  arctan: toAngle(Math.atan),
  arctan2: define('x1 x2', (a: Value, b: Value) => {
    const angle = pairInCommonUnit(a, b, Math.atan2);
    return angle instanceof Quantity ? new Quantity(angle.value, Unit.rad) : angle;
  }),
  sinh: elementwise(Math.sinh),
  cosh: elementwise(Math.cosh),
  tanh: elementwise(Math.tanh),
  exp: elementwise(Math.exp),
  expm1: elementwise(Math.expm1),
  log: elementwise(Math.log),
  log10: elementwise(Math.log10),
  log2: elementwise(Math.log2),
  log1p: elementwise(Math.log1p),
  sqrt: keepingUnit(Math.sqrt, (unit) => unit.toThe(0.5)),
  square: keepingUnit(
    (x) => x * x,
    (unit) => unit.toThe(2),
  ),
  floor: elementwise(Math.floor),
  ceil: elementwise(Math.ceil),
  trunc: elementwise(Math.trunc),
  rint: elementwise(roundHalfEven),
  round: ROUND,
  around: ROUND,
  abs: ABSOLUTE,
  absolute: ABSOLUTE,
  fabs: ABSOLUTE,
  sign: define('x', (x: Value) => map(x instanceof Quantity ? x.value : toPlain(x), Math.sign)),
  power: POWER,
  mod: MODULO,
  remainder: MODULO,
  hypot: inCommonUnit(Math.hypot),
  minimum: inCommonUnit(Math.min),
  maximum: inCommonUnit(Math.max),
  clip: define('a a_min? a_max?', clip),
  where: define('condition x y', where),
  isin: define('element test_elements', isIn),
  deg2rad: DEG2RAD,
  radians: DEG2RAD,
  rad2deg: RAD2DEG,
  degrees: RAD2DEG,

  isfinite: ofNumbers(Number.isFinite),
  isnan: ofNumbers(Number.isNaN),
  isinf: ofNumbers((x) => Math.abs(x) === Infinity),
  logical_and: ofTruths((a, b) => a && b),
  logical_or: ofTruths((a, b) => a || b),
  logical_xor: ofTruths((a, b) => a !== b),
  logical_not: define('x', (x: Value) => invert(mapTest(toPlain(x), (one) => one !== 0))),
};
