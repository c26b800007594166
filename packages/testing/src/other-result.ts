import { ReconstructedGeometryContainer, type ArrayEvent } from '@cherenkit/core';

const NAME = 'OtherReconstructor';

/** The result of another reconstructor in an event of a test case. */
export interface OtherResult {
  /** Takes the result out of the event, before the results of the component are checked. */
  remove(): void;
  /** Its values, and whether it was in the event until `remove`. */
  state(): object;
}

/** Adds the result of another reconstructor to an event: the true geometry, or an invalid one for an event without telescopes. */
export function addOtherResult({ dl1, dl2, simulation }: ArrayEvent): OtherResult {
  const { alt = NaN, az = NaN, coreX = NaN, coreY = NaN } = simulation?.shower ?? {};
  const isValid = dl1.tel.size > 0 && Number.isFinite(alt);
  const reason = isValid ? undefined : 'there are no telescopes';
  const result = new ReconstructedGeometryContainer({ alt, az, coreX, coreY, isValid, reason });
  const { geometry } = dl2.stereo;
  geometry.set(NAME, result);
  let isKept = true;
  return {
    remove() {
      isKept = geometry.get(NAME) === result;
      geometry.delete(NAME);
    },
    state: () => ({ result, isKept }),
  };
}
