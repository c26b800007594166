const MAX_NAMED = 10;

/** Lists names for a message, at most ten: `1, 2, 3`, then the number of the others: `1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 990 more`. */
export function nameSome(names: Iterable<unknown>): string {
  const all = [...names].map(String);
  const rest = all.length - MAX_NAMED;
  return rest > 0 ? `${all.slice(0, MAX_NAMED).join(', ')} and ${rest} more` : all.join(', ');
}
