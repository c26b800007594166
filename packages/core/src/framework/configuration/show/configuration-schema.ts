import type { TraitDeclaration } from '../../component/trait-declaration.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeClassesOfKind, ctapipeFamilyTraits, knownCtapipeClasses } from '../ctapipe/ctapipe-names.js';
import { describeTrait } from '../traits/describe-trait.js';
import { PLUGINS_KEY } from '../read/named-plugins.js';
import { SectionReach } from '../check/section-reach.js';
import type { JsonSchema } from '../traits/trait-schema.js';

/**
 * A JSON Schema (draft 7) of configuration files, for editors that complete and check: every section, trait, choice and
 * component name of a catalog. It accepts what gate 1 accepts; expressions, patterns and what depends on the array it
 * leaves to `config check`.
 */
export function configurationSchema(catalog: ComponentCatalog): JsonSchema {
  return new SchemaBuilder(catalog).build();
}

/** The name of a class behind that of its plugin or package. */
const QUALIFIED = '/[A-Z][A-Za-z0-9_]*$';
const EMPTY_OR = ['object', 'null'];

class SchemaBuilder {
  private readonly reach: SectionReach;

  constructor(private readonly catalog: ComponentCatalog) {
    this.reach = new SectionReach(catalog);
  }

  build(): JsonSchema {
    const ids = this.catalog.ids.sort();
    const foreign = knownCtapipeClasses().filter((name) => !this.catalog.isKnown(name));
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Configuration of cherenkit',
      type: EMPTY_OR,
      properties: {
        [PLUGINS_KEY]: {
          description: 'Packages or paths of plugins.',
          type: 'array',
          items: { type: 'string' },
        },
        ...this.sections([...ids, ...foreign]),
      },
      patternProperties: { [QUALIFIED]: { type: EMPTY_OR } },
      additionalProperties: false,
      definitions: {
        ...Object.fromEntries(ids.map((id) => [id, this.sectionOf(id)])),
        ...Object.fromEntries(foreign.map((name) => [name, foreignSection(name)])),
        section: { anyOf: [{ enum: [...ids, ...foreign] }, { type: 'string', pattern: QUALIFIED }] },
      },
    };
  }

  private sections(names: readonly string[]): JsonSchema {
    return Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${pointer(name)}` }]));
  }

  private sectionOf(id: string): JsonSchema {
    const traits = [...this.catalog.familyTraits(id)].map(([name, declarations]): [string, JsonSchema] => {
      const [first, ...others] = declarations.map((declaration) => this.traitSchema(declaration));
      return [name, others.length === 0 && first ? first : { anyOf: [first, ...others] }];
    });
    const family = this.reach.family(id);
    const within = this.catalog.ids.filter((other) => this.reach.below(family, other).size > 0);
    const help = this.catalog.find(id)?.entry.help;
    return {
      ...(help && { description: help }),
      type: EMPTY_OR,
      properties: { ...Object.fromEntries(traits), ...this.sections(within) },
      // Sections that have no effect here are no mistakes.
      propertyNames: { anyOf: [...traits.map(([name]) => ({ const: name })), { $ref: '#/definitions/section' }] },
    };
  }

  private traitSchema(declaration: TraitDeclaration): JsonSchema {
    const { help = '', default: value } = declaration;
    return {
      description: `${help}${help && ' '}(${describeTrait(declaration)})`,
      ...(value !== undefined && { default: value }),
      ...(declaration.perTelescope ? this.rules(declaration) : this.orNull(declaration)),
    };
  }

  /** A value for all, or rules. */
  private rules(declaration: TraitDeclaration): JsonSchema {
    const value = this.orNull(declaration);
    const rule = (command: string, argument: JsonSchema): JsonSchema => ({
      type: 'array',
      items: [{ const: command }, argument, value],
      minItems: 3,
      maxItems: 3,
    });
    const telescope = {
      anyOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', pattern: '^[0-9]+$' },
      ],
    };
    const rules = {
      type: 'array',
      items: { anyOf: [rule('type', { type: 'string', minLength: 1 }), rule('id', telescope)] },
    };
    const isList = ['list', 'tuple', 'integers'].includes(declaration.type);
    return isList ? { if: { type: 'array' }, then: rules, else: value } : { anyOf: [value, rules] };
  }

  private orNull(declaration: TraitDeclaration): JsonSchema {
    const value = this.valueSchema(declaration);
    return declaration.optional ? { anyOf: [value, { type: 'null' }] } : value;
  }

  private valueSchema(declaration: TraitDeclaration): JsonSchema {
    switch (declaration.type) {
      case 'boolean':
        return { type: 'boolean' };
      case 'string':
      case 'path':
      case 'expression':
        return { type: 'string' };
      case 'dictionary':
        return { type: 'object' };
      case 'integer':
      case 'number':
        return { type: declaration.type, ...rangeOf(declaration) };
      case 'integers': {
        const integer = { type: 'integer', ...rangeOf(declaration) };
        return { anyOf: [integer, { type: 'array', items: integer }, { type: 'string', pattern: '^[-0-9, ]+$' }] };
      }
      case 'choice':
        return choiceSchema(declaration.choices, declaration.caseless, declaration.enumeration);
      case 'component':
        return this.componentNames(declaration.kind);
      case 'list': {
        const { items, minItems, maxItems } = declaration;
        return { type: 'array', items: this.orNull(items), ...given({ minItems, maxItems }) };
      }
      case 'tuple': {
        const { length } = declaration.items;
        return {
          type: 'array',
          items: declaration.items.map((item) => this.orNull(item)),
          minItems: length,
          maxItems: length,
        };
      }
    }
  }

  /** Those that are there are completed; those that only ctapipe has may be named where no telescope gets them. */
  private componentNames(kind: string): JsonSchema {
    const foreign = ctapipeClassesOfKind(kind).filter((name) => !this.catalog.isKnown(name));
    const qualified = { type: 'string', pattern: QUALIFIED };
    return { anyOf: [{ enum: [...this.catalog.idsOfKind(kind), ...foreign].sort() }, qualified] };
  }
}

function foreignSection(name: string): JsonSchema {
  const traits = Object.fromEntries([...ctapipeFamilyTraits(name)].map((trait) => [trait, {}]));
  return { description: 'A class of ctapipe that is not available here.', type: EMPTY_OR, properties: traits };
}

function rangeOf({ minimum, maximum }: { minimum?: number; maximum?: number }): JsonSchema {
  return given({ minimum, maximum });
}

function given(members: { readonly [name: string]: number | undefined }): JsonSchema {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** The choices to complete; the members of an enumeration also by their numbers and behind its name. */
function choiceSchema(
  choices: readonly string[],
  caseless: true | undefined,
  enumeration: { readonly name: string; readonly members: Readonly<Record<string, number>> } | undefined,
): JsonSchema {
  const words = caseless ? anyCase(choices) : { enum: choices };
  if (!enumeration) return words;
  const numbers = { enum: Object.values(enumeration.members) };
  return { anyOf: [words, numbers, { type: 'string', pattern: `^${enumeration.name}\\.` }] };
}

/** The choices to complete, or the same in other letters. */
function anyCase(choices: readonly string[]): JsonSchema {
  const letters = (choice: string): string =>
    choice.replace(/./g, (letter) => {
      const both = `${letter.toLowerCase()}${letter.toUpperCase()}`;
      return /[a-z]/i.test(letter) ? `[${both}]` : letter.replace(/[$()*+./?[\\\]^{|}]/, '\\$&');
    });
  return { anyOf: [{ enum: choices }, { type: 'string', pattern: `^(?:${choices.map(letters).join('|')})$` }] };
}

/** A key as a step of a JSON Pointer in a reference. */
function pointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
