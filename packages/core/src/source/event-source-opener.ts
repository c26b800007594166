import { serviceToken } from '../framework/component/index.js';
import type { EventSource } from './event-source.js';

/** Opens another input than that of the run: for components that read one of their own. */
export interface EventSourceOpener {
  /**
   * @param traits - values for the source, by their names in code; those that it does not have are left out
   * @returns the source, open; it belongs to the caller
   */
  open(url: string, traits: Readonly<Record<string, unknown>>): Promise<EventSource>;
}

export const EVENT_SOURCE_OPENER = serviceToken<EventSourceOpener>('cherenkit.EventSourceOpener');
