import type { ArrayEvent } from '../event/index.js';

/**
 * Runs a reconstructor and restores what later steps rely on, if it was replaced: the levels of the event, its ids, and the
 * maps of results.
 *
 * @throws TypeError naming what was replaced; errors of the reconstructor
 */
export function keepingSharedParts<T>(event: ArrayEvent, reconstruct: () => T): T {
  const { index, dl2 } = event;
  const kept: readonly (readonly [place: string, owner: object, values: object])[] = [
    ['event', event, { ...event }],
    ['event.index', index, { obsId: index.obsId, eventId: index.eventId }],
    ['event.dl2', dl2, { stereo: dl2.stereo, tel: dl2.tel }],
    ['event.dl2.stereo', dl2.stereo, { ...dl2.stereo }],
  ];
  let replaced: string | undefined;
  let result: T;
  try {
    result = reconstruct();
  } finally {
    for (const [place, owner, values] of kept) {
      for (const [name, value] of Object.entries(values)) {
        if (Object.is((owner as Record<string, unknown>)[name], value)) continue;
        (owner as Record<string, unknown>)[name] = value;
        replaced ??= `${place}.${name}`;
      }
    }
  }
  if (replaced === undefined) return result;
  throw new TypeError(`${replaced} was changed, although it is an input; change a copy instead`);
}
