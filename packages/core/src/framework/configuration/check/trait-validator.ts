import { didYouMean } from '@cherenkit/errors';
import { checkExpression } from '@cherenkit/expression';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { schemaMistake } from '../../component/traits/schema-mistake.js';
import { schemaOf } from '../../component/traits/trait-schemas.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeHasKind } from '../ctapipe/ctapipe-names.js';
import type { ConfigValue } from '../plan/config-section.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ValueMistake } from '../problem.js';

/** Checks values against the declarations of traits; names of components against a catalog. */
export class TraitValidator {
  // The schemas come from our own declarations; compiling the meta-schema would cost 40 ms at every start.
  private readonly ajv = new Ajv({
    validateSchema: false,
    allErrors: true,
    verbose: true,
    strictTuples: false,
    strictTypes: false,
  });
  private readonly byDeclaration = new Map<TraitDeclaration, ValidateFunction>();
  /** Many traits are declared alike, but for their help. */
  private readonly bySchema = new Map<string, ValidateFunction>();

  /** @param hint - given the name of an unknown component, the end of a message about it */
  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly hint: (name: string) => string = () => '',
  ) {
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
      validate: (names: ExpressionNames, text: string) => !mistakeIn(text, names),
    });
    this.ajv.addKeyword({ keyword: 'glob', type: 'string', validate: (_: true, text: string) => !globMistake(text) });
  }

  /** All mistakes of a value as the value of a trait. The result is kept with the value. */
  check(source: ConfigValue, declaration: TraitDeclaration): readonly ValueMistake[] {
    const spelled = source.as(declaration);
    if (!spelled.mistakes) {
      const validate = this.validatorOf(declaration);
      validate(spelled.value);
      spelled.mistakes = (validate.errors ?? []).flatMap((error) => this.mistakeOf(error) ?? []);
    }
    return spelled.mistakes;
  }

  private validatorOf(declaration: TraitDeclaration): ValidateFunction {
    const known = this.byDeclaration.get(declaration);
    if (known) return known;
    const schema = schemaOf(declaration);
    const key = JSON.stringify(schema);
    const validate = this.bySchema.get(key) ?? this.ajv.compile(schema);
    this.bySchema.set(key, validate);
    this.byDeclaration.set(declaration, validate);
    return validate;
  }

  private mistakeOf(error: ErrorObject): ValueMistake | undefined {
    const mistake = schemaMistake(error);
    if (!mistake) return undefined;
    const { path, expected, found } = mistake;
    return { path, statement: `expected ${expected}, found ${found ?? 'nothing'}`, remark: () => this.remark(error) };
  }

  private remark({ keyword, schema, data }: ErrorObject): string {
    if (keyword === 'glob') return `: ${globMistake(String(data)) ?? ''}`;
    if (typeof data !== 'string') return '';
    if (keyword === 'expression') return `: ${mistakeIn(data, schema as ExpressionNames) ?? ''}`;
    if (keyword === 'component') return this.componentRemark(String(schema), data);
    if (keyword === 'enum') return didYouMean(data, schema as readonly string[]);
    if (schema === 'boolean' && /^(yes|no|on|off)$/i.test(data)) return ', a word in YAML 1.2; write true or false';
    if ((schema === 'number' || schema === 'integer') && /^\d[\d_]*$/.test(data)) {
      return ', which is a word; write the digits alone';
    }
    return '';
  }

  private componentRemark(kind: string, name: string): string {
    const ids = this.catalog.ambiguous(name);
    if (ids.length > 0) return `, which several plugins provide; write ${ids.join(' or ')}`;
    const other = this.catalog.find(name)?.entry;
    if (other) return `, which is ${other.abstract ? 'an abstract class' : `a component of kind ${other.kind}`}`;
    return didYouMean(name, this.catalog.idsOfKind(kind)) + this.hint(name);
  }
}

/** The names that an expression may use; `true` for any. */
type ExpressionNames = readonly string[] | true;

function mistakeIn(text: string, names: ExpressionNames): string | undefined {
  return checkExpression(text, names === true ? undefined : names)?.message;
}
