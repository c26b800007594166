import type { ArrayEvent } from '@cherenkit/core';

/** Summary of an event, printed by `cherenkit events`. */
export interface EventSummary {
  readonly count: number;
  readonly obsId: number;
  readonly eventId: number;
  /** True energy, TeV; null if unknown. */
  readonly energy: number | null;
  readonly telescopes: readonly number[];
}

export function summaryOf({ count, index, simulation, r0, r1, dl0 }: ArrayEvent): EventSummary {
  const telescopes = [...new Set([...r0.tel.keys(), ...r1.tel.keys(), ...dl0.tel.keys()])].sort((a, b) => a - b);
  return { count, obsId: index.obsId, eventId: index.eventId, energy: simulation?.shower?.energy ?? null, telescopes };
}

/** `Id: 0, E = 0.073 TeV, Telescopes: 3, Event: 4906, Tels: 26,27,29` */
export function describeSummary({ count, eventId, energy, telescopes }: EventSummary): string {
  const truth = energy === null ? 'no shower' : `E = ${energy.toFixed(3)} TeV`;
  return `Id: ${count}, ${truth}, Telescopes: ${telescopes.length}, Event: ${eventId}, Tels: ${telescopes.join(',')}`;
}
