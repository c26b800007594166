import { snakeCase } from '@cherenkit/expression';
import { quoteName } from '../../component/quote-value.js';
import { ConfigurationError, type Position, type Problem } from '../problem.js';
import { MappingBuilder, type ConfigNode, type MappingNode } from './config-node.js';
import { readObject } from './read-object.js';
import { isSectionName } from './trait-key.js';

/**
 * One source of configuration values. Layers are given in order, the later one wins key by key.
 *
 * A layer is plain data, which survives `structuredClone` and JSON: with its layers, a run can be described to a worker or
 * to another machine.
 */
export interface ConfigLayer {
  /** What people call it: the file, `command line`, `config`. */
  readonly name: string;
  /** The path of a file. */
  readonly file?: string;
  /**
   * Sections within sections. A key that is the name of a class holds a mapping, any other the value of a trait by its name
   * in files. Missing where there is nothing that can be read.
   */
  readonly content?: MappingNode;
  /**
   * Wins over all layers without it, also where these speak to a more special class: a command line, which says
   * `DataWriter.output_path`, over a file with `HDF5DataWriter.output_path`.
   */
  readonly overrides?: boolean;
  /** What was wrong with it before anything is known of components. Reported together with all else by the static check. */
  readonly problems: readonly Problem[];
}

/** Bytes: far above what people write; a parser needs memory many times the size of its input. */
export const LONGEST_CONFIGURATION = 4 * 1024 * 1024;

/**
 * The layer of a configuration file, its format known by its suffix: `.yaml`, `.yml`, `.json` or `.toml`.
 *
 * Mistakes of what the file says are no exceptions: they are in `problems`.
 *
 * @throws ConfigurationError for another suffix
 */
export async function readConfigFile(text: string, file: string): Promise<ConfigLayer> {
  const read = await readerOf(file);
  if (text.length > LONGEST_CONFIGURATION) return tooLong(file, text.length);
  const problems: Problem[] = [];
  return { ...layerOf(file, read(text, file, problems), problems), file };
}

/** The layer of a file that is not read for its size in bytes. */
export function tooLong(file: string, size: number): ConfigLayer {
  const message = `${size} bytes; a configuration has ${LONGEST_CONFIGURATION} at most`;
  return { name: file, file, problems: [{ severity: 'error', at: { source: file }, message }] };
}

type Reader = (text: string, file: string, problems: Problem[]) => ConfigNode | undefined;

/** Parsers are imported when there is something for them: they are a good part of the program's start. */
async function readerOf(file: string): Promise<Reader> {
  const suffix = /\.[^./\\]*$/.exec(file)?.[0].toLowerCase() ?? '';
  if (['.yaml', '.yml', '.json'].includes(suffix)) return (await import('./read-yaml.js')).readYaml;
  if (suffix === '.toml') return (await import('./read-toml.js')).readToml;
  const python = suffix === '.py' ? ' (Python configurations are programs; write its values as YAML)' : '';
  const message = `expected a configuration file ending in .yaml, .yml, .json or .toml${python}`;
  throw new ConfigurationError([{ severity: 'error', at: { source: file }, message }]);
}

/**
 * The layer of a plain object with the keys of a configuration file; traits may also be spelt as in code:
 * `{ TailcutsImageCleaner: { pictureThresholdPe: 8 } }`.
 *
 * @param name - begins the positions in messages: `config.TailcutsImageCleaner.pictureThresholdPe`
 */
export function objectLayer(config: object, name = 'config'): ConfigLayer {
  const problems: Problem[] = [];
  return layerOf(name, readObject(config, name, problems), problems, snakeCase);
}

/** @param traitName - from a key to the name of a trait in files */
function layerOf(
  name: string,
  node: ConfigNode | undefined,
  problems: Problem[],
  traitName = (key: string): string => key,
): ConfigLayer {
  if (node?.type === 'mapping') return { name, content: sectionsIn(node, problems, traitName), problems };
  if (node && !isNull(node)) {
    problems.push({ severity: 'error', at: node.at, message: 'expected a mapping of sections' });
  }
  return { name, problems };
}

/** The same mapping, with values of traits by their names in files and nothing but mappings below the names of classes. */
function sectionsIn(mapping: MappingNode, problems: Problem[], traitName: (key: string) => string): MappingNode {
  const sections = new MappingBuilder(mapping.at);
  for (const { key, keyAt, value } of mapping.entries) {
    if (!isSectionName(key)) {
      sections.addOnce(traitName(key), keyAt, value, problems);
    } else if (value.type === 'mapping') {
      sections.addOnce(key, keyAt, sectionsIn(value, problems, traitName), problems);
    } else if (isNull(value)) {
      sections.addOnce(key, keyAt, { type: 'mapping', at: value.at, entries: [] }, problems);
    } else {
      const message = `expected a mapping below section ${quoteName(key)}`;
      problems.push({ severity: 'error', at: value.at, message });
    }
  }
  return sections.node;
}

function isNull(node: ConfigNode): boolean {
  return node.type === 'scalar' && node.value === null && node.nonFinite === undefined;
}

/** The key of a file that names plugins; it stands outside of any section. */
export const PLUGINS_KEY = 'plugins';

/** A plugin that a configuration asks for. */
export interface NamedPlugin {
  /** The name of a package, or the path of its folder. */
  readonly name: string;
  readonly at: Position;
}

/** The plugins that a layer names. What is no name is left out here; the static check reports it. */
export function namedPlugins({ content }: ConfigLayer): NamedPlugin[] {
  const node = content?.entries.find(({ key }) => key === PLUGINS_KEY)?.value;
  if (node?.type !== 'list') return [];
  return node.items.flatMap((item) =>
    item.type === 'scalar' && typeof item.value === 'string' ? [{ name: item.value, at: item.at }] : [],
  );
}
