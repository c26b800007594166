import { snakeCase } from '@cherenkit/expression';
import { quoteName, quoteValue } from '../../component/quote-value.js';
import { ConfigurationError, type Position, type Problem } from '../problem.js';
import { jsonOf, MappingBuilder, type ConfigNode, type MappingNode } from './config-node.js';
import { readObject } from './read-object.js';
import { isSectionName } from './trait-key.js';

/**
 * One source of configuration values, such as a file or the command line. Layers are merged key by key; later ones take
 * precedence.
 *
 * A layer is plain data that survives `structuredClone` and JSON, so that a run can be sent to a worker or another machine.
 */
export interface ConfigLayer {
  /** Name for messages: the file, `command line`, `config`. */
  readonly name: string;
  /** Path of a file. */
  readonly file?: string;
  /**
   * Nested sections. The value of a class name is a mapping; any other key is the name of a trait as in files. Undefined if
   * nothing could be read.
   */
  readonly content?: MappingNode;
  /**
   * Takes precedence over all layers without it, even over more specific classes: `DataWriter.output_path` on the command
   * line overrides `HDF5DataWriter.output_path` in a file.
   */
  readonly overrides?: boolean;
  /** Syntax errors and the like. The static check reports them together with its own. */
  readonly problems: readonly Problem[];
}

/** Limit of the size of a configuration, in bytes: parsers need memory many times the size of their input. */
export const MAX_CONFIGURATION_BYTES = 4 * 1024 * 1024;

/**
 * Parses a configuration file. The format follows from the extension: `.yaml`, `.yml`, `.json` or `.toml`.
 *
 * Errors in the content are collected in `problems`, not thrown.
 *
 * @param text - content of the file
 * @param file - path, for the format and for messages
 * @throws ConfigurationError for any other extension
 * @example
 * ```ts
 * const layer = await readConfigFile('EventSource: { max_events: 5 }', 'mine.yaml');
 * await using run = await Run.prepare({ layers: [layer], tool: 'ProcessorTool' }, { plugins });
 * ```
 */
export async function readConfigFile(text: string, file: string): Promise<ConfigLayer> {
  const read = await readerOf(file);
  if (text.length > MAX_CONFIGURATION_BYTES) return oversizedLayer(file, text.length);
  const problems: Problem[] = [];
  return { ...layerOf(file, read(text, file, problems), problems), file };
}

/** Parses YAML, which includes JSON, that is no file, such as standard input. */
export async function readYamlText(text: string, name: string): Promise<ConfigLayer> {
  const problems: Problem[] = [];
  return layerOf(name, (await import('./read-yaml.js')).readYaml(text, name, problems), problems);
}

/** Returns the layer of a file that is too large to be read: its only content is the error. */
export function oversizedLayer(file: string, size: number): ConfigLayer {
  const message = `expected a configuration of at most ${MAX_CONFIGURATION_BYTES} bytes, found ${size}`;
  return { name: file, file, problems: [{ severity: 'error', at: { source: file }, message }] };
}

type Reader = (text: string, file: string, problems: Problem[]) => ConfigNode | undefined;

/** Imports the parser of a file format. Parsers are imported on demand, which saves start-up time. */
async function readerOf(file: string): Promise<Reader> {
  const suffix = /\.[^./\\]*$/.exec(file)?.[0].toLowerCase() ?? '';
  if (['.yaml', '.yml', '.json'].includes(suffix)) return (await import('./read-yaml.js')).readYaml;
  if (suffix === '.toml') return (await import('./read-toml.js')).readToml;
  const python = suffix === '.py' ? ' (Python configurations are programs; write its values as YAML)' : '';
  const message = `expected a configuration file ending in .yaml, .yml, .json or .toml${python}`;
  throw new ConfigurationError([{ severity: 'error', at: { source: file }, message }]);
}

/**
 * Makes a layer from a plain object with the keys of a configuration file. Trait names may be in snake_case or camelCase.
 *
 * @param name - prefix of positions in messages: `config.TailcutsImageCleaner.pictureThresholdPe`
 * @example
 * ```ts
 * const layer = objectLayer({
 *   ImageProcessor: { imageCleanerType: 'TailcutsImageCleaner' },
 *   TailcutsImageCleaner: { pictureThresholdPe: [['type', '*', 8], ['id', 3, 10]] },
 * });
 * ```
 */
export function objectLayer(config: object, name = 'config'): ConfigLayer {
  const problems: Problem[] = [];
  return layerOf(name, readObject(config, name, problems), problems, snakeCase);
}

/** @param traitName - converts a key to the name of a trait in files */
function layerOf(
  name: string,
  node: ConfigNode | undefined,
  problems: Problem[],
  traitName = (key: string): string => key,
): ConfigLayer {
  if (node?.type === 'mapping') return { name, content: sectionsIn(node, problems, traitName), problems };
  if (node && !isNull(node)) {
    problems.push({ severity: 'error', at: node.at, message: `expected a mapping of sections${foundInstead(node)}` });
  }
  return { name, problems };
}

/** Copies a mapping with trait names as in files, and reports values other than mappings below class names. */
function sectionsIn(mapping: MappingNode, problems: Problem[], traitName: (key: string) => string): MappingNode {
  const sections = new MappingBuilder(mapping.at);
  for (const { key, keyAt, value } of mapping.entries) {
    if (!isSectionName(key)) {
      sections.addUnique(traitName(key), keyAt, value, problems);
    } else if (value.type === 'mapping') {
      sections.addUnique(key, keyAt, sectionsIn(value, problems, traitName), problems);
    } else if (isNull(value)) {
      sections.addUnique(key, keyAt, { type: 'mapping', at: value.at, entries: [] }, problems);
    } else {
      const message = `expected a mapping below section ${quoteName(key)}${foundInstead(value)}`;
      problems.push({ severity: 'error', at: value.at, message });
    }
  }
  return sections.node;
}

/** Describes what is in place of a mapping, with the remedy for common slips. */
function foundInstead(node: ConfigNode): string {
  const value = jsonOf(node);
  const remedy =
    node.type === 'list'
      ? '; remove the dash or the brackets'
      : typeof value === 'string' && /^[\w.]+\s*=/.test(value)
        ? '; write "key: value" instead of "key = value"'
        : typeof value === 'string' && /^\w+:\S/.test(value)
          ? '; write a space after the colon'
          : '';
  return `, found ${quoteValue(value)}${remedy}`;
}

function isNull(node: ConfigNode): boolean {
  return node.type === 'scalar' && node.value === null && node.nonFinite === undefined;
}

/** Top-level key of a configuration file that lists plugins. */
export const PLUGINS_KEY = 'plugins';

/** Top-level key of a configuration file that names files to be read before it. */
export const INCLUDE_KEY = 'include';

/** A name in a list of a configuration: a plugin, that is a package name or the path of its folder, or a file. */
export interface ListedName {
  readonly name: string;
  readonly at: Position;
}

/** Returns the plugins listed in a layer. Invalid entries are skipped; the static check reports them. */
export function namedPlugins({ content }: ConfigLayer): ListedName[] {
  return listedNames(content?.entries.find(({ key }) => key === PLUGINS_KEY)?.value) ?? [];
}

/**
 * Separates the names of the files that a layer includes from its other content. A program that reads files puts their layers
 * before this one. An invalid list stays in the layer; the static check reports it.
 */
export function splitIncludes(layer: ConfigLayer): { readonly layer: ConfigLayer; readonly files: ListedName[] } {
  const { content } = layer;
  const node = content?.entries.find(({ key }) => key === INCLUDE_KEY)?.value;
  const files = node?.type === 'scalar' ? listedNames({ ...node, type: 'list', items: [node] }) : listedNames(node);
  if (!content || !files) return { layer, files: [] };
  const entries = content.entries.filter(({ key }) => key !== INCLUDE_KEY);
  return { layer: { ...layer, content: { ...content, entries } }, files };
}

/** The names in a list; undefined if it is no list of names. */
function listedNames(node: ConfigNode | undefined): ListedName[] | undefined {
  if (node?.type !== 'list') return undefined;
  const names = node.items.flatMap((item) =>
    item.type === 'scalar' && typeof item.value === 'string' ? [{ name: item.value, at: item.at }] : [],
  );
  return names.length === node.items.length ? names : undefined;
}
