import { didYouMean } from '@cherenkit/errors';
import type { ErrorObject } from 'ajv';
import { schemaMistake } from '../../component/traits/schema-mistake.js';
import { schemaOf } from '../../component/traits/trait-schemas.js';
import type { JsonSchema } from '../../component/traits/trait-type.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { ConfigValue } from '../plan/config-section.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ValueMistake } from '../problem.js';
import { expressionMistake, type ExpressionNames } from './expression-mistake.js';
import { isPlainlyValid } from './plainly-valid.js';
import type { SchemaValidator } from './schema-validator.js';

/** Ends a check that needs ajv. */
class NotPlainlyValid extends Error {}

/**
 * Checks values against the declarations of traits; names of components against a catalog.
 *
 * Values that are plainly valid need no more: a run whose options are a few paths and numbers starts without ajv.
 */
export class TraitValidator {
  private readonly schemas = new Map<TraitDeclaration, JsonSchema>();
  private validator: SchemaValidator | undefined;

  /** @param hint - given the name of an unknown component, the end of a message about it */
  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly hint: (name: string) => string = () => '',
  ) {}

  /** Calls a check; if it meets a value that is not plainly valid, ajv is imported and the check is called again. */
  async complete<T>(check: () => T): Promise<T> {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof NotPlainlyValid)) throw error;
      const { SchemaValidator } = await import('./schema-validator.js');
      this.validator = new SchemaValidator(this.catalog);
      return check();
    }
  }

  /** All mistakes of a value as the value of a trait; to be called within {@link complete}. The result is kept with the value. */
  check(source: ConfigValue, declaration: TraitDeclaration): readonly ValueMistake[] {
    const spelled = source.as(declaration);
    if (spelled.mistakes) return spelled.mistakes;
    const schema = this.schemas.get(declaration) ?? schemaOf(declaration);
    this.schemas.set(declaration, schema);
    if (isPlainlyValid(schema, spelled.value)) {
      spelled.mistakes = [];
    } else if (this.validator) {
      const errors = this.validator.errorsOf(schema, spelled.value);
      spelled.mistakes = errors.flatMap((error) => this.mistakeOf(error) ?? []);
    } else {
      throw new NotPlainlyValid();
    }
    return spelled.mistakes;
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
    if (keyword === 'expression') return `: ${expressionMistake(data, schema as ExpressionNames) ?? ''}`;
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
