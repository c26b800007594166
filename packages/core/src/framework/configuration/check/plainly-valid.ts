import type { Json } from '../../component/trait-declaration.js';
import type { JsonSchema } from '../../component/traits/trait-type.js';

/** The keywords that are understood here; `unit` and `orNull` are for messages. */
const PLAIN_KEYWORDS: ReadonlySet<string> = new Set(['type', 'minimum', 'maximum', 'enum', 'unit', 'orNull']);

/**
 * Whether a value is valid by a schema that asks for no more than a number, a text, a boolean or one of some words. False
 * does not mean that it is invalid: a validator has to decide that.
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
        (type === 'number' || Number.isInteger(value)) &&
        value >= Number(minimum) &&
        value <= Number(maximum)
      );
    default:
      return false;
  }
}

/** Of an optional trait, where null is valid, and of one per telescope, where a list is rules. */
function isPlainBranch({ if: condition, else: otherwise }: JsonSchema, value: Json): boolean {
  const { type, ...others } = condition as JsonSchema;
  if (Object.keys(others).length > 0) return false;
  if (type === 'null' && value === null) return true;
  if (type === 'array' && Array.isArray(value)) return false;
  return (type === 'null' || type === 'array') && isPlainlyValid(otherwise as JsonSchema, value);
}
