import type { Json } from '../trait-declaration.js';
import type { DeclarationOfType, JsonSchema, TraitType } from './trait-type.js';

/** Declaration of a choice. */
export interface ChoiceDeclaration extends DeclarationOfType<'choice'> {
  readonly choices: readonly string[];
  /** Whether configurations may write the choices in any case. */
  readonly caseless?: true;
  /** The enumeration that the choices are members of; components read the numbers of the members. */
  readonly enumeration?: { readonly name: string; readonly members: Readonly<Record<string, number>> };
}

/** Longer lists of choices are not shown as the placeholder of the value in the help of a command. */
const MAX_SHOWN_CHOICES = 6;

/** One of a fixed set of strings. */
export const CHOICE: TraitType<ChoiceDeclaration> = {
  members: {
    choices: { type: 'array', items: { type: 'string' } },
    caseless: { const: true },
    enumeration: {
      type: 'object',
      required: ['name', 'members'],
      properties: {
        name: { type: 'string' },
        members: { type: 'object', additionalProperties: { type: 'number' } },
      },
    },
  },
  required: ['choices'],
  isText: true,
  describe: ({ choices }) => choices.join(' or '),
  // Without `type`: a number would otherwise be reported twice.
  schema: ({ choices }) => ({ enum: choices }),
  editorSchema: ({ choices, caseless, enumeration }) => {
    const words = caseless ? anyCase(choices) : { enum: choices };
    if (!enumeration) return words;
    const numbers = { enum: Object.values(enumeration.members) };
    return { anyOf: [words, numbers, { type: 'string', pattern: `^${enumeration.name}\\.` }] };
  },
  flag: ({ choices }) => ({ choices, helpValue: choices.length > MAX_SHOWN_CHOICES ? 'NAME' : choices.join('|') }),
  normalize: normalizedChoice,
  runtime: ({ enumeration }, value) => enumeration?.members[value as string] ?? value,
};

/** Converts a choice to its declared spelling. A member of an enumeration may be given by number or as `EventType.MUON`. */
function normalizedChoice({ choices, caseless, enumeration }: ChoiceDeclaration, value: Json): Json {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const written = enumeration ? String(value).replace(`${enumeration.name}.`, '') : value;
  const member = choices.find((choice) => enumeration && String(enumeration.members[choice]) === written);
  if (member !== undefined) return member;
  if (!caseless || typeof written === 'number') return value;
  return choices.find((choice) => choice.toLowerCase() === written.toLowerCase()) ?? value;
}

/** Returns a schema that accepts the choices in any case, and offers the declared spelling for completion. */
function anyCase(choices: readonly string[]): JsonSchema {
  const letters = (choice: string): string =>
    choice.replace(/./g, (letter) => {
      const both = `${letter.toLowerCase()}${letter.toUpperCase()}`;
      return /[a-z]/i.test(letter) ? `[${both}]` : letter.replace(/[$()*+./?[\\\]^{|}]/, '\\$&');
    });
  return { anyOf: [{ enum: choices }, { type: 'string', pattern: `^(?:${choices.map(letters).join('|')})$` }] };
}

/** Declaration of a component name. */
export interface ComponentDeclaration extends DeclarationOfType<'component'> {
  readonly kind: string;
}

/** The name of a component of a given kind. The component becomes a child of the one that has the trait. */
export const COMPONENT: TraitType<ComponentDeclaration> = {
  members: { kind: { type: 'string' } },
  required: ['kind'],
  isText: true,
  describe: ({ kind }) => `name of a component of kind ${kind}`,
  schema: ({ kind }) => ({ type: 'string', component: kind }),
  editorSchema: ({ kind }, _, names) => ({
    anyOf: [{ enum: names.ofKind(kind) }, { type: 'string', pattern: names.qualified }],
  }),
  flag: () => ({ helpValue: 'NAME' }),
  normalize: (_, value, componentId) => (typeof value === 'string' ? (componentId(value) ?? value) : value),
  kind: ({ kind }) => kind,
};
