import type { EventFailures } from '../framework/component/index.js';
import { valueOf, type ArrayEvent, type Container, type ContainerClass, type Fields } from '../event/index.js';
import type { Reconstructor } from './reconstructor.js';

/** Fields common to the results of all properties. */
type Result = Container & { isValid: boolean; reason: string | undefined };

/**
 * Checks that valid results have finite values in all required fields. Other results are replaced by invalid ones and
 * recorded as failures of the reconstructor.
 */
export function checkResults(event: ArrayEvent, reconstructor: Reconstructor, failures: EventFailures): void {
  for (const { results, telId } of resultMaps(event)) {
    for (const [name, result] of results) {
      const missing = result.isValid ? missingField(result) : undefined;
      if (missing === undefined) continue;
      const fault = new Error(`its result says it is valid, but ${missing} is ${String(valueOf(result, missing))}`);
      const reason = failures.record(reconstructor, event, telId, fault);
      results.set(name, new (result.constructor as ContainerClass<Result>)({ isValid: false, reason }));
    }
  }
}

/** Replaces the results of a reconstructor that failed for an event by invalid results with the reason. */
export function invalidateResults(event: ArrayEvent, { name, resultClasses }: Reconstructor, reason: string): void {
  for (const { results } of resultMaps(event)) results.delete(name);
  for (const { disp, impact } of event.dl2.tel.values()) {
    disp.delete(name);
    impact.delete(name);
  }
  const { stereo } = event.dl2;
  const failed = { isValid: false, reason };
  const { GEOMETRY, ENERGY, PARTICLE_TYPE } = resultClasses;
  if (GEOMETRY) stereo.geometry.set(name, new GEOMETRY(failed));
  if (ENERGY) stereo.energy.set(name, new ENERGY(failed));
  if (PARTICLE_TYPE) stereo.particleType.set(name, new PARTICLE_TYPE(failed));
}

interface ResultMap {
  readonly results: Map<string, Result>;
  readonly telId: number | undefined;
}

function* resultMaps({ dl2: { stereo, tel } }: ArrayEvent): Generator<ResultMap> {
  for (const results of [stereo.geometry, stereo.energy, stereo.particleType]) yield { results, telId: undefined };
  for (const [telId, { geometry, energy, particleType }] of tel) {
    for (const results of [geometry, energy, particleType]) yield { results, telId };
  }
}

const requiredFields = new WeakMap<Fields, readonly string[]>();

/** Returns the first required field whose value is not finite. */
function missingField(result: Result): string | undefined {
  let required = requiredFields.get(result.fields);
  if (!required) {
    required = Object.entries(result.fields).flatMap(([name, field]) => (field.required ? [name] : []));
    requiredFields.set(result.fields, required);
  }
  return required.find((name) => !Number.isFinite(valueOf(result, name)));
}
