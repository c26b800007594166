import { power as reproduciblePower } from '@cherenkit/kernels';
import { calculate, toCommonUnit, invert, modulo } from './arithmetic.js';
import { map, mapTest, zip, zipTest } from './broadcast.js';
import { CellArray, checkSameUnit, TextArray, UnitArray } from './column-value.js';
import { compare } from './comparison.js';
import { TypeFault } from './expression-error.js';
import { defineFunction, type LanguageFunction } from './language-function.js';
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

/** Rounds to the nearest integer, ties to even. */
function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Function of plain numbers or dimensionless quantities. */
function elementwiseFunction(f: (x: number) => number): LanguageFunction {
  return defineFunction('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(map(toPlain(x), f), Unit.dimensionless) : map(toPlain(x), f),
  );
}

/** Function of an angle; plain numbers are radians. */
function angleFunction(f: (x: number) => number): LanguageFunction {
  return defineFunction('x', (x: Value) => {
    // numpy would silently take the degrees of a column for radians.
    if (x instanceof UnitArray && x.unit.convertsTo(Unit.rad) && x.unit.factorTo(Unit.rad) !== 1) {
      throw new TypeFault(`expected radians as plain numbers, found ${describe(x)}; use .quantity to convert`);
    }
    return x instanceof Quantity ? new Quantity(map(x.in(Unit.rad), f), Unit.dimensionless) : map(toPlain(x), f);
  });
}

/** Function that returns an angle: plain numbers in radians for plain numbers, a quantity for quantities. */
function inverseAngleFunction(f: (x: number) => number): LanguageFunction {
  return defineFunction('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(map(x.in(Unit.dimensionless), f), Unit.rad) : map(toPlain(x), f),
  );
}

function unitPreservingFunction(f: (x: number) => number, changeUnit = (unit: Unit) => unit): LanguageFunction {
  return defineFunction('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(map(x.value, f), changeUnit(x.unit)) : map(toPlain(x), f),
  );
}

function numberTest(test: (x: number) => boolean): LanguageFunction {
  return defineFunction('x', (x: Value) => {
    if (x instanceof CellArray) return new CellArray(mapTest(x.values, test) as ArrayValue, x.count);
    return mapTest(x instanceof Quantity ? x.value : toPlain(x), test);
  });
}

function logicalFunction(test: (a: boolean, b: boolean) => boolean): LanguageFunction {
  return defineFunction('x1 x2', (a: Value, b: Value) =>
    zipTest(toPlain(a), toPlain(b), (x, y) => test(x !== 0, y !== 0)),
  );
}

function commonUnitFunction(f: (a: number, b: number) => number): LanguageFunction {
  return defineFunction('x1 x2', (a: Value, b: Value) => applyInCommonUnit(a, b, f));
}

function applyInCommonUnit(a: Value, b: Value, f: (a: number, b: number) => number): Value {
  if (!(a instanceof Quantity) && !(b instanceof Quantity)) {
    checkSameUnit(a, b);
    return zip(toPlain(a), toPlain(b), f);
  }
  const { left, right, unit } = toCommonUnit(a, b);
  return new Quantity(zip(left, right, f), unit);
}

function clip(a: Value, low: Value = null, high: Value = null): Value {
  const raised = low === null ? a : applyInCommonUnit(a, low, Math.max);
  return high === null ? raised : applyInCommonUnit(raised, high, Math.min);
}

/** Rounds like `numpy.round`; also for quantities. */
export function round(a: Value, decimals: Value = 0): Value {
  if (a instanceof Quantity) return new Quantity(round(a.value, decimals) as Plain, a.unit);
  const digits = toInteger(decimals);
  const scale = reproduciblePower(10, Math.abs(digits));
  const plain = toPlain(a);
  if (digits < 0) return map(plain, (x) => roundHalfEven(x / scale) * scale);
  // numpy multiplies in the type of the array, and the product decides the direction of ties.
  const single = plain instanceof Float32Array ? Math.fround : (x: number) => x;
  return map(plain, (x) => roundHalfEven(single(x * scale)) / scale);
}

function unitConversion(unit: Unit, factor: number): LanguageFunction {
  return defineFunction('x', (x: Value) =>
    x instanceof Quantity ? new Quantity(x.in(unit), unit) : map(toPlain(x), (value) => value * factor),
  );
}

function where(condition: Value, x: Value, y: Value): Value {
  const chosen = mapTest(toPlain(condition), (one) => one !== 0);
  if (!isArray(chosen)) return chosen ? x : y;
  const { left, right, unit } = toCommonUnit(x, y);
  // A weighted sum with the mask would turn infinities into NaN.
  const n = Math.max(chosen.length, isArray(left) ? left.length : 1, isArray(right) ? right.length : 1);
  const spread = (values: Plain): Plain => zip(values, new Uint8Array(n), (value) => value);
  const [ifTrue, ifFalse] = [spread(left) as ArrayValue, spread(right) as ArrayValue];
  const mask = zip(chosen, new Uint8Array(n), (one) => one) as ArrayValue;
  const result = Float64Array.from(mask, (one, i) => (one !== 0 ? ifTrue[i] : ifFalse[i]) as number);
  return unit === Unit.dimensionless ? result : new Quantity(result, unit);
}

function isIn(element: Value, elements: Value): Value {
  if (element instanceof TextArray) return compare('in', element, elements);
  if (element instanceof CellArray) return new CellArray(isIn(element.values, elements) as ArrayValue, element.count);
  const wanted = new Set<number>(toArray(elements));
  return mapTest(toPlain(element), (x) => wanted.has(x));
}

const ROUND = defineFunction('a decimals?', round);
const ABSOLUTE = unitPreservingFunction(Math.abs);
const POWER = defineFunction('x1 x2', (a: Value, b: Value) => calculate('**', a, b));
const MODULO = commonUnitFunction(modulo);
const DEG2RAD = unitConversion(Unit.rad, Math.PI / 180);
const RAD2DEG = unitConversion(Unit.deg, 180 / Math.PI);

/** numpy's elementwise functions. The results for float32 arrays are float32. */
export const ELEMENTWISE_FUNCTIONS: Readonly<Record<string, LanguageFunction>> = {
  sin: angleFunction(Math.sin),
  cos: angleFunction(Math.cos),
  tan: angleFunction(Math.tan),
  arcsin: inverseAngleFunction(Math.asin),
  arccos: inverseAngleFunction(Math.acos),
  arctan: inverseAngleFunction(Math.atan),
  arctan2: defineFunction('x1 x2', (a: Value, b: Value) => {
    const angle = applyInCommonUnit(a, b, Math.atan2);
    return angle instanceof Quantity ? new Quantity(angle.value, Unit.rad) : angle;
  }),
  sinh: elementwiseFunction(Math.sinh),
  cosh: elementwiseFunction(Math.cosh),
  tanh: elementwiseFunction(Math.tanh),
  exp: elementwiseFunction(Math.exp),
  expm1: elementwiseFunction(Math.expm1),
  log: elementwiseFunction(Math.log),
  log10: elementwiseFunction(Math.log10),
  log2: elementwiseFunction(Math.log2),
  log1p: elementwiseFunction(Math.log1p),
  sqrt: unitPreservingFunction(Math.sqrt, (unit) => unit.power(0.5)),
  square: unitPreservingFunction(
    (x) => x * x,
    (unit) => unit.power(2),
  ),
  floor: elementwiseFunction(Math.floor),
  ceil: elementwiseFunction(Math.ceil),
  trunc: elementwiseFunction(Math.trunc),
  rint: elementwiseFunction(roundHalfEven),
  round: ROUND,
  around: ROUND,
  abs: ABSOLUTE,
  absolute: ABSOLUTE,
  fabs: ABSOLUTE,
  sign: defineFunction('x', (x: Value) => map(x instanceof Quantity ? x.value : toPlain(x), Math.sign)),
  power: POWER,
  mod: MODULO,
  remainder: MODULO,
  hypot: commonUnitFunction(Math.hypot),
  minimum: commonUnitFunction(Math.min),
  maximum: commonUnitFunction(Math.max),
  clip: defineFunction('a a_min? a_max?', clip),
  where: defineFunction('condition x y', where),
  isin: defineFunction('element test_elements', isIn),
  deg2rad: DEG2RAD,
  radians: DEG2RAD,
  rad2deg: RAD2DEG,
  degrees: RAD2DEG,

  isfinite: numberTest(Number.isFinite),
  isnan: numberTest(Number.isNaN),
  isinf: numberTest((x) => Math.abs(x) === Infinity),
  logical_and: logicalFunction((a, b) => a && b),
  logical_or: logicalFunction((a, b) => a || b),
  logical_xor: logicalFunction((a, b) => a !== b),
  logical_not: defineFunction('x', (x: Value) => invert(mapTest(toPlain(x), (one) => one !== 0))),
};
