/**
 * The same items, asked for before they are needed: while the caller computes, the source's threads work.
 *
 * @param depth - items asked for in advance
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, depth: number): AsyncGenerator<T> {
  const asked: Promise<IteratorResult<T>>[] = [];
  const ask = () => {
    const next = source.next();
    next.catch(() => {}); // thrown below, when its turn has come
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
