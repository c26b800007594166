import { defineFunction, type LanguageFunction } from './language-function.js';
import { Unit } from './unit.js';
import { Quantity, toPlain, toUnit, type Value } from './expression-value.js';

/** Functions of the module `u` in expressions; its units are in unit-symbols.ts. */
export const UNIT_FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['Unit', defineFunction('s', toUnit)],
  [
    'Quantity',
    defineFunction('value unit?', (value: Value, unit: Value = null) => {
      if (value instanceof Quantity) return unit === null ? value : new Quantity(value.in(toUnit(unit)), toUnit(unit));
      return new Quantity(toPlain(value), unit === null ? Unit.dimensionless : toUnit(unit));
    }),
  ],
]);
