import { describeTrait } from '../../component/traits/trait-flags.js';
import { editorSchemaOf } from '../../component/traits/trait-schemas.js';
import type { EditorNames, JsonSchema } from '../../component/traits/trait-type.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { SectionReach } from '../check/section-reach.js';
import { ctapipeClassesOfKind, ctapipeFamilyTraits, knownCtapipeClasses } from '../ctapipe/ctapipe-names.js';
import { INCLUDE_KEY, PLUGINS_KEY } from '../read/config-layer.js';

/**
 * Returns a JSON Schema (draft 7) of configuration files, for completion and validation in editors. It covers all sections,
 * traits, choices and component names of a catalog and accepts whatever the static check accepts. Expressions, patterns and
 * whatever depends on the array are not validated.
 */
export function configurationSchema(catalog: ComponentCatalog): JsonSchema {
  return new SchemaBuilder(catalog).build();
}

/** A class name qualified with its plugin or package. */
const QUALIFIED = '/[A-Z][A-Za-z0-9_]*$';
const EMPTY_OR = ['object', 'null'];

class SchemaBuilder {
  private readonly reach: SectionReach;
  private readonly names: EditorNames;

  constructor(private readonly catalog: ComponentCatalog) {
    this.reach = SectionReach.in(catalog);
    this.names = {
      qualified: QUALIFIED,
      // Includes components that only ctapipe has: a rule that matches no telescope may name them.
      ofKind: (kind) => {
        const foreign = ctapipeClassesOfKind(kind).filter((name) => !catalog.isKnown(name));
        return [...catalog.idsOfKind(kind), ...foreign].sort();
      },
    };
  }

  build(): JsonSchema {
    const ids = [...this.catalog.ids].sort();
    const foreign = knownCtapipeClasses().filter((name) => !this.catalog.isKnown(name));
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Configuration of cherenkit',
      type: EMPTY_OR,
      properties: {
        [INCLUDE_KEY]: {
          description: 'Files to read before this one, relative to its folder. This file takes precedence.',
          anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
        },
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
      // Nested sections without effect are valid.
      propertyNames: { anyOf: [...traits.map(([name]) => ({ const: name })), { $ref: '#/definitions/section' }] },
    };
  }

  private traitSchema(declaration: TraitDeclaration): JsonSchema {
    const { help = '', default: value } = declaration;
    return {
      description: `${help}${help && ' '}(${describeTrait(declaration)})`,
      ...(value !== undefined && { default: value }),
      ...editorSchemaOf(declaration, this.names),
    };
  }
}

function foreignSection(name: string): JsonSchema {
  const traits = Object.fromEntries([...ctapipeFamilyTraits(name)].map((trait) => [trait, {}]));
  return { description: 'A class of ctapipe that is not available here.', type: EMPTY_OR, properties: traits };
}

/** Encodes a key for a JSON Pointer in a URI fragment. */
function pointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
