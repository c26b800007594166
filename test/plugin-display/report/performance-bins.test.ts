import { performanceBins } from '@cherenkit/plugin-display/internal';
import { Table } from '@cherenkit/tables';
import { expect } from 'chai';

describe('performanceBins', () => {
  it('has bias and resolution per bin of the true energy, of the events that were reconstructed', () => {
    const table = Table.of({
      true_energy: [0.11, 0.12, 0.13, 0.14, 20],
      theta: [0.1, 0.2, 0.3, NaN, 0.05],
      delta_lon: [-0.1, -0.2, 0.3, NaN, 0.05],
      energy: [0.11, 0.132, 0.143, NaN, 10],
    });
    const bins = performanceBins(table);
    expect(bins.map(({ nEvents }) => nEvents)).to.deep.equal([4, 1]);
    const [low, high] = bins;
    expect(low.from).to.be.closeTo(0.1, 1e-12);
    expect(low.to).to.be.closeTo(10 ** -0.75, 1e-12);
    expect(low.angularResolution).to.be.closeTo(0.2 + 0.36 * 0.1, 1e-12);
    expect([low.biasLon, high.biasLon]).to.deep.equal([-0.1, 0.05]);
    expect(low.energyBias).to.be.closeTo(0.1, 1e-12);
    expect(high.energyResolution).to.be.closeTo(0.5, 1e-12);
    expect([low.biasLat, low.coreResolution]).to.deep.equal([NaN, NaN]);
  });

  it('is empty without true energies', () => {
    expect(performanceBins(Table.of({ theta: [1] }))).to.deep.equal([]);
    expect(performanceBins(Table.of({ true_energy: [] }))).to.deep.equal([]);
  });
});
