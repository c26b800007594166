import { CherenkitError, ExitCode, type RunDescription } from '@cherenkit/core';

const MAX_RUN_NUMBER = 2 ** 31 - 1;

/** Smallest and largest `obs_id_offset` that any run number can be added to. */
export const OFFSET_RANGE = { minimum: -MAX_RUN_NUMBER, maximum: Number.MAX_SAFE_INTEGER - MAX_RUN_NUMBER } as const;

/** Options that replace the run number of a file as `obs_id`. */
export interface ObsIdOptions {
  readonly overrideObsId: number | undefined;
  readonly obsIdOffset: number | undefined;
}

/**
 * The `obs_id` of a run. Source: ctapipe 0.32 `SimTelEventSource`.
 *
 * @throws CherenkitError OBS_ID_NEGATIVE (2)
 */
export function observationId(file: string, run: number, { overrideObsId, obsIdOffset = 0 }: ObsIdOptions): number {
  const obsId = overrideObsId ?? run + obsIdOffset;
  if (obsId >= 0) return obsId;
  const sum = obsIdOffset === 0 ? '' : ` with obs_id_offset ${obsIdOffset}`;
  throw new CherenkitError(
    'OBS_ID_NEGATIVE',
    ExitCode.USAGE,
    `${file}: run ${run}${sum} gives obs_id ${obsId}; expected 0 or more. Choose another offset, or set override_obs_id.`,
  );
}

/** The type of `obs_id` columns as in ctapipe 0.32: 64 bits for ids chosen by the user or too large for 32 bits. */
export function observationIdType(obsId: number, { overrideObsId }: ObsIdOptions): RunDescription['obsIdType'] {
  return overrideObsId === undefined && obsId <= MAX_RUN_NUMBER ? 'int32' : 'int64';
}
