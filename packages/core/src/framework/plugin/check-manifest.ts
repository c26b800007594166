import type { PluginManifest } from './plugin-manifest.js';

type Mapping = Readonly<Record<string, unknown>>;
type Check = (value: unknown, place: string) => string | undefined;

const TRAIT_TYPES: readonly unknown[] = [
  ...['boolean', 'string', 'path', 'dictionary', 'expression', 'integer', 'number', 'integers'],
  ...['choice', 'component', 'list', 'tuple'],
];

/**
 * What keeps plain data from being a manifest; undefined for one.
 *
 * It tells one mistake, the first: manifests are generated, so the remedy is to generate it again.
 */
export function manifestFault(value: unknown): string | undefined {
  if (!isMapping(value)) return 'it is no object';
  return (
    expect('a name', value['name'], 'name', (name) => typeof name === 'string' && name !== '') ??
    expect('a number', value['apiVersion'], 'apiVersion', Number.isFinite) ??
    each(value['components'], 'components', componentFault) ??
    (value['services'] === undefined ? undefined : names(value['services'], 'services'))
  );
}

/** Whether plain data has the shape of a manifest. */
export function isManifest(value: unknown): value is PluginManifest {
  return manifestFault(value) === undefined;
}

function componentFault(entry: unknown, place: string): string | undefined {
  if (!isMapping(entry)) return `${place} is no object`;
  const { kind, abstract = true, extends: base = '', help = '', children = [], recognises = [], traits = {} } = entry;
  return (
    expect('a kind', kind, `${place}.kind`, (name) => typeof name === 'string' && name !== '') ??
    expect('true', abstract, `${place}.abstract`, (flag) => flag === true) ??
    expect('a name', base, `${place}.extends`, isText) ??
    expect('a sentence', help, `${place}.help`, isText) ??
    names(children, `${place}.children`) ??
    expect('a list of objects', recognises, `${place}.recognises`, (list) => isList(list) && list.every(isMapping)) ??
    each(traits, `${place}.traits`, traitFault)
  );
}

function traitFault(declaration: unknown, place: string): string | undefined {
  if (!isMapping(declaration)) return `${place} is no object`;
  const { type, items, kind, choices } = declaration;
  const fault = expect('a type of trait', type, `${place}.type`, (name) => TRAIT_TYPES.includes(name));
  if (fault !== undefined) return fault;
  switch (type) {
    case 'list':
      return traitFault(items, `${place}.items`);
    case 'tuple':
      if (!isList(items)) return `${place}.items is no list`;
      return items
        .map((item, index) => traitFault(item, `${place}.items[${index}]`))
        .find((found) => found !== undefined);
    case 'component':
      return expect('a kind', kind, `${place}.kind`, isText);
    case 'choice':
      return names(choices, `${place}.choices`);
    default:
      return undefined;
  }
}

function each(members: unknown, place: string, check: Check): string | undefined {
  if (!isMapping(members)) return `${place} is no object`;
  for (const [name, member] of Object.entries(members)) {
    const fault = check(member, `${place}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function names(value: unknown, place: string): string | undefined {
  return expect('a list of names', value, place, (list) => isList(list) && list.every(isText));
}

function expect(what: string, value: unknown, place: string, isRight: (value: unknown) => boolean): string | undefined {
  return isRight(value) ? undefined : `${place} is ${JSON.stringify(value) ?? 'missing'}; expected ${what}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
