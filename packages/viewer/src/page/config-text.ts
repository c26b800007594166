import type { Json } from '@cherenkit/core';
import type { Config } from '../protocol.js';
import { isOfSource } from '../source-sections.js';

/** A configuration as YAML, for a file that `cherenkit process -c` reads. */
export function yamlOf(config: Config, indent = ''): string {
  return Object.entries(config)
    .map(([key, value]) => {
      if (isSection(value)) return `${indent}${key}:\n${yamlOf(value, `${indent}  `)}`;
      const isLong = Array.isArray(value) && value.length > 0 && value.every((each) => Array.isArray(each));
      if (!isLong) return `${indent}${key}: ${inlineYaml(value)}\n`;
      const items = (value as readonly Json[]).map((each) => `${indent}  - ${inlineYaml(each)}\n`);
      return `${indent}${key}:\n${items.join('')}`;
    })
    .join('');
}

/** Values are JSON, which YAML includes; plain words have no quotes. */
function inlineYaml(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inlineYaml).join(', ')}]`;
  const isPlain =
    typeof value === 'string' &&
    /^[A-Za-z][\w.]*$/.test(value) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** A configuration in which a trait is set. Undefined removes it. */
export function withTrait(config: Config, component: string, trait: string, value: Json | undefined): Config {
  const section = isSection(config[component]) ? config[component] : {};
  const { [trait]: _, ...others } = section;
  const changed = value === undefined ? others : { ...section, [trait]: value };
  const { [component]: __, ...rest } = config;
  return Object.keys(changed).length === 0 ? rest : { ...config, [component]: changed };
}

/** A configuration with the values of another one, which take precedence. */
export function merged(config: Config, changes: Config): Config {
  return Object.entries(changes).reduce(
    (all, [component, section]) =>
      isSection(section)
        ? Object.entries(section).reduce((some, [trait, value]) => withTrait(some, component, trait, value), all)
        : { ...all, [component]: section },
    config,
  );
}

/**
 * A configuration whose sections of components within other sections are sections of their own, as those that the page writes:
 * sections within others take precedence over them. Those of event sources stay, and those that would differ from another section.
 */
export function withoutNesting(config: Config): Config {
  const lifted: Record<string, Json> = {};
  const values = (section: Config): Config => {
    const kept: Record<string, Json> = {};
    for (const [key, value] of Object.entries(section)) {
      if (!isSection(value)) kept[key] = value;
      else if (!(key in config) && (!(key in lifted) || isSame(lifted[key], values(value))))
        lifted[key] = values(value);
      else kept[key] = value;
    }
    return kept;
  };
  for (const [name, section] of Object.entries(config)) {
    const own = isSection(section) && !isOfSource(name) ? values(section) : section;
    const isEmptied = own !== section && isSection(own) && Object.keys(own).length === 0;
    if (!isEmptied) lifted[name] = own;
  }
  return lifted;
}

function isSame(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Values that differ between two configurations, by path. */
export function differingSettings(a: Config, b: Config): { path: string; a: Json | undefined; b: Json | undefined }[] {
  const [inA, inB] = [flatten(a), flatten(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .filter((path) => JSON.stringify(inA.get(path)) !== JSON.stringify(inB.get(path)))
    .map((path) => ({ path, a: inA.get(path), b: inB.get(path) }));
}

function flatten(config: Config, prefix = ''): Map<string, Json> {
  return new Map(
    Object.entries(config).flatMap(([key, value]): [string, Json][] =>
      isSection(value) ? [...flatten(value, `${prefix}${key}.`)] : [[`${prefix}${key}`, value]],
    ),
  );
}

function isSection(value: Json | undefined): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The settings as a configuration file: telescopes that are left out are those that are not read.
 *
 * @param telIds - of the array
 */
export function fileConfig({ config, without }: Settings, telIds: readonly number[]): Config {
  if (without.length === 0) return config;
  const kept = telIds.filter((telId) => !without.includes(telId));
  return withTrait(config, 'EventSource', 'allowed_tels', kept);
}

/** The settings of a configuration file, see {@link fileConfig}. */
export function settingsOf(read: Config, telIds: readonly number[]): Settings {
  const config = withoutNesting(read);
  const source = config['EventSource'];
  const allowed = isSection(source) ? source['allowed_tels'] : undefined;
  if (allowed === undefined || allowed === null) return { config, without: [] };
  const kept = new Set(idsOf(allowed));
  return {
    config: withTrait(config, 'EventSource', 'allowed_tels', undefined),
    without: telIds.filter((telId) => !kept.has(telId)),
  };
}

interface Settings {
  readonly config: Config;
  readonly without: readonly number[];
}

/** Ids in a list, or in a text such as `1,2,5-9`. */
function idsOf(value: Json): number[] {
  if (Array.isArray(value)) return value.map(Number);
  return (typeof value === 'string' ? value : '').split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: Math.min(10_000, last - first + 1) }, (_, i) => first + i);
  });
}
