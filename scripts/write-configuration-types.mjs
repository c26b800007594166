// Writes the types of configuration objects from the manifests of the built-in plugins, so that editors complete and explain
// sections and traits, and a misspelt key does not compile. Compiles again if they have changed. `--check` only reports that
// they are stale.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { camelCase } from '@cherenkit/core';
import { ComponentCatalog, configurationSchema, describeTrait } from '@cherenkit/core/internal';
import * as prettier from 'prettier';
import { manifestsBelow } from './manifests-below.mjs';

/** Type of a number with a unit. */
const QUANTITY = 'number | string';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'packages/cherenkit/src/configuration/built-in-sections.ts');
// Optional plugins are not dependencies of the command.
const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/cherenkit/package.json'), 'utf8'));
const builtIn = manifestsBelow(root).filter(({ packageName }) => Object.hasOwn(dependencies, packageName));
const catalog = new ComponentCatalog(builtIn);
const ids = [...catalog.ids].sort();
const kinds = [...new Set(ids.flatMap((id) => kindsIn(Object.values(catalog.find(id).entry.traits ?? {}))))].sort();
const { definitions } = configurationSchema(catalog);

const VALUES = `
/** A value for all telescopes, or rules of which the last one that matches a telescope wins. */
type PerTelescope<T> =
  | T
  | readonly (readonly ['type', glob: string, value: T] | readonly ['id', telId: number, value: T])[];

/** A word in upper or lower case. */
type AnyCase<T extends string> = T | Lowercase<T> | Uppercase<T>;`;

const text = await prettier.format(
  [
    '// Made from the manifests of the built-in plugins by scripts/write-configuration-types.mjs.',
    VALUES,
    ...kinds.map(namesOf),
    ...ids.map(traitsOf),
    ...ids.map(sectionOf),
    interfaceOf('BuiltInSections', 'The sections of the built-in components.', [], sectionsIn(ids)),
    optionsOf('EventSourceOptionTraits', 'Traits of event sources, in the spelling of code.', family('EventSource')),
    optionsOf(
      'DataWriterOptionTraits',
      'Traits of the HDF5 writer, in the spelling of code.',
      catalog.lineage('HDF5DataWriter'),
    ),
    optionsOf('TableLoaderOptionTraits', 'Traits of the table loader, in the spelling of code.', ['TableLoader']),
  ].join('\n\n'),
  { ...(await prettier.resolveConfig(file)), filepath: file },
);

if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  if (process.argv.includes('--check')) {
    console.error(`Stale, run npm run build: ${file}`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    process.exitCode = spawnSync('npx', ['tsc', '-b'], { cwd: root, stdio: 'inherit' }).status ?? 1;
  }
}

/** The names of the components of a kind; those of plugins are any text. */
function namesOf(kind) {
  const names = catalog.idsOfKind(kind).map((id) => JSON.stringify(id));
  return `${comment(`Components of kind ${kind}; plugins may have others.`)}type ${kind}Name = ${[...names.sort(), '(string & {})'].join(' | ')};`;
}

/** The traits that a class declares itself. */
function traitsOf(id) {
  const { traits = {} } = catalog.find(id).entry;
  return interfaceOf(`${id}Traits`, `Traits that ${id} declares.`, [], members(traits), false);
}

/** A section holds the traits of a class, its bases and its subclasses, and the sections of components below it. */
function sectionOf(id) {
  const { help = `Components of kind ${id}.` } = catalog.find(id).entry;
  const owners = family(id).filter((other) => catalog.find(other).entry.traits);
  const ambiguous = ambiguousTraits(owners);
  const bases = owners.map((owner) => {
    const omitted = Object.keys(catalog.find(owner).entry.traits).filter((name) => ambiguous.has(name));
    const names = omitted.map((name) => JSON.stringify(name)).join(' | ');
    return omitted.length > 0 ? `Omit<${owner}Traits, ${names}>` : `${owner}Traits`;
  });
  const united = [...ambiguous].map(
    ([name, { help, types }]) => `${comment(help)}readonly ${name}?: ${unionOf(types)};`,
  );
  const below = Object.entries(definitions[id].properties)
    .filter(([name, schema]) => schema.$ref !== undefined && ids.includes(name))
    .map(([name]) => name);
  return interfaceOf(`${id}Section`, help, bases, [...united, ...sectionsIn(below)], false);
}

/** Traits that several classes declare with different types. */
function ambiguousTraits(owners) {
  const found = new Map();
  for (const owner of owners) {
    for (const [name, declaration] of Object.entries(catalog.find(owner).entry.traits)) {
      const { help = declaration.help ?? '', types = [] } = found.get(name) ?? {};
      found.set(name, { help, types: [...new Set([...types, typeOf(declaration)])] });
    }
  }
  return new Map([...found].filter(([, { types }]) => types.length > 1));
}

/** Union of types, of which some may accept null. Among names, any text is written so that editors still offer them. */
function unionOf(types) {
  const withoutNull = [
    ...new Set(
      types
        .map((type) => type.replace(/ \| null$/, '').replace(/^string$/, '(string & {})'))
        .flatMap((type) => (type === QUANTITY ? QUANTITY.split(' | ') : type)),
    ),
  ];
  return [...withoutNull, ...(types.some((type) => type.endsWith(' | null')) ? ['null'] : [])].join(' | ');
}

/** A class, its bases and its subclasses; the class and its bases first. */
function family(id) {
  const bases = [...catalog.lineage(id)].reverse();
  const subclasses = ids.filter((other) => other !== id && catalog.lineage(other).includes(id));
  return [...new Set([...bases, ...subclasses])];
}

/** The kinds of components that traits name. */
function kindsIn(declarations) {
  return declarations.flatMap(({ kind, items }) => [...(kind ? [kind] : []), ...kindsIn([items ?? []].flat())]);
}

function sectionsIn(names) {
  return names.map((name) => `${comment(catalog.find(name).entry.help ?? name)}readonly ${name}?: ${name}Section;`);
}

function members(traits, nameOf = (name) => name) {
  return Object.entries(traits).map(([name, declaration]) => {
    const { help = '', default: value } = declaration;
    const facts = `${describeTrait(declaration)}${value === undefined ? '' : `; default ${JSON.stringify(value)}`}`;
    return `${comment(`${help} (${facts})`)}readonly ${nameOf(name)}?: ${typeOf(declaration)} | undefined;`;
  });
}

function optionsOf(name, help, classes) {
  const traits = Object.assign({}, ...[...classes].reverse().map((id) => catalog.find(id).entry.traits ?? {}));
  return interfaceOf(name, help, [], members(traits, camelCase));
}

function interfaceOf(name, help, bases, lines, isExported = true) {
  if (bases.length === 0 && lines.length === 0 && name.endsWith('Traits')) return '';
  const heritage = bases.length > 0 ? ` extends ${bases.join(', ')}` : '';
  const isEmpty = bases.length === 0 && lines.length === 0;
  const declaration = isEmpty
    ? `type ${name} = Readonly<Record<string, never>>;`
    : `interface ${name}${heritage} {\n${lines.join('\n')}\n}`;
  return `${comment(help)}${isExported ? 'export ' : ''}${declaration}`;
}

function comment(text) {
  return `/** ${text.trim().replaceAll('*/', '* /')} */\n`;
}

function typeOf(declaration) {
  const value = `${valueType(declaration)}${declaration.optional ? ' | null' : ''}`;
  return declaration.perTelescope ? `PerTelescope<${value}>` : value;
}

function valueType(declaration) {
  const { type, items, choices, caseless, enumeration, kind } = declaration;
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'bigInteger':
      return 'number | string';
    case 'quantity':
      return QUANTITY;
    case 'integers':
      return 'number | readonly number[] | string';
    case 'choice': {
      const words = choices.map((choice) => JSON.stringify(choice)).join(' | ');
      const numbers = Object.values(enumeration?.members ?? {}).map((number) => ` | ${number}`);
      return `${caseless ? `AnyCase<${words}>` : words}${numbers.join('')}`;
    }
    case 'component':
      return `${kind}Name`;
    case 'list':
      return `readonly (${typeOf(items)})[]`;
    case 'tuple':
      return `readonly [${items.map(typeOf).join(', ')}]`;
    case 'dictionary':
      return 'Readonly<Record<string, unknown>>';
    default:
      return 'string';
  }
}
