import { Ajv, type ErrorObject } from 'ajv';
import type { Json, TraitDeclaration } from '../../component/trait-declaration.js';
import { checkExpression } from '@cherenkit/expression';
import { didYouMean } from '@cherenkit/errors';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeHasKind } from '../ctapipe/ctapipe-names.js';
import { globMistake } from '../traits/glob-pattern.js';
import { schemaOf, type JsonSchema } from '../traits/trait-schema.js';

/** One mistake in a value: the steps to its place within the value, and what is wrong there. */
export interface ValueMistake {
  readonly path: readonly string[];
  readonly message: string;
}

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
  private readonly schemas = new Map<TraitDeclaration, JsonSchema>();

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
        catalog.idsOfKind(kind).includes(name) || (!catalog.isKnown(name) && ctapipeHasKind(name, kind)),
    });
    this.ajv.addKeyword({
      keyword: 'expression',
      type: 'string',
      validate: (names: ExpressionNames, text: string) => !mistakeIn(text, names),
    });
    this.ajv.addKeyword({ keyword: 'glob', type: 'string', validate: (_: true, text: string) => !globMistake(text) });
  }

  /** All mistakes of a value that is spelt as `configuredValue` returns it. */
  check(declaration: TraitDeclaration, value: Json): ValueMistake[] {
    const schema = this.schemas.get(declaration) ?? schemaOf(declaration);
    this.schemas.set(declaration, schema);
    this.ajv.validate(schema, value);
    // A branch of if/then/else that fails tells so itself.
    return (this.ajv.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if')
      .map((error) => ({
        path: pathOf(error.instancePath),
        message: `expected ${expectation(error)}, found ${show(error.data)}${this.remark(error)}`,
      }));
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

const NOUNS: ReadonlyMap<unknown, string> = new Map([
  ['number', 'a number'],
  ['integer', 'an integer'],
  ['boolean', 'true or false'],
  ['string', 'a string'],
  ['array', 'a list'],
  ['object', 'a mapping'],
]);

function expectation({ keyword, schema, parentSchema = {}, message }: ErrorObject): string {
  const { unit, orNull, rule, integers } = parentSchema as JsonSchema;
  const inUnit = typeof unit === 'string' ? ` ${unit}` : '';
  const orNone = orNull ? ' or null' : '';
  if (rule && ['type', 'minItems', 'maxItems'].includes(keyword))
    return 'a rule, [type, GLOB, value] or [id, N, value]';
  switch (keyword) {
    case 'type':
      if (integers) return `a list of integers, or "1,2,5-9"${orNone}`;
      return `${NOUNS.get(schema) ?? String(schema)}${inUnit && ` in${inUnit}`}${orNone}`;
    case 'minimum':
      return `at least ${String(schema)}${inUnit}`;
    case 'maximum':
      return `at most ${String(schema)}${inUnit}`;
    case 'minItems':
    case 'maxItems': {
      const { minItems, maxItems } = parentSchema as { minItems?: number; maxItems?: number };
      if (minItems === maxItems) return `a list of ${minItems}`;
      return `a list of at ${keyword === 'minItems' ? 'least' : 'most'} ${String(schema)}`;
    }
    case 'enum':
      return `${(schema as readonly string[]).join(' or ')}${orNone}`;
    case 'component':
      return `the name of a component of kind ${String(schema)}${orNone}`;
    case 'expression':
      return 'an expression';
    case 'glob':
      return 'a pattern for telescope types';
    case 'false schema':
      return 'a list of rules, [[type, GLOB, value], [id, N, value], ...]';
    default:
      return message ?? keyword;
  }
}

const LONGEST = 80;

function show(value: unknown): string {
  // JSON has no word for these.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

/** The steps of a JSON Pointer. */
function pathOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
