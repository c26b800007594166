import type { ConfigNode } from './config-node.js';
import { EMPTY_SECTION, mergeSections, readSection, type ConfigSection } from './config-section.js';
import { snakeCase } from '@cherenkit/expression';
import { readObject } from './object-config.js';
import { ConfigurationError, type Problem } from '../problem.js';

/** One source of configuration values. Layers are given in order, the later one wins key by key. */
export interface ConfigLayer {
  /** What people call it: the file, `command line`, `config`. */
  readonly name: string;
  /** The path of a file. */
  readonly file?: string;
  readonly section: ConfigSection;
  /**
   * Wins over all layers without it, also where these speak to a more special class: a command line, which says
   * `DataWriter.output_path`, over a file with `HDF5DataWriter.output_path`.
   */
  readonly overrides?: boolean;
  /** What was wrong with it before anything is known of components. Reported together with all else at gate 1. */
  readonly problems: readonly Problem[];
}

/** Bytes: far above what people write; a parser needs memory many times the size of its input. */
export const LONGEST_CONFIGURATION = 4 * 1024 * 1024;

/**
 * The layer of a configuration file, its format known by its suffix: `.yaml`, `.yml`, `.json` or `.toml`.
 *
 * Never throws for what the file says: that is in `problems`.
 *
 * @throws ConfigurationError for another suffix
 */
export async function readConfigFile(text: string, file: string): Promise<ConfigLayer> {
  const problems: Problem[] = [];
  const read = await readerOf(file);
  if (text.length > LONGEST_CONFIGURATION) return tooLong(file, text.length);
  return { ...layerOf(file, read(text, file, problems), problems), file };
}

/** The layer of a file that is not read for its size in bytes. */
export function tooLong(file: string, size: number): ConfigLayer {
  const message = `${size} bytes; a configuration has ${LONGEST_CONFIGURATION} at most`;
  return { ...layerOf(file, undefined, [{ severity: 'error', at: { source: file }, message }]), file };
}

/**
 * The layer of values that a run has stored, each with its path: `ProcessorTool.ImageProcessor.use_telescope_frame`. What
 * is within the tool comes to stand beside it, where layers on top of this one speak to it.
 *
 * @param rows - paths and values, these as JSON
 */
export function rowsLayer(rows: readonly (readonly [path: string, json: string])[], file: string): ConfigLayer {
  const problems: Problem[] = [];
  const config: Record<string, unknown> = {};
  for (const [path, json] of rows) {
    const steps = path.split('.');
    const trait = steps.pop() ?? '';
    const classes = steps.length > 1 && /Tool$/.test(steps[0] ?? '') ? steps.slice(1) : steps;
    let section = config;
    for (const name of classes) section = (section[name] ??= {}) as Record<string, unknown>;
    try {
      section[trait] = JSON.parse(json);
    } catch {
      const message = `expected a value as JSON, found ${json}`;
      problems.push({ severity: 'error', at: { source: `${file}:${path}` }, message });
    }
  }
  return layerOf(file, readObject(config, file, problems), problems);
}

type Reader = (text: string, file: string, problems: Problem[]) => ConfigNode | undefined;

/** Parsers are imported when there is something for them: they are a good part of the program's start. */
async function readerOf(file: string): Promise<Reader> {
  const suffix = /\.[^./\\]*$/.exec(file)?.[0].toLowerCase() ?? '';
  if (['.yaml', '.yml', '.json'].includes(suffix)) return (await import('./yaml-config.js')).readYaml;
  if (suffix === '.toml') return (await import('./toml-config.js')).readToml;
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

/** @param spelling - from a key to the name of a trait in files */
export function layerOf(
  name: string,
  node: ConfigNode | undefined,
  problems: Problem[],
  spelling?: (key: string) => string,
): ConfigLayer {
  if (node?.type === 'mapping') return { name, section: readSection(node, problems, spelling), problems };
  if (node && !(node.type === 'scalar' && node.value === null)) {
    problems.push({ severity: 'error', at: node.at, message: 'expected a mapping of sections' });
  }
  return { name, section: EMPTY_SECTION, problems };
}

/** All layers as one, and one of those that win over it. */
export function mergeLayers(layers: readonly ConfigLayer[]): ConfigSection[] {
  const merge = (some: readonly ConfigLayer[]): ConfigSection =>
    some.reduce((merged, { section }) => mergeSections(merged, section), EMPTY_SECTION);
  return [merge(layers.filter(({ overrides }) => !overrides)), merge(layers.filter(({ overrides }) => overrides))];
}
