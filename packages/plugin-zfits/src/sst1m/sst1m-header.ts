/** Pointing of a run, by the header of its events. Degrees. */
export interface RunPointing {
  readonly ra: number;
  readonly dec: number;
}

/**
 * Parses TARGET, such as `Crab_W1_83.63_22.01`: the target, the wobble position, right ascension and declination. Source: sst1mpipe
 * `parse_target_field`.
 *
 * @returns undefined for a target without pointing, such as `dark`
 */
export function pointingOfTarget(target: string | undefined): RunPointing | undefined {
  const separator = (target?.split('_').length ?? 0) > 2 ? '_' : ',';
  const parts = target?.trim().split(separator) ?? [];
  if (parts.length !== 3 && parts.length !== 4) return undefined;
  const [ra, dec] = parts.slice(-2).map(Number);
  return Number.isFinite(ra) && Number.isFinite(dec) ? { ra, dec } : undefined;
}

/** Id of a run by the name of its file, `SST1M1_20260121_0001.fits.fz`: date and number, 202601210001. 0 for other names. */
export function runIdOfName(name: string): number {
  const [, date, run] = /^SST1M\d*_(\d{8})_(\d{1,6})/.exec(name) ?? [];
  return date === undefined ? 0 : Number(date + run);
}
