import { join } from 'node:path';
import { altAzToNominal, degrees, simulatedSpectrum } from '@cherenkit/kernels';
import hdf5 from '@cherenkit/plugin-hdf5';
import irf, {
  DL2EventLoader,
  EffectiveArea2dMaker,
  EffectiveArea3dMaker,
  EffectiveArea3dPolarMaker,
  EnergyDispersion3dMaker,
  EnergyDispersion3dPolarMaker,
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
  EnergyDispersion3dMaker: { fov_lon_lat_max: '6 deg', fov_lon_lat_n_bins: 6, energy_migration_n_bins: 7 },
  EnergyDispersion3dPolarMaker: { energy_migration_n_bins: 7 },
  EffectiveArea3dPolarMaker: { fov_offset_n_bins: 3 },
};

describe('responses without radial symmetry', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);
  let gammas: LoadedEvents;
  before(async () => {
    await using loader = await buildComponent(DL2EventLoader, { plugins });
    gammas = await loader.loadPreselectedEvents(inTestData('reference', 'irf', 'gamma_diffuse.dl2.h5'), {
      chunkSize: 100_000,
    });
  });

  it('have effective areas with the mean of those in rings, and are drawn', async () => {
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

  it('and weights of events are those of pyirf 0.15 and ctapipe', async function () {
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
      recoEnergy: Array.from(events.numbers('reco_energy', 'TeV')),
      ...Object.fromEntries(
        Object.entries({ az, alt, pointingAz: az0, pointingAlt: alt0 }).map(([name, angles]) => [name, [...angles]]),
      ),
      energies: Array.from(maker.trueEnergyBins),
      fov: [-6, -4, -2, 0, 2, 4, 6],
      rings: [0, 2, 4, 6],
      angles: [0, 90, 180, 270, 360],
      migrations: Array.from((await buildComponent(EnergyDispersion3dMaker, { plugins, config })).migrationBins),
    };
    const script = join(REPOSITORY_ROOT, 'test', 'plugin-irf', 'pyirf_responses.py');
    using folder = new TemporaryFolder();
    folder.write('given.json', JSON.stringify(given));
    const stdout = await ctapipePython([script, folder.join('given.json')], { cwd: folder.path });
    const expected = JSON.parse(stdout) as Record<
      'area' | 'simple' | 'radial' | 'polarArea' | 'dispersion' | 'polarDispersion',
      number[]
    >;
    expect(found).to.have.length(expected.area.length);
    const nEnergies = maker.trueEnergyBins.length - 1;
    expected.area.forEach((area, i) => {
      const [lat, lon] = [Math.floor(i / nEnergies / 6), Math.floor(i / nEnergies) % 6];
      const isInside = [lat, lon].every((place) => place > 0 && place < 5);
      // pyirf counts small parts of the bins at the edge of the cone of 6 deg.
      expect(Math.abs(found[i] - area)).to.be.at.most((isInside ? 1e-9 : 0.01) * area);
    });
    const polar = await buildComponent(EffectiveArea3dPolarMaker, { plugins, config });
    const dispersion = { events, isPointLike: false };
    for (const [name, result] of [
      ['polarArea', polar.makeEffectiveArea(input)],
      [
        'dispersion',
        (await buildComponent(EnergyDispersion3dMaker, { plugins, config })).makeEnergyDispersion(dispersion),
      ],
      [
        'polarDispersion',
        (
          await buildComponent(EnergyDispersion3dPolarMaker, {
            plugins,
            config: { ...config, DefaultFoVOffsetBins: { fov_offset_max: '6 deg', fov_offset_n_bins: 3 } },
          })
        ).makeEnergyDispersion(dispersion),
      ],
    ] as const) {
      const { values } = result.columns[0];
      expect(values, name).to.have.length(expected[name].length);
      expect(expected[name].some((value) => value > 0)).to.equal(true);
      expected[name].forEach((value, i) => expect(values[i]).to.be.closeTo(value, 1e-9 * value, `${name} ${i}`));
    }
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

  it('in polar coordinates are drawn, each cell with its place', async () => {
    const { events, showers } = gammas;
    const area = await buildComponent(EffectiveArea3dPolarMaker, { plugins, config });
    const dispersion = await buildComponent(EnergyDispersion3dPolarMaker, { plugins, config });
    const results = [
      area.makeEffectiveArea({ events, showers, isPointLike: false, name: 'EFFECTIVE AREA' }),
      dispersion.makeEnergyDispersion({ events, isPointLike: false }),
    ];
    expect(results.map(({ header }) => header['HDUCLAS4'])).to.deep.equal(['AEFF_3D', 'EDISP_3D']);
    expect(results[1].header['CREF9']).to.equal(
      '(ENERG_LO:ENERG_HI,THETA_LO:THETA_HI,PHI_LO:PHI_HI,MIGRA_LO:MIGRA_HI)',
    );
    const titles: (string | undefined)[] = [];
    for (const result of results) {
      await using file = await FitsFile.open(fitsBytes(resultTable(result), { name: result.name }));
      titles.push(...(await irfPictures(file)).map(({ scene }) => scene.title));
    }
    expect(titles).to.deep.equal([
      'Effective area',
      ...['0–90', '90–180', '180–270', '270–360'].map((place) => `Energy dispersion, 0–6 deg, PHI ${place} deg`),
    ]);
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
