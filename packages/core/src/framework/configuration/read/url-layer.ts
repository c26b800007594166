import type { ConfigLayer } from './config-layer.js';
import { optionLayer } from './option-config.js';

/**
 * The layer of the options that a URL carries, `toymodel:?array=south&energy_min=1`: traits of its event source, by their
 * names in files. Undefined where the URL has none, or belongs to no event source by its scheme.
 *
 * @param sourceName - the class of the event source
 */
export function urlLayer(url: string, sourceName: string | undefined): ConfigLayer | undefined {
  const query = /^[^?]*\?(.*)$/s.exec(url)?.[1];
  if (sourceName === undefined || query === undefined || query === '') return undefined;
  const given = [...new URLSearchParams(query)];
  const options = given
    .filter(([trait]) => trait !== 'input_url')
    .map(([trait, value]) => ({ source: url, key: `${sourceName}.${trait}`, value }));
  const layer = { ...optionLayer(options), name: url };
  if (options.length === given.length) return layer;
  const message = 'input_url is the URL itself and cannot be one of its options';
  return { ...layer, problems: [...layer.problems, { severity: 'error', at: { source: url }, message }] };
}
