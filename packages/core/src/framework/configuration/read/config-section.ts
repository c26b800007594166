import type { ConfigNode, MappingNode } from './config-node.js';
import type { Position, Problem } from '../problem.js';

/** What a configuration gives a trait. */
export interface ConfigValue {
  readonly keyAt: Position;
  readonly node: ConfigNode;
}

/** A mapping of a configuration: values of traits and, below the names of classes, sections of components. */
export interface ConfigSection {
  /** Missing for the outermost one. */
  readonly keyAt?: Position | undefined;
  readonly values: ReadonlyMap<string, ConfigValue>;
  readonly sections: ReadonlyMap<string, ConfigSection>;
}

export const EMPTY_SECTION: ConfigSection = { values: new Map(), sections: new Map() };

/** The name of a class, alone or behind its plugin: `HillasReconstructor`, `@other/plugin/HillasReconstructor`. */
const CLASS_NAME = /^(?:.+\/)?[A-Z]\w*$/;

/**
 * The sections of a mapping; what cannot be read as one is added to `problems`.
 *
 * @param spelling - the name of a trait as the catalog has it, from the key
 */
export function readSection(
  mapping: MappingNode,
  problems: Problem[],
  spelling: (key: string) => string = (key) => key,
  keyAt?: Position,
): ConfigSection {
  const values = new Map<string, ConfigValue>();
  const sections = new Map<string, ConfigSection>();
  const complain = (at: Position, message: string): number => problems.push({ severity: 'error', at, message });
  for (const { key, keyAt: at, value } of mapping.entries) {
    if (!CLASS_NAME.test(key)) {
      const name = spelling(key);
      if (values.has(name)) complain(at, `${name} stands in the same mapping twice`);
      values.set(name, { keyAt: at, node: value });
    } else if (value.type === 'mapping') {
      if (sections.has(key)) complain(at, `section ${key} stands in the same mapping twice`);
      sections.set(key, readSection(value, problems, spelling, at));
    } else if (value.type === 'scalar' && value.value === null) {
      sections.set(key, { ...EMPTY_SECTION, keyAt: at });
    } else {
      complain(value.at, `expected a mapping below section ${key}`);
    }
  }
  return { keyAt, values, sections };
}

/** Key by key, the later one wins; values, lists among them, are replaced whole. */
export function mergeSections(earlier: ConfigSection, later: ConfigSection): ConfigSection {
  const sections = new Map(earlier.sections);
  for (const [name, section] of later.sections) {
    const existing = sections.get(name);
    sections.set(name, existing ? mergeSections(existing, section) : section);
  }
  return { keyAt: later.keyAt ?? earlier.keyAt, values: new Map([...earlier.values, ...later.values]), sections };
}

/**
 * What a configuration says about a component: the sections named after the classes of its lineage (the most general
 * first), first those of the file itself, then those within what applies to its parent.
 *
 * The rule is that of traitlets 5.16, `Configurable._find_my_config`.
 */
export function sectionOf(lineage: readonly string[], file: ConfigSection, parent?: ConfigSection): ConfigSection {
  let result = EMPTY_SECTION;
  for (const scope of parent ? [file, parent] : [file]) {
    for (const name of lineage) {
      const section = scope.sections.get(name);
      if (section) result = mergeSections(result, section);
    }
  }
  return result;
}

/** The same with other names of the sections on all levels; sections that come to have one name are merged. */
export function renameSections(
  { keyAt, values, sections }: ConfigSection,
  rename: (name: string) => string,
): ConfigSection {
  const renamed = new Map<string, ConfigSection>();
  for (const [name, section] of sections) {
    const [newName, below] = [rename(name), renameSections(section, rename)];
    const existing = renamed.get(newName);
    renamed.set(newName, existing ? mergeSections(existing, below) : below);
  }
  return { keyAt, values, sections: renamed };
}
