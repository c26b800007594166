import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Counts which of the given objects are still referenced. Unlike the memory of the process, the count does not depend on when
 * garbage is collected and its memory released.
 */
export class LiveObjects {
  readonly #given: WeakRef<object>[] = [];

  /** Adds an object and returns it. */
  add<T extends object>(object: T): T {
    this.#given.push(new WeakRef(object));
    return object;
  }

  /** Objects that are referenced, after a collection of garbage in a task of its own: references last for a task. */
  async count(): Promise<number> {
    await new Promise(setImmediate);
    collectGarbage();
    return this.#given.filter((reference) => reference.deref() !== undefined).length;
  }
}
