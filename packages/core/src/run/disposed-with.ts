/**
 * Makes the disposal of an object that of its owner as well, for what a script holds without its run: an event source that
 * it opened, a data writer, the steps of a pipeline.
 */
export function disposedWith<T extends object>(object: T, owner: AsyncDisposable): T & AsyncDisposable {
  const dispose = async (): Promise<void> => {
    // From here on the object has the method of its class again, if that has one.
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
