import { didYouMean, nameSome } from '@cherenkit/errors';
import { quoteName, shorten } from '../../component/quote-value.js';
import type { Json } from '../../component/trait-declaration.js';
import { integersMistake } from '../../component/traits/number-traits.js';
import { schemaMistake, type SchemaError } from '../../component/traits/schema-mistake.js';
import { schemaOf } from '../../component/traits/trait-schemas.js';
import type { JsonSchema } from '../../component/traits/trait-type.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeHasKind } from '../ctapipe/ctapipe-names.js';
import type { ConfigValue } from '../plan/config-section.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ValueMistake } from '../problem.js';
import { partOf } from '../read/config-node.js';
import { ExpressionChecker, type ExpressionExamples, type ExpressionNames } from './expression-checker.js';
import { isPlainlyValid } from './plainly-valid.js';
import type { SchemaValidator } from './schema-validator.js';

/** Returns the name of a criterion, [name, expression], from the path to its expression. */
function criterionAt(value: Json, path: readonly string[]): string | undefined {
  if (path.length < 2) return undefined;
  let pair: Json | undefined = value;
  for (const step of path.slice(0, -1))
    pair = Array.isArray(pair) ? (pair as readonly Json[])[Number(step)] : undefined;
  return Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string' ? pair[0] : undefined;
}

/** Longer integers are truncated in messages. */
const MAX_DIGITS = 80;

/** Returns the remedy for a text in place of a boolean or a number. */
function stringHint(expected: unknown, text: string): string {
  if (expected === 'boolean') {
    if (/^(?:yes|no|on|off)$/i.test(text)) return ', which is a string in YAML 1.2; write true or false';
    return /^(?:true|false)$/i.test(text) ? ', which is a string; write it without quotes' : '';
  }
  if (expected !== 'number' && expected !== 'integer') return '';
  const inPython = yaml11Integer(text);
  if (inPython !== undefined) return `, which is ${inPython} in YAML 1.1 (ctapipe); write the decimal number`;
  if (/^\d[\d_]*$/.test(text)) return ', which is a string; write the digits only';
  if (/^[-+]?\d+,\d+$/.test(text)) return '; write a decimal point, not a comma';
  return /^[-+]?[\d.]+(?:e[-+]?\d+)?\s*[a-z%*./^\d-]+$/i.test(text) ? '; write the number without unit' : '';
}

/** Returns the value of an integer that is binary or sexagesimal in YAML 1.1, `0b11` or `1:30`, and text in YAML 1.2. */
function yaml11Integer(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(0b[01]+|[1-9]\d*(?::[0-5]?\d)+)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const value = digits.startsWith('0b')
    ? Number(digits)
    : digits.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  return sign === '-' ? -value : value;
}

/** Thrown by a check that needs the validator of schemas before it has been imported. */
class ValidatorMissing extends Error {}

/**
 * Validates values against trait declarations, and component names against a catalog.
 *
 * Simple values are validated without schemas, so a run whose options are a few paths and numbers does not load their validator.
 */
export class TraitValidator {
  private readonly schemas = new Map<TraitDeclaration, JsonSchema>();
  private validator: SchemaValidator | undefined;

  private readonly expressions: ExpressionChecker;

  /**
   * @param failureHint - returns the end of the message about an unknown component
   * @param examples - values that expressions are checked with
   */
  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly failureHint: (name: string) => string = () => '',
    examples: ExpressionExamples = new Map(),
  ) {
    this.expressions = new ExpressionChecker(catalog, examples);
  }

  /** Runs a check. If it needs the validator of schemas, imports it and runs the check again. */
  async complete<T>(check: () => T): Promise<T> {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ValidatorMissing)) throw error;
      const { SchemaValidator } = await import('./schema-validator.js');
      const { catalog, expressions } = this;
      this.validator = new SchemaValidator(
        (kind, name) => catalog.isOfKind(name, kind) || (!catalog.isKnown(name) && ctapipeHasKind(name, kind)),
        (names, text) => expressions.mistakeIn(text, names) === undefined,
      );
      return check();
    }
  }

  /** Returns all mistakes of a value under a declaration. Call it within {@link complete}. The result is cached with the value. */
  check(source: ConfigValue, declaration: TraitDeclaration): readonly ValueMistake[] {
    const normalized = source.as(declaration);
    if (normalized.mistakes) return normalized.mistakes;
    const schema = this.schemas.get(declaration) ?? schemaOf(declaration);
    this.schemas.set(declaration, schema);
    if (isPlainlyValid(schema, normalized.value)) {
      normalized.mistakes = [];
    } else if (this.validator) {
      const errors = this.validator.errorsOf(schema, normalized.value);
      normalized.mistakes = errors.flatMap((error) => this.mistakeOf(error, source, normalized.value) ?? []);
    } else {
      throw new ValidatorMissing();
    }
    return normalized.mistakes;
  }

  private mistakeOf(error: SchemaError, { node }: ConfigValue, value: Json): ValueMistake | undefined {
    const mistake = schemaMistake(error);
    if (!mistake) return undefined;
    const { path, expected } = mistake;
    const part = partOf(node, path);
    const digits = part.type === 'scalar' && typeof error.data === 'number' ? part.digits : undefined;
    const found = digits === undefined ? mistake.found : shorten(digits, MAX_DIGITS);
    const hint = (): string => this.hintFor(error);
    if (error.keyword !== 'expression') {
      return { path, statement: `expected ${expected}, found ${found ?? 'nothing'}`, hint };
    }
    const name = criterionAt(value, path);
    const criterion = name === undefined ? '' : `criterion ${quoteName(name)}: `;
    return { path, statement: `${criterion}invalid expression ${found}`, hint };
  }

  private hintFor({ keyword, schema, data, parentSchema }: SchemaError): string {
    if (keyword === 'glob') return `: ${globMistake(String(data)) ?? ''}`;
    if (data === null) return '; write a value, or remove the key';
    if (keyword === 'type' && typeof data === 'object' && parentSchema?.['perTelescope'] === true) {
      return '; values per telescope are rules: [[type, GLOB, value], [id, N, value], ...]';
    }
    if (typeof data !== 'string') return '';
    if (keyword === 'expression') return `: ${this.expressions.mistakeIn(data, schema as ExpressionNames) ?? ''}`;
    if (keyword === 'component') return this.componentHint(String(schema), data);
    if (parentSchema?.['integers']) return integersMistake(data);
    if (parentSchema?.['quantity']) return '';
    if (keyword === 'enum') return didYouMean(data, schema as readonly string[]);
    const isPlainList = schema === 'array' && !Array.isArray(parentSchema?.['items']);
    return isPlainList && /^[\w/]+$/.test(data) ? `; write [${data}]` : stringHint(schema, data);
  }

  private componentHint(kind: string, name: string): string {
    const ids = this.catalog.ambiguous(name);
    if (ids.length > 0) return `, which several plugins provide; write ${ids.join(' or ')}`;
    const other = this.catalog.find(name)?.entry;
    const ofKind = this.catalog.idsOfKind(kind);
    if (other) {
      const what = other.abstract ? 'an abstract class' : `a component of kind ${other.kind}`;
      return `, which is ${what}; choose ${nameSome(ofKind)}`;
    }
    const hint = didYouMean(name, ofKind) + this.failureHint(name);
    return hint || `; available: ${nameSome(ofKind)}`;
  }
}
