/** In browsers, trees are grown in the thread of the caller. */
export function* growInThreads<Item>(items: Iterable<Item>): Generator<readonly [item: Item, grown: undefined]> {
  for (const item of items) yield [item, undefined];
}
