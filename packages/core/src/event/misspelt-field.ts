import { nearestName } from '@cherenkit/errors';
import type { Container } from './container.js';
import type { Fields } from './field.js';

/** A member of containers that were constructed with a misspelt field. The class may come from another copy of core. */
const MISSPELT = Symbol.for('cherenkit.misspelt-field');

/** The nearest field of each unknown name, by the fields of a class. */
const known = new WeakMap<Fields, Map<string, string | undefined>>();

function nearestField(name: string, fields: Fields): string | undefined {
  const names = known.get(fields) ?? new Map<string, string | undefined>();
  known.set(fields, names);
  if (!names.has(name)) names.set(name, nearestName(name, Object.keys(fields)));
  return names.get(name);
}

/**
 * Finds a member that is no field, but resembles one that is not set: in plain JavaScript, no compiler finds `isvalid`. Other
 * members that are no fields are ignored, such as those of `{ ...moments }`.
 */
function misspeltMember(members: Readonly<Record<string, unknown>>, fields: Fields): string | undefined {
  for (const name in members) {
    if (name in fields) continue;
    const field = nearestField(name, fields);
    if (field !== undefined && members[field] === undefined) return `${name}; did you mean ${field}?`;
  }
  return undefined;
}

/** Notes a misspelt field that a container is constructed with. It is an error where a component hands over the container. */
export function noteMisspeltField(
  container: Container,
  values: Readonly<Record<string, unknown>>,
  fields: Fields,
): void {
  const value = misspeltMember(values, fields);
  if (value !== undefined) Object.defineProperty(container, MISSPELT, { value });
}

/** A field that was misspelt when a container was constructed, and the right name: `isvalid; did you mean isValid?`. */
export function misspeltField(container: Container): string | undefined {
  return (container as { readonly [MISSPELT]?: string })[MISSPELT];
}
