import type { Json } from '../../component/trait-declaration.js';
import type { JsonSchema } from '../../component/traits/trait-type.js';

/** Supported keywords; the last three are for messages only. */
const PLAIN_KEYWORDS: ReadonlySet<string> = new Set([
  'type',
  'quantity',
  'minimum',
  'maximum',
  'enum',
  'unit',
  'orNull',
  'perTelescope',
]);

/**
 * Validates a value against a simple schema (number, string, boolean or enum) without interpreting it.
 *
 * @returns true if the value is valid; false if it may be invalid, which the `SchemaValidator` must decide
 */
export function isPlainlyValid(schema: JsonSchema, value: Json): boolean {
  if ('if' in schema) return isPlainBranch(schema, value);
  if (!Object.keys(schema).every((keyword) => PLAIN_KEYWORDS.has(keyword))) return false;
  const { type, enum: words, minimum = -Infinity, maximum = Infinity } = schema;
  if (Array.isArray(words)) return words.includes(value);
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        Number.isFinite(value) &&
        (type === 'number' || Number.isInteger(value)) &&
        value >= Number(minimum) &&
        value <= Number(maximum)
      );
    default:
      return false;
  }
}

/** Handles `if`/`else` of optional traits, where null is valid, and of traits per telescope, where lists are rules. */
function isPlainBranch({ if: condition, else: otherwise }: JsonSchema, value: Json): boolean {
  const { type, ...others } = condition as JsonSchema;
  if (Object.keys(others).length > 0) return false;
  if (type === 'null' && value === null) return true;
  if (type === 'array' && Array.isArray(value)) return false;
  return (type === 'null' || type === 'array') && isPlainlyValid(otherwise as JsonSchema, value);
}
