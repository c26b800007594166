import {
  ArrayEvent,
  DL1CameraContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  LeakageContainer,
  ParticleClassificationContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  TelescopeReconstructedContainer,
  type ReconstructionProperty,
} from '@cherenkit/core';
import { StereoMeanCombiner } from '@cherenkit/plugin-ml';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { readCheckedIn } from '../../support/ctapipe-reference.js';

interface Prediction {
  is_valid: boolean;
  energy: number;
  score: number;
  alt: number;
  az: number;
  intensity: number;
  width: number;
  length: number;
  leakage: number;
}
type Combined<K extends string> = { is_valid: boolean; telescopes: number[] } & Record<K, number | null>;

interface CombinationReference {
  events: {
    telescopes: Record<string, Prediction>;
    combined: {
      weights: string;
      log_target: boolean;
      energy: Combined<'energy' | 'energy_uncert'>;
      particle_type: Combined<'prediction'>;
      geometry: Combined<'alt' | 'az' | 'ang_distance_uncert'>;
    }[];
  }[];
}

const reference = readCheckedIn('stereo-combination.json') as CombinationReference;
const NAME = 'mono';

function eventOf(telescopes: Record<string, Prediction>): ArrayEvent {
  const event = new ArrayEvent();
  for (const [telId, { is_valid: isValid, ...values }] of Object.entries(telescopes)) {
    const { alt, az, energy, score, intensity, width, length, leakage } = values;
    const hillas = new HillasParametersContainer({ intensity, width, length });
    const parameters = new ImageParametersContainer({
      hillas,
      leakage: new LeakageContainer({ intensityWidth_2: leakage }),
    });
    event.dl1.tel.set(Number(telId), new DL1CameraContainer({ parameters }));
    const dl2 = new TelescopeReconstructedContainer();
    dl2.energy.set(NAME, new ReconstructedEnergyContainer({ energy, isValid }));
    dl2.particleType.set(NAME, new ParticleClassificationContainer({ prediction: score, isValid }));
    dl2.geometry.set(NAME, new ReconstructedGeometryContainer({ alt, az, isValid }));
    event.dl2.tel.set(Number(telId), dl2);
  }
  return event;
}

async function combiner(traits: Record<string, unknown> = {}): Promise<StereoMeanCombiner> {
  return await buildComponent(StereoMeanCombiner, { traits });
}

async function combineAll(event: ArrayEvent, values: Record<string, unknown> = {}) {
  const properties: ReconstructionProperty[] = ['ENERGY', 'GEOMETRY', 'PARTICLE_TYPE'];
  for (const property of properties) {
    const one = await combiner(values);
    one.combine(event, property, NAME);
  }
  const { stereo } = event.dl2;
  const energy = stereo.energy.get(NAME) ?? new ReconstructedEnergyContainer();
  const geometry = stereo.geometry.get(NAME) ?? new ReconstructedGeometryContainer();
  const particleType = stereo.particleType.get(NAME) ?? new ParticleClassificationContainer();
  return { energy, geometry, particleType };
}

function expectNear(actual: number, expected: number | null, tolerance = 1e-12): void {
  if (expected === null) expect(actual).to.be.NaN;
  else expect(actual).to.be.closeTo(expected, tolerance * Math.max(1, Math.abs(expected)));
}

describe('StereoMeanCombiner', () => {
  it("gives ctapipe's means, uncertainties and telescopes for all weights", async () => {
    for (const { telescopes, combined } of reference.events) {
      for (const { weights, log_target: logTarget, ...expected } of combined) {
        // The keys of the JSON file are sorted; ctapipe has the telescopes in the order of the event.
        const inOrder = (telIds: readonly number[]) => [...telIds].sort((a, b) => a - b);
        const { energy, geometry, particleType } = await combineAll(eventOf(telescopes), { weights, logTarget });
        expectNear(energy.energy, expected.energy.energy);
        expectNear(energy.energyUncert, expected.energy.energy_uncert);
        expectNear(particleType.prediction, expected.particle_type.prediction);
        expectNear(geometry.alt, expected.geometry.alt);
        expectNear(geometry.az, expected.geometry.az);
        // 1e-7: for a single telescope this is the root of 1 minus the length of the mean vector, which is rounding.
        if (geometry.isValid) expectNear(geometry.angDistanceUncert, expected.geometry.ang_distance_uncert ?? 0, 1e-7);
        for (const [actual, { is_valid, telescopes: telIds }] of [
          [energy, expected.energy],
          [particleType, expected.particle_type],
          [geometry, expected.geometry],
        ] as const) {
          expect(actual.isValid).to.equal(is_valid);
          expect(actual.telescopes).to.deep.equal(inOrder(telIds));
        }
      }
    }
  });

  it('gives the reason for an invalid result', async () => {
    const { energy, geometry, particleType } = await combineAll(new ArrayEvent());
    for (const { isValid, reason } of [energy, geometry, particleType]) {
      expect(isValid).to.equal(false);
      expect(reason).to.match(/no telescope has a valid prediction/);
    }
  });

  it('excludes telescopes whose weight is not finite, such as those of images without width', async () => {
    const [{ telescopes }] = reference.events.slice(-1);
    const event = eventOf(telescopes);
    const valid = Object.keys(telescopes)
      .map(Number)
      .filter((telId) => telescopes[telId].is_valid);
    const [flat, blind] = valid;
    Object.assign(event.dl1.tel.get(flat)?.parameters?.hillas ?? {}, { width: 0 });
    event.dl1.tel.delete(blind);
    const { energy, geometry } = await combineAll(event, { weights: 'aspect-weighted-intensity' });
    expect(energy.isValid && geometry.isValid).to.equal(true);
    expect(energy.energy).to.be.finite;
    expect(energy.telescopes).to.deep.equal(valid.slice(2));
    expect((await combineAll(event)).energy.telescopes).to.deep.equal(valid);
  });

  it('takes property and name from its traits by default', async () => {
    const [{ telescopes }] = reference.events.slice(-1);
    const event = eventOf(telescopes);
    (await combiner({ prefix: NAME, property: 'PARTICLE_TYPE' })).combine(event);
    expect([...event.dl2.stereo.particleType.keys()]).to.deep.equal([NAME]);
    expect(event.dl2.stereo.energy.size).to.equal(0);
  });
});
