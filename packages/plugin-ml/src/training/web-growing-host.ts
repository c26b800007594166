/** In browsers, trees are grown in the thread of the caller. */
export async function* growInThreads<Item>(
  items: Iterable<Item>,
): AsyncGenerator<readonly [item: Item, grown: undefined]> {
  for (const item of items) yield [item, undefined];
}
