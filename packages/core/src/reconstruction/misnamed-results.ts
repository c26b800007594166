import type { ArrayEvent, Container } from '../event/index.js';

/** The maps of results of one telescope, and of all telescopes together. */
export type TelescopeProperty = 'geometry' | 'energy' | 'particleType' | 'disp' | 'impact';
export type StereoProperty = 'geometry' | 'energy' | 'particleType';

export const TELESCOPE_PROPERTIES: readonly TelescopeProperty[] = [
  'geometry',
  'energy',
  'particleType',
  'disp',
  'impact',
];
export const STEREO_PROPERTIES: readonly StereoProperty[] = ['geometry', 'energy', 'particleType'];

/** Results by the name of the reconstructor. */
export type Results = Map<string, Container>;

/** Returns all maps of results of an event. */
export function mapsOf({ dl2: { stereo, tel } }: ArrayEvent): Results[] {
  const maps = STEREO_PROPERTIES.map((property) => stereo[property] as Results);
  for (const results of tel.values()) {
    for (const property of TELESCOPE_PROPERTIES) maps.push(results[property]);
  }
  return maps;
}

/**
 * Returns the names of results that no configured reconstructor has: those of the input, before the first reconstructor runs.
 *
 * @param configured - names of the configured reconstructors
 */
export function unconfiguredNames(event: ArrayEvent, configured: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  for (const results of mapsOf(event)) {
    for (const name of results.keys()) if (!configured.has(name)) names.add(name);
  }
  return names;
}

/**
 * Removes results with names that neither a reconstructor nor the input has: they would become tables that no reconstructor
 * completes.
 *
 * @param allowed - names of the configured reconstructors, and of results of the input
 * @returns the first name; undefined if there is none
 */
export function removeMisnamed(event: ArrayEvent, ...allowed: readonly ReadonlySet<string>[]): string | undefined {
  let first: string | undefined;
  for (const results of mapsOf(event)) {
    for (const name of results.keys()) {
      if (allowed.some((names) => names.has(name))) continue;
      results.delete(name);
      first ??= name;
    }
  }
  return first;
}
