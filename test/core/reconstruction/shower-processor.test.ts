import {
  ArrayEvent,
  EarthLocation,
  ReconstructedGeometryContainer,
  Reconstructor,
  ShowerProcessor,
  SubarrayDescription,
  type QualityStatistics,
} from '@cherenkit/core';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

const STATISTICS: QualityStatistics = {
  criteria: ['TOTAL'],
  expressions: ['True'],
  counts: [1],
  cumulativeCounts: [1],
};

class FirstReconstructor extends Reconstructor {
  override get statistics(): QualityStatistics {
    return STATISTICS;
  }

  override reconstruct(event: ArrayEvent): void {
    event.dl2.stereo.geometry.set(this.name, new ReconstructedGeometryContainer({ alt: 1 }));
  }
}

/** Uses the result of the first one. */
class SecondReconstructor extends Reconstructor {
  override reconstruct(event: ArrayEvent): void {
    const alt = 2 * (event.dl2.stereo.geometry.get('FirstReconstructor')?.alt ?? NaN);
    event.dl2.stereo.geometry.set(this.name, new ReconstructedGeometryContainer({ alt }));
  }
}

const subarray = new SubarrayDescription({
  name: 'none',
  telPositions: new Map(),
  telDescriptions: new Map(),
  referenceLocation: EarthLocation.fromGeodetic(0, 0, 0),
});

async function processorOf(reconstructorTypes: string[]): Promise<ShowerProcessor> {
  return await buildComponent(ShowerProcessor, {
    subarray,
    traits: { reconstructorTypes },
    components: [FirstReconstructor, SecondReconstructor],
  });
}

async function altitudes(reconstructorTypes: string[]): Promise<[string, number][]> {
  const processor = await processorOf(reconstructorTypes);
  const event = new ArrayEvent();
  processor.process(event);
  return [...event.dl2.stereo.geometry].map(([name, { alt }]) => [name, alt]);
}

describe('ShowerProcessor', () => {
  it('applies the reconstructors in the configured order', async () => {
    expect(await altitudes(['FirstReconstructor', 'SecondReconstructor'])).to.deep.equal([
      ['FirstReconstructor', 1],
      ['SecondReconstructor', 2],
    ]);
    expect(await altitudes(['SecondReconstructor', 'FirstReconstructor'])).to.deep.equal([
      ['SecondReconstructor', NaN],
      ['FirstReconstructor', 1],
    ]);
    expect(await altitudes([])).to.deep.equal([]);
  });

  it('collects the quality statistics of its reconstructors', async () => {
    const { statistics } = await processorOf(['SecondReconstructor', 'FirstReconstructor']);
    expect([...statistics]).to.deep.equal([['FirstReconstructor', STATISTICS]]);
  });

  it("has ctapipe's default reconstructor", () => {
    expect(ShowerProcessor.traits.reconstructorTypes.declaration.default).to.deep.equal(['HillasReconstructor']);
  });
});
