import { snakeCase } from '@cherenkit/expression';
import { quoteName, quoteValue } from '../../component/quote-value.js';
import type { Position, Problem } from '../problem.js';
import type { ConfigLayer } from './config-layer.js';
import { MappingBuilder, type ConfigNode } from './config-node.js';
import { readLiteral } from './read-literal.js';
import { readObject } from './read-object.js';
import { readTraitKey, type TraitKey } from './trait-key.js';

/** Builds a layer from single values with keys such as `ImageProcessor.use_telescope_frame`. */
export class KeyedLayer {
  readonly problems: Problem[] = [];
  private readonly content: MappingBuilder;

  constructor(private readonly name: string) {
    this.content = new MappingBuilder({ source: name });
  }

  /**
   * Adds a value.
   *
   * @returns false, without adding it, for a duplicate key
   */
  add({ classes, trait }: TraitKey, at: Position, value: ConfigNode): boolean {
    let section: MappingBuilder | undefined = this.content;
    for (const name of classes) section = section?.openMapping(name, at);
    return section?.add(trait, at, value) ?? false;
  }

  addError(at: Position, message: string): void {
    this.problems.push({ severity: 'error', at, message });
  }

  finish(): ConfigLayer {
    return { name: this.name, content: this.content.node, problems: this.problems };
  }
}

/**
 * Makes a layer from the query of a URL, `toymodel:?array=south&energy_min=1`: traits of the event source, by their names in
 * files. Like the command line, it overrides files.
 *
 * @param sourceName - class of the event source; undefined if none reads the scheme of the URL
 * @returns undefined for a URL without query
 */
export function urlLayer(url: string, sourceName: string | undefined): ConfigLayer | undefined {
  const [, address = '', query = ''] = /^([^?]*\?)(.*)$/s.exec(url) ?? [];
  if (sourceName === undefined || query === '') return undefined;
  const layer = new KeyedLayer(url);
  for (const option of query.split('&').filter((text) => text !== '')) {
    const at = { source: address + option };
    const [[name, value] = ['', '']] = new URLSearchParams(option);
    const key = readTraitKey(`${sourceName}.${snakeCase(name)}`);
    if (!key) layer.addError(at, `expected the name of a trait of ${sourceName}, found ${quoteValue(name)}`);
    else if (key.trait === 'input_url')
      layer.addError(at, 'input_url is the URL itself and cannot be one of its options');
    else if (
      !layer.add(
        key,
        at,
        readLiteral(value, at, (message) => layer.addError(at, message)),
      )
    )
      layer.addError(at, `duplicate key ${quoteName(name)}`);
  }
  return { ...layer.finish(), overrides: true };
}

/** Whether a layer is the configuration that a run stored in its output. */
export function isStored({ name, file }: ConfigLayer): boolean {
  return file === undefined && /\.(?:h5|hdf5)$/i.test(name);
}

/**
 * Makes a layer from the values that a run has stored, each with its path: `ProcessorTool.ImageProcessor.use_telescope_frame`.
 * Sections nested in the tool are moved to the top level, so that later layers can override them there.
 *
 * @param rows - paths and values, the values as JSON
 * @param file - origin, for messages
 */
export function rowsLayer(rows: readonly (readonly [path: string, json: string])[], file: string): ConfigLayer {
  const layer = new KeyedLayer(file);
  for (const [path, json] of rows) {
    const key = readTraitKey(path);
    if (!key || key.classes.length === 0) {
      layer.addError({ source: file }, `expected Component.trait, found ${quoteValue(path)}`);
      continue;
    }
    const [tool = '', ...below] = key.classes;
    const classes = below.length > 0 && tool.endsWith('Tool') ? below : key.classes;
    const at = { source: [file, ...classes, key.trait].join('.') };
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      layer.addError(at, `expected a value as JSON, found ${quoteValue(json)}`);
      continue;
    }
    const node = readObject(value, at.source, layer.problems);
    if (node && !layer.add({ ...key, classes }, at, node)) layer.addError(at, `duplicate key ${quoteName(path)}`);
  }
  return layer.finish();
}
