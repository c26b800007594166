import type { Json } from '../trait-declaration.js';
import type { Declared, JsonSchema, TraitType } from './trait-type.js';

export interface ChoiceDeclaration extends Declared<'choice'> {
  readonly choices: readonly string[];
  readonly caseless?: true;
  /** The choices are members of this enumeration, and components read their numbers. */
  readonly enumeration?: { readonly name: string; readonly members: Readonly<Record<string, number>> };
}

/** More choices than these are too many for the place of a value in the help of a command. */
const MOST_SHOWN = 6;

/** One of a few words. */
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
  // No type beside it: a number would be two mistakes.
  schema: ({ choices }) => ({ enum: choices }),
  editorSchema: ({ choices, caseless, enumeration }) => {
    const words = caseless ? anyCase(choices) : { enum: choices };
    if (!enumeration) return words;
    const numbers = { enum: Object.values(enumeration.members) };
    return { anyOf: [words, numbers, { type: 'string', pattern: `^${enumeration.name}\\.` }] };
  },
  flag: ({ choices }) => ({ choices, helpValue: choices.length > MOST_SHOWN ? 'NAME' : choices.join('|') }),
  spell: chosen,
  runtime: ({ enumeration }, value) => enumeration?.members[value as string] ?? value,
};

/** The choice as the declaration spells it. A member of an enumeration may be given by its number, or as `EventType.MUON`. */
function chosen({ choices, caseless, enumeration }: ChoiceDeclaration, value: Json): Json {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const written = enumeration ? String(value).replace(`${enumeration.name}.`, '') : value;
  const member = choices.find((choice) => enumeration && String(enumeration.members[choice]) === written);
  if (member !== undefined) return member;
  if (!caseless || typeof written === 'number') return value;
  return choices.find((choice) => choice.toLowerCase() === written.toLowerCase()) ?? value;
}

/** The choices, for completion, and the same in upper and lower case. */
function anyCase(choices: readonly string[]): JsonSchema {
  const letters = (choice: string): string =>
    choice.replace(/./g, (letter) => {
      const both = `${letter.toLowerCase()}${letter.toUpperCase()}`;
      return /[a-z]/i.test(letter) ? `[${both}]` : letter.replace(/[$()*+./?[\\\]^{|}]/, '\\$&');
    });
  return { anyOf: [{ enum: choices }, { type: 'string', pattern: `^(?:${choices.map(letters).join('|')})$` }] };
}

export interface ComponentDeclaration extends Declared<'component'> {
  readonly kind: string;
}

/** The name of a component of a kind; the component is created below the one that has the trait. */
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
  spell: (_, value, componentId) => (typeof value === 'string' ? (componentId(value) ?? value) : value),
  kind: ({ kind }) => kind,
};
