import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { JsonSchema } from '../../component/traits/trait-type.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeHasKind } from '../ctapipe/ctapipe-names.js';
import { globMistake } from '../plan/glob-pattern.js';
import { expressionMistake, type ExpressionNames } from './expression-mistake.js';

/** Checks values against the schemas of traits with ajv. Imported only where a value needs it: ajv takes a while to load. */
export class SchemaValidator {
  // The schemas come from our own declarations; compiling the meta-schema would cost 40 ms at every start.
  private readonly ajv = new Ajv({
    validateSchema: false,
    allErrors: true,
    verbose: true,
    strictTuples: false,
    strictTypes: false,
  });
  /** Many traits are declared alike, but for their help. */
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(catalog: ComponentCatalog) {
    this.ajv.addVocabulary(['unit', 'rule', 'integers', 'orNull']);
    this.ajv.addKeyword({
      keyword: 'component',
      type: 'string',
      validate: (kind: string, name: string) =>
        catalog.isOfKind(name, kind) || (!catalog.isKnown(name) && ctapipeHasKind(name, kind)),
    });
    this.ajv.addKeyword({
      keyword: 'expression',
      type: 'string',
      validate: (names: ExpressionNames, text: string) => !expressionMistake(text, names),
    });
    this.ajv.addKeyword({ keyword: 'glob', type: 'string', validate: (_: true, text: string) => !globMistake(text) });
  }

  /** What is wrong with a value, as ajv reports it. */
  errorsOf(schema: JsonSchema, value: unknown): readonly ErrorObject[] {
    const key = JSON.stringify(schema);
    const validate = this.compiled.get(key) ?? this.ajv.compile(schema);
    this.compiled.set(key, validate);
    validate(value);
    return validate.errors ?? [];
  }
}
