import { RECONSTRUCTION_PROPERTIES } from '@cherenkit/core/internal';
import {
  ParticleClassificationContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  TelescopeReconstructedContainer,
  type ArrayEvent,
  type ReconstructionProperty,
  type StereoCombiner,
  type SubarrayDescription,
} from '@cherenkit/core';
import { resultsOf, verifyResult, withoutResults } from './reconstructor-cases.js';
import { showerEventAt } from './shower-event.js';
import { ensure, type KindSuite, type TestCase } from './test-case.js';

const PREFIX = 'Predictions';

/** Predictions of all telescopes, of one, of none, and such that are not valid. */
export const stereoCombinerSuite: KindSuite<StereoCombiner> = {
  kind: 'StereoCombiner',
  cases: (subarray) =>
    RECONSTRUCTION_PROPERTIES.flatMap((property) => [
      testCase(`${property} of all telescopes`, property, subarray, subarray.telIds),
      testCase(`${property} of one telescope`, property, subarray, subarray.telIds.slice(0, 1)),
      testCase(`${property} without telescopes`, property, subarray, []),
      testCase(`${property} of telescopes without valid predictions`, property, subarray, subarray.telIds, spoil),
      testCase(`${property} of telescopes without images`, property, subarray, subarray.telIds, ({ dl1 }) => {
        for (const telescope of dl1.tel.values()) telescope.parameters = undefined;
      }),
    ]),
  verifyAll: (results) => {
    const all = results as readonly { property: ReconstructionProperty; places: readonly string[] }[];
    const combined = all.filter(({ places }) => places.length > 0).map(({ property }) => property);
    ensure(combined.length > 0, 'no property is combined, not even of all telescopes');
    const silent = all.find(({ property, places }) => combined.includes(property) && places.length === 0);
    const message = `${silent?.property} has no result for some events; expected one with isValid false and a reason`;
    ensure(silent === undefined, message);
  },
};

function testCase(
  name: string,
  property: ReconstructionProperty,
  subarray: SubarrayDescription,
  telIds: readonly number[],
  change: (event: ArrayEvent) => void = () => undefined,
): TestCase<StereoCombiner> {
  const start = () => {
    const event = showerEventAt(subarray, 0, { telIds });
    telIds.forEach((telId, index) => event.dl2.tel.set(telId, predictionsOf(event, index)));
    change(event);
    return {
      perform(combiner: StereoCombiner) {
        combiner.combine(event, property, PREFIX);
        const { stereo } = event.dl2;
        const results = resultsOf({ stereo, tel: new Map() });
        for (const [place, result] of results) verifyResult(place, result, event);
        return { stereo, property, places: results.map(([place]) => place) };
      },
      inputs: () => ({ event: withoutResults(event), tel: event.dl2.tel }),
    };
  };
  return { name, start };
}

/** A little more from each telescope to the next. */
function predictionsOf({ simulation }: ArrayEvent, index: number): TelescopeReconstructedContainer {
  const { energy = NaN, alt = NaN, az = NaN } = simulation?.shower ?? {};
  const predictions = new TelescopeReconstructedContainer();
  const part = 1 + index / 100;
  predictions.energy.set(PREFIX, new ReconstructedEnergyContainer({ energy: energy * part, isValid: true }));
  predictions.geometry.set(
    PREFIX,
    // A telescope alone tells no core: it is at its own place.
    new ReconstructedGeometryContainer({ alt: alt * part, az: az * part, coreX: 0, coreY: 0, isValid: true }),
  );
  predictions.particleType.set(PREFIX, new ParticleClassificationContainer({ prediction: 0.9 / part, isValid: true }));
  return predictions;
}

function spoil({ dl2 }: ArrayEvent): void {
  for (const { energy, geometry, particleType } of dl2.tel.values()) {
    energy.set(PREFIX, new ReconstructedEnergyContainer({ reason: 'for the test' }));
    geometry.set(PREFIX, new ReconstructedGeometryContainer({ reason: 'for the test' }));
    particleType.set(PREFIX, new ParticleClassificationContainer({ reason: 'for the test' }));
  }
}
