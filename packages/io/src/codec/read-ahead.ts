/**
 * Yields the items of a generator, requested ahead of time so that its threads work while the caller computes.
 *
 * @param depth - number of items to request in advance
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, depth: number): AsyncGenerator<T> {
  const asked: Promise<IteratorResult<T>>[] = [];
  const ask = () => {
    const next = source.next();
    next.catch(() => {}); // rethrown by the await below
    asked.push(next);
  };
  try {
    for (let i = 0; i < depth; i++) ask();
    for (;;) {
      const next = await asked.shift();
      if (next === undefined || next.done) return;
      ask();
      yield next.value;
    }
  } finally {
    await Promise.allSettled(asked);
    await source.return(undefined);
  }
}
