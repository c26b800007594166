import { join } from 'node:path';
import { altAzToNominal, degrees, simulatedSpectrum } from '@cherenkit/kernels';
import hdf5 from '@cherenkit/plugin-hdf5';
import irf, {
  DL2EventLoader,
  EffectiveArea2dMaker,
  EffectiveArea3dMaker,
  RadialEventWeighter,
  resultTable,
  SimpleEventWeighter,
  type LoadedEvents,
} from '@cherenkit/plugin-irf';
import { irfPictures } from '@cherenkit/plugin-irf/display';
import { fitsBytes, FitsFile } from '@cherenkit/plugin-fits';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const plugins = [irf, hdf5];
const config = {
  DefaultTrueEnergyBins: { true_energy_min: '30 GeV', true_energy_max: '30 TeV', true_energy_n_bins_per_decade: 2 },
  DefaultFoVOffsetBins: { fov_offset_max: '6 deg' },
  EffectiveArea3dMaker: { fov_lon_lat_max: '6 deg', fov_lon_lat_n_bins: 6 },
};

describe('effective areas in longitude and latitude', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);
  let gammas: LoadedEvents;
  before(async () => {
    await using loader = await buildComponent(DL2EventLoader, { plugins });
    gammas = await loader.loadPreselectedEvents(inTestData('reference', 'irf', 'gamma_diffuse.dl2.h5'), {
      chunkSize: 100_000,
    });
  });

  it('have the mean of those in rings, and are drawn', async () => {
    const { events, showers } = gammas;
    const input = { events, showers, isPointLike: false, name: 'EFFECTIVE AREA' };
    const table = resultTable(
      (await buildComponent(EffectiveArea3dMaker, { plugins, config })).makeEffectiveArea(input),
    );
    const maker = await buildComponent(EffectiveArea2dMaker, { plugins, config });
    const ring = resultTable(maker.makeEffectiveArea(input)).numbers('EFFAREA');
    const areas = table.numbers('EFFAREA');
    expect(areas).to.have.length(6 * 6 * ring.length);
    // In the four cells around the pointing, of 16 square degrees in all.
    const center = Array.from(ring, (_, bin) =>
      [2, 3].flatMap((lat) => [2, 3].map((lon) => areas[(lat * 6 + lon) * ring.length + bin])),
    );
    expect(center[1].every((area) => area > 0.3 * ring[1] && area < 3 * ring[1])).to.equal(true);
    expect(table.meta).to.include({
      HDUCLAS4: 'AEFF_3D',
      CREF7: '(ENERG_LO:ENERG_HI,DETX_LO:DETX_HI,DETY_LO:DETY_HI)',
    });
    await using file = await FitsFile.open(fitsBytes(table, { name: 'EFFECTIVE AREA' }));
    const [picture] = await irfPictures(file);
    expect(picture.scene.title).to.match(/^Effective area, 0\.\d+–\d TeV$/);
  });

  it('and weights are those of pyirf 0.15 and ctapipe', async function () {
    skipWithoutCtapipeOrTestData.call(this);
    const { events, showers } = gammas;
    const maker = await buildComponent(EffectiveArea3dMaker, { plugins, config });
    const input = { events, showers, isPointLike: false, name: 'EFFECTIVE AREA' };
    const found = resultTable(maker.makeEffectiveArea(input)).numbers('EFFAREA');
    const [az, alt, az0, alt0] = ['true_az', 'true_alt', 'pointing_az', 'pointing_alt'].map((name) =>
      events.numbers(name, 'rad'),
    );
    const places = Array.from(az, (_, i) => altAzToNominal({ alt: alt[i], az: az[i] }, { alt: alt0[i], az: az0[i] }));
    const given = {
      showers,
      energy: Array.from(events.numbers('true_energy', 'TeV')),
      lon: places.map(({ fovLon }) => -degrees(fovLon)),
      lat: places.map(({ fovLat }) => degrees(fovLat)),
      offset: Array.from(events.numbers('true_source_fov_offset', 'deg')),
      energies: Array.from(maker.trueEnergyBins),
      fov: [-6, -4, -2, 0, 2, 4, 6],
    };
    const script = join(REPOSITORY_ROOT, 'test', 'plugin-irf', 'pyirf_effective_area.py');
    using folder = new TemporaryFolder();
    folder.write('given.json', JSON.stringify(given));
    const stdout = await ctapipePython([script, folder.join('given.json')], { cwd: folder.path });
    const expected = JSON.parse(stdout) as Record<'area' | 'simple' | 'radial', number[]>;
    expect(found).to.have.length(expected.area.length);
    const nEnergies = maker.trueEnergyBins.length - 1;
    expected.area.forEach((area, i) => {
      const [lat, lon] = [Math.floor(i / nEnergies / 6), Math.floor(i / nEnergies) % 6];
      const isInside = [lat, lon].every((place) => place > 0 && place < 5);
      // pyirf counts small parts of the bins at the edge of the cone of 6 deg.
      expect(Math.abs(found[i] - area)).to.be.at.most((isInside ? 1e-9 : 0.01) * area);
    });
    const source = simulatedSpectrum(showers, 50 * 3600);
    const table = events.rename({ true_source_fov_offset: 'true_fov_offset' });
    const radialConfig = { RadialEventWeighter: { fov_offset_max: '5 deg', fov_offset_n_bins: 3 } };
    const radial = await buildComponent(RadialEventWeighter, { plugins, config: radialConfig });
    const simple = await buildComponent(SimpleEventWeighter, { plugins });
    for (const [name, weighter] of [
      ['simple', simple],
      ['radial', radial],
    ] as const) {
      const weights = weighter.weight(table, source).numbers('weight');
      expected[name].forEach((weight, i) => expect(weights[i]).to.be.closeTo(weight, 1e-9 * weight));
    }
    expect(
      radial
        .weight(table, source)
        .numbers('fov_offset_bin')
        .every((bin) => bin >= -1 && bin < 3),
    ).to.equal(true);
  });

  it('refuse gammas from one direction', async () => {
    const maker = await buildComponent(EffectiveArea3dMaker, { plugins, config });
    const showers = { ...gammas.showers, viewconeMin: 0, viewconeMax: 0 };
    const { events } = gammas;
    expect(() => maker.makeEffectiveArea({ events, showers, isPointLike: false, name: 'AREA' })).to.throw(
      /EffectiveArea3dMaker: the events come from one direction.*EffectiveArea2dMaker/,
    );
  });
});
