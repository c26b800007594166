import { snakeCase } from '@cherenkit/expression';
import { objectLayer } from '../framework/configuration/index.js';
import type { PluginRegistry } from '../framework/plugin/index.js';
import type { EventSource, EventSourceOpener } from '../source/index.js';
import { disposeTogether } from './dispose-together.js';
import { openInput } from './open-input.js';
import type { Run } from './run.js';

/**
 * Makes the opener of further inputs, with the plugins of a run.
 *
 * @param prepare - `Run.prepare`, passed to avoid a circular import
 */
export function sourceOpener(plugins: PluginRegistry, prepare: typeof Run.prepare): EventSourceOpener {
  return {
    async open(url, traits) {
      const { sourceName, bytes } = await openInput(url, plugins);
      await bytes?.[Symbol.asyncDispose]();
      const known = plugins.catalog.traits(sourceName);
      const given = Object.entries(traits).filter(([name]) => known.has(snakeCase(name)));
      const options = objectLayer({ [sourceName]: { inputUrl: url, ...Object.fromEntries(given) } }, 'options');
      return openRunSource(await prepare({ layers: [{ ...options, overrides: true }], components: [] }, { plugins }));
    },
  };
}

/** Opens the input of a run and transfers the run to its event source: disposing the source disposes the run. */
export async function openRunSource(run: Run): Promise<EventSource> {
  try {
    return disposeTogether(await run.open(), run);
  } catch (error) {
    await run[Symbol.asyncDispose]();
    throw error;
  }
}
