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
import { addOtherResult } from './other-result.js';
import { resultsOf, verifyResult, withoutResults } from './reconstructor-cases.js';
import { showerEventAt } from './shower-event.js';
import { ensure, type KindSuite, type TestCase } from './test-case.js';

const PREFIX = 'Predictions';

/** Test cases: predictions of all telescopes, of one, of none, and invalid predictions. */
export const stereoCombinerSuite: KindSuite<StereoCombiner> = {
  kind: 'StereoCombiner',
  cases: (subarray) =>
    RECONSTRUCTION_PROPERTIES.flatMap((property) => [
      testCase(`${property} of all telescopes`, property, subarray, subarray.telIds),
      testCase(`${property} of one telescope`, property, subarray, subarray.telIds.slice(0, 1)),
      testCase(`${property} without telescopes`, property, subarray, []),
      testCase(
        `${property} of telescopes without valid predictions`,
        property,
        subarray,
        subarray.telIds,
        invalidatePredictions,
      ),
      testCase(`${property} of telescopes without images`, property, subarray, subarray.telIds, ({ dl1 }) => {
        for (const telescope of dl1.tel.values()) telescope.parameters = undefined;
      }),
    ]),
  verifyAll: (results) => {
    const all = results as readonly { property: ReconstructionProperty; places: readonly string[] }[];
    const combined = all.filter(({ places }) => places.length > 0).map(({ property }) => property);
    ensure(combined.length > 0, 'no property is combined; expected a result for predictions of all telescopes');
    const missing = all.find(({ property, places }) => combined.includes(property) && places.length === 0);
    const message = `${missing?.property} has no result for some events; expected one with isValid false and a reason`;
    ensure(missing === undefined, message);
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
    const other = addOtherResult(event);
    return {
      perform(combiner: StereoCombiner) {
        combiner.combine(event, property, PREFIX);
        other.remove();
        const { stereo } = event.dl2;
        const results = resultsOf({ stereo, tel: new Map() });
        for (const [place, result] of results) verifyResult(place, result, event);
        return { stereo, property, places: results.map(([place]) => place) };
      },
      inputs: () => ({ event: withoutResults(event), tel: event.dl2.tel, other: other.state() }),
    };
  };
  return { name, start };
}

/** Predictions of a telescope, which increase slightly from one telescope to the next. */
function predictionsOf({ simulation }: ArrayEvent, index: number): TelescopeReconstructedContainer {
  const { energy = NaN, alt = NaN, az = NaN } = simulation?.shower ?? {};
  const predictions = new TelescopeReconstructedContainer();
  const factor = 1 + index / 100;
  predictions.energy.set(PREFIX, new ReconstructedEnergyContainer({ energy: energy * factor, isValid: true }));
  predictions.geometry.set(
    PREFIX,
    // A single telescope cannot reconstruct the core position.
    new ReconstructedGeometryContainer({ alt: alt * factor, az: az * factor, coreX: 0, coreY: 0, isValid: true }),
  );
  predictions.particleType.set(
    PREFIX,
    new ParticleClassificationContainer({ prediction: 0.9 / factor, isValid: true }),
  );
  return predictions;
}

function invalidatePredictions({ dl2 }: ArrayEvent): void {
  for (const { energy, geometry, particleType } of dl2.tel.values()) {
    energy.set(PREFIX, new ReconstructedEnergyContainer({ reason: 'for the test' }));
    geometry.set(PREFIX, new ReconstructedGeometryContainer({ reason: 'for the test' }));
    particleType.set(PREFIX, new ParticleClassificationContainer({ reason: 'for the test' }));
  }
}
