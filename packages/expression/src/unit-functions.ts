import { define, type LanguageFunction } from './language-function.js';
import { Unit } from './unit.js';
import { Quantity, toPlain, toUnit, type Value } from './expression-value.js';

/** The functions that expressions know as `u.NAME`; the units are in unit-symbols.ts. */
export const UNIT_FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['Unit', define('s', toUnit)],
  [
    'Quantity',
    define('value unit?', (value: Value, unit: Value = null) => {
      if (value instanceof Quantity) return unit === null ? value : new Quantity(value.in(toUnit(unit)), toUnit(unit));
      return new Quantity(toPlain(value), unit === null ? Unit.none : toUnit(unit));
    }),
  ],
]);
