/**
 * Telescope ids as people write them: ascending, three or more consecutive ones as a range, `1-4,7`.
 *
 * Source: ctapipe 0.32 `_range_extraction`.
 */
export function telescopeIdRanges(telIds: Iterable<number>): string {
  const ids = [...telIds].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0, end; start < ids.length; start = end) {
    end = start + 1;
    while (end < ids.length && ids[end] === Number(ids[end - 1]) + 1) end++;
    const run = ids.slice(start, end);
    parts.push(run.length > 2 ? `${run[0]}-${run[run.length - 1]}` : run.join(','));
  }
  return parts.join(',');
}
