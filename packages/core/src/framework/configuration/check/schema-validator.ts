import type { SchemaError } from '../../component/traits/schema-mistake.js';
import type { JsonSchema } from '../../component/traits/trait-type.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ExpressionNames } from './expression-checker.js';

/**
 * Validates values against the schemas of traits: JSON Schema of draft 7 as far as traits use it, and the keywords
 * `component`, `expression` and `glob`. It interprets schemas, since pages with a strict content security policy cannot
 * compile them. Errors are those of ajv with `allErrors` and `verbose`, in its order.
 */
export class SchemaValidator {
  /**
   * @param isComponent - whether a name is that of a component of a kind
   * @param isExpression - whether a text is a valid expression with these names
   */
  constructor(
    private readonly isComponent: (kind: string, name: string) => boolean,
    private readonly isExpression: (names: ExpressionNames, text: string) => boolean,
  ) {}

  /** Returns the validation errors of a value. */
  errorsOf(schema: JsonSchema, value: unknown): readonly SchemaError[] {
    const errors: SchemaError[] = [];
    this.#check(schema, value, '', errors);
    return errors;
  }

  #check(schema: JsonSchema | boolean, data: unknown, instancePath: string, errors: SchemaError[]): void {
    if (typeof schema === 'boolean') {
      if (!schema) errors.push({ keyword: 'false schema', instancePath, schema, data, parentSchema: {} });
      return;
    }
    const report = (keyword: string): void => {
      errors.push({ keyword, instancePath, schema: schema[keyword], data, parentSchema: schema });
    };
    const { type, enum: words, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, pattern } = schema;
    if (type !== undefined && !hasType(data, type)) report('type');
    if (hasType(data, 'number') && typeof data === 'number') {
      if (typeof maximum === 'number' && !(data <= maximum)) report('maximum');
      if (typeof minimum === 'number' && !(data >= minimum)) report('minimum');
      if (typeof exclusiveMaximum === 'number' && !(data < exclusiveMaximum)) report('exclusiveMaximum');
      if (typeof exclusiveMinimum === 'number' && !(data > exclusiveMinimum)) report('exclusiveMinimum');
    }
    if (typeof data === 'string') {
      if (typeof minLength === 'number' && Array.from(data).length < minLength) report('minLength');
      if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(data)) report('pattern');
      const { component } = schema;
      if (typeof component === 'string' && !this.isComponent(component, data)) report('component');
      if (schema['expression'] !== undefined && !this.isExpression(schema['expression'] as ExpressionNames, data)) {
        report('expression');
      }
      if (schema['glob'] === true && globMistake(data) !== undefined) report('glob');
    }
    if (schema['const'] !== undefined && data !== schema['const']) report('const');
    if (Array.isArray(words) && !words.includes(data)) report('enum');
    if (schema['if'] !== undefined) {
      const branch = schema[this.#isValid(schema['if'] as JsonSchema, data) ? 'then' : 'else'];
      if (branch !== undefined) this.#check(branch as JsonSchema | boolean, data, instancePath, errors);
    }
    if (Array.isArray(data)) this.#checkList(schema, data, instancePath, errors, report);
  }

  #checkList(
    { minItems, maxItems, items }: JsonSchema,
    data: readonly unknown[],
    instancePath: string,
    errors: SchemaError[],
    report: (keyword: string) => void,
  ): void {
    if (typeof maxItems === 'number' && data.length > maxItems) report('maxItems');
    if (typeof minItems === 'number' && data.length < minItems) report('minItems');
    if (items === undefined) return;
    data.forEach((each, index) => {
      const schema = (Array.isArray(items) ? (items as readonly JsonSchema[])[index] : items) as JsonSchema | undefined;
      if (schema !== undefined) this.#check(schema, each, `${instancePath}/${index}`, errors);
    });
  }

  #isValid(schema: JsonSchema, data: unknown): boolean {
    const errors: SchemaError[] = [];
    this.#check(schema, data, '', errors);
    return errors.length === 0;
  }
}

function hasType(data: unknown, type: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(data);
    case 'object':
      return typeof data === 'object' && data !== null && !Array.isArray(data);
    case 'null':
      return data === null;
    case 'integer':
      return Number.isInteger(data);
    case 'number':
      return typeof data === 'number' && Number.isFinite(data);
    default:
      return typeof data === type;
  }
}
