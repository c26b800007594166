/**
 * Makes an object dispose its owner as well when it is disposed. Scripts hold an event source, a data writer or a pipeline
 * without the `Run` that owns it.
 */
export function disposeTogether<T extends object>(object: T, owner: AsyncDisposable): T & AsyncDisposable {
  const dispose = async (): Promise<void> => {
    // Restores the method of the class, if any.
    delete (object as Partial<AsyncDisposable>)[Symbol.asyncDispose];
    try {
      await (object as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
    } finally {
      await owner[Symbol.asyncDispose]();
    }
  };
  return Object.defineProperty(object, Symbol.asyncDispose, { value: dispose, configurable: true }) as T &
    AsyncDisposable;
}
