import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { JsonSchema } from '../../component/traits/trait-type.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ExpressionNames } from './expression-checker.js';

/** Validates values against the schemas of traits with ajv. Imported on demand, since ajv is slow to load. */
export class SchemaValidator {
  // The schemas are generated, so they need no validation: compiling the meta-schema would add 40 ms to the start-up.
  private readonly ajv = new Ajv({
    validateSchema: false,
    allErrors: true,
    verbose: true,
    strictTuples: false,
    strictTypes: false,
  });
  /** Validators by schema. Many traits share a schema. */
  private readonly compiled = new Map<string, ValidateFunction>();

  /**
   * @param isComponent - whether a name is that of a component of a kind
   * @param isExpression - whether a text is a valid expression with these names
   */
  constructor(
    isComponent: (kind: string, name: string) => boolean,
    isExpression: (names: ExpressionNames, text: string) => boolean,
  ) {
    this.ajv.addVocabulary(['unit', 'rule', 'integers', 'quantity', 'orNull', 'perTelescope']);
    this.ajv.addKeyword({
      keyword: 'component',
      type: 'string',
      validate: isComponent,
    });
    this.ajv.addKeyword({
      keyword: 'expression',
      type: 'string',
      validate: isExpression,
    });
    this.ajv.addKeyword({ keyword: 'glob', type: 'string', validate: (_: true, text: string) => !globMistake(text) });
  }

  /** Returns the validation errors of a value. */
  errorsOf(schema: JsonSchema, value: unknown): readonly ErrorObject[] {
    const key = JSON.stringify(schema);
    const validate = this.compiled.get(key) ?? this.ajv.compile(schema);
    this.compiled.set(key, validate);
    validate(value);
    return validate.errors ?? [];
  }
}
