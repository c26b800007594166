import type { ConfigLayer } from './config-layer.js';
import type { Position } from '../problem.js';

/** The key of a file that names plugins; it stands outside of any section. */
export const PLUGINS_KEY = 'plugins';

/** A plugin that a configuration asks for. */
export interface NamedPlugin {
  /** The name of a package, or the path of its folder. */
  readonly name: string;
  readonly at: Position;
}

/** The plugins that a layer names. What is no name is left out here; gate 1 reports it. */
export function namedPlugins({ section }: ConfigLayer): NamedPlugin[] {
  const node = section.values.get(PLUGINS_KEY)?.node;
  if (node?.type !== 'list') return [];
  return node.items.flatMap((item) =>
    item.type === 'scalar' && typeof item.value === 'string' ? [{ name: item.value, at: item.at }] : [],
  );
}
