import type { DeclaredField } from '@cherenkit/expression';
import { memoryUnitsPer } from '@cherenkit/tables';
import type { Field, Fields } from './field.js';

const known = new WeakMap<Fields, ReadonlyMap<string, DeclaredField>>();

/** Returns the fields of a container for expressions, with the units and types of ctapipe's containers. Cached per container class. */
export function expressionFields(fields: Fields): ReadonlyMap<string, DeclaredField> {
  let declared = known.get(fields);
  if (!declared) {
    declared = new Map(Object.entries(fields).map(([name, field]) => [name, declaredField(field)]));
    known.set(fields, declared);
  }
  return declared;
}

function declaredField({ column }: Field): DeclaredField {
  if (!column) return {};
  if (column.type === 'enumeration') return { members: column.enumeration.members };
  if (column.type === 'telescopes') return { isIntegers: true };
  if (column.type === 'array' && column.element === 'uint8') return { isIntegers: true };
  const unit = ('expressionUnit' in column && column.expressionUnit) || ('unit' in column && column.unit);
  return unit ? { unit, factor: 1 / memoryUnitsPer(unit) } : {};
}
