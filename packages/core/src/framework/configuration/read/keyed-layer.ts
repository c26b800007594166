import { snakeCase } from '@cherenkit/expression';
import { quoteName, quoteValue } from '../../component/quote-value.js';
import type { Position, Problem } from '../problem.js';
import type { ConfigLayer } from './config-layer.js';
import { MappingBuilder, type ConfigNode } from './config-node.js';
import { readLiteral } from './read-literal.js';
import { readObject } from './read-object.js';
import { readTraitKey, type TraitKey } from './trait-key.js';

/** Makes a layer of values that are given one by one, each with its key: `ImageProcessor.use_telescope_frame`. */
export class KeyedLayer {
  readonly problems: Problem[] = [];
  private readonly content: MappingBuilder;

  constructor(private readonly name: string) {
    this.content = new MappingBuilder({ source: name });
  }

  /** @returns false where the layer has a value for this key already */
  add({ classes, trait }: TraitKey, at: Position, value: ConfigNode): boolean {
    let section: MappingBuilder | undefined = this.content;
    for (const name of classes) section = section?.open(name, at);
    return section?.add(trait, at, value) ?? false;
  }

  complain(at: Position, message: string): void {
    this.problems.push({ severity: 'error', at, message });
  }

  finish(): ConfigLayer {
    return { name: this.name, content: this.content.node, problems: this.problems };
  }
}

/**
 * The layer of the options that a URL carries, `toymodel:?array=south&energy_min=1`: traits of its event source, by their
 * names in files. Like the options of a command it wins over files, and is checked as these are.
 *
 * @param sourceName - the class of the event source; undefined where there is none for the scheme of the URL
 * @returns undefined for a URL without options
 */
export function urlLayer(url: string, sourceName: string | undefined): ConfigLayer | undefined {
  const [, address = '', query = ''] = /^([^?]*\?)(.*)$/s.exec(url) ?? [];
  if (sourceName === undefined || query === '') return undefined;
  const layer = new KeyedLayer(url);
  for (const option of query.split('&').filter((text) => text !== '')) {
    const at = { source: address + option };
    const [[name, value] = ['', '']] = new URLSearchParams(option);
    const key = readTraitKey(`${sourceName}.${snakeCase(name)}`);
    if (!key) layer.complain(at, `expected the name of a trait of ${sourceName}, found ${quoteValue(name)}`);
    else if (key.trait === 'input_url')
      layer.complain(at, 'input_url is the URL itself and cannot be one of its options');
    else if (!layer.add(key, at, readLiteral(value, at))) layer.complain(at, `duplicate key ${quoteName(name)}`);
  }
  return { ...layer.finish(), overrides: true };
}

/**
 * The layer of values that a run has stored, each with its path: `ProcessorTool.ImageProcessor.use_telescope_frame`. What
 * is within the tool comes to stand beside it, where layers on top of this one speak to it.
 *
 * @param rows - paths and values, these as JSON
 */
export function rowsLayer(rows: readonly (readonly [path: string, json: string])[], file: string): ConfigLayer {
  const layer = new KeyedLayer(file);
  for (const [path, json] of rows) {
    const key = readTraitKey(path);
    if (!key || key.classes.length === 0) {
      layer.complain({ source: file }, `expected Component.trait, found ${quoteValue(path)}`);
      continue;
    }
    const [tool = '', ...below] = key.classes;
    const classes = below.length > 0 && tool.endsWith('Tool') ? below : key.classes;
    const at = { source: [file, ...classes, key.trait].join('.') };
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      layer.complain(at, `expected a value as JSON, found ${quoteValue(json)}`);
      continue;
    }
    const node = readObject(value, at.source, layer.problems);
    if (node && !layer.add({ ...key, classes }, at, node)) layer.complain(at, `duplicate key ${quoteName(path)}`);
  }
  return layer.finish();
}
