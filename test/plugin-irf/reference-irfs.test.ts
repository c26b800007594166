import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { FitsFile, type FitsHdu } from '@cherenkit/plugin-fits';
import irf, { BackgroundRate3dMaker, DL2EventLoader, resultTable, weightedEvents } from '@cherenkit/plugin-irf';
import hdf5 from '@cherenkit/plugin-hdf5';
import { SPECTRA } from '@cherenkit/kernels';
import type { Column } from '@cherenkit/tables';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);

/** Keywords whose values differ between programs and runs, or that describe the layout. */
const FREE = /^(?:CREATOR|DATE|HDUVERS|CHECKSUM|DATASUM)$/;

/** Describes the differences of two FITS files: tables, columns, units, keywords, values. Tables called CHERENKIT are ours. */
async function differences(expected: string, found: string, tolerance: number): Promise<string[]> {
  await using a = await FitsFile.open(expected);
  await using b = await FitsFile.open(found);
  const names = (hdus: readonly FitsHdu[]): string[] =>
    hdus.map(({ name }) => name).filter((name) => !name.startsWith('CHERENKIT'));
  expect(names(b.hdus)).to.deep.equal(names(a.hdus));
  const problems: string[] = [];
  for (const { name, kind } of a.hdus) {
    if (kind !== 'table') continue;
    const [left, right] = [await a.readTable(name), await b.readTable(name)];
    expect(right.names, name).to.deep.equal(left.names);
    const keywords = ({ meta }: typeof left) =>
      Object.fromEntries(Object.entries(meta).filter(([key]) => !FREE.test(key)));
    expect(keywords(right), name).to.deep.equal(keywords(left));
    for (const column of left.columns.values())
      problems.push(...differentValues(column, right.column(column.name), name, tolerance));
  }
  return problems;
}

function differentValues(a: Column, b: Column, table: string, tolerance: number): string[] {
  const place = `${table}: ${a.name}`;
  if (a.unit !== b.unit) return [`${place}: unit ${b.unit}, expected ${a.unit}`];
  if (a.type !== b.type || a.shape.join() !== b.shape.join() || a.length !== b.length)
    return [`${place}: another type or shape`];
  const isSame = (x: unknown, y: unknown): boolean =>
    Object.is(x, y) || x === y || Math.abs(Number(x) - Number(y)) <= tolerance * Math.abs(Number(x));
  const different = Array.from(a.values as ArrayLike<unknown>).findIndex((value, i) => !isSame(value, b.values[i]));
  return different < 0 ? [] : [`${place}[${different}]: ${b.values[different]}, expected ${a.values[different]}`];
}

/** Configurations of the references, and what their first comments say of inputs and options. */
const RUNS = [
  ['no_background', ['gamma_diffuse'], ['--no-do-background']],
  ['full_enclosure', ['gamma_diffuse', 'proton', 'electron'], []],
  ['gh_optimizer', ['gamma_diffuse', 'proton'], ['--spatial-selection-applied']],
  ['point_like', ['gamma_point', 'proton', 'electron'], ['--spatial-selection-applied']],
] as const;

const FLAGS = ['--gamma-file', '--proton-file', '--electron-file'];

describe('instrument responses, compared with ctapipe', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);

  for (const [name, inputs, options] of RUNS) {
    it(`cuts, responses and benchmarks of ${name}, with its configuration`, async () => {
      using folder = new TemporaryFolder();
      const files = inputs.flatMap((input, i) => [FLAGS[i], reference(`${input}.dl2.h5`)]);
      const common = ['-c', reference(`configs/${name}.yaml`), ...files];
      const [cuts, responses, benchmarks] = ['cuts', 'irf', 'benchmarks'].map((kind) => `${name}.${kind}.fits.gz`);
      const optimize = await cherenkit(['optimize-event-selection', ...common, '-o', cuts], folder.path);
      expect(optimize.exitCode, optimize.stderr).to.equal(0);
      const outputs = ['--cuts', cuts, '-o', responses, '--benchmark-output', benchmarks];
      const compute = await cherenkit(['compute-irf', ...common, ...options, ...outputs], folder.path);
      expect(compute.exitCode, compute.stderr).to.equal(0);
      expect(await differences(reference(cuts), folder.join(cuts), 1e-9)).to.deep.equal([]);
      expect(await differences(reference(responses), folder.join(responses), 1e-9)).to.deep.equal([]);
      expect(await differences(reference(benchmarks), folder.join(benchmarks), 1e-6)).to.deep.equal([]);
      await using file = await FitsFile.open(folder.join(responses));
      expect(await file.checksumProblems()).to.deep.equal([]);
      const provenance = await file.readTable('CHERENKIT INPUTS');
      expect(provenance.column('particle').values).to.have.length(inputs.length);
      expect(provenance.meta['CUTS']).to.equal(cuts);
    });
  }

  it('events after selection and weighting: columns, first events, sums', async () => {
    interface Preprocessed {
      readonly fov_offset_bins_for_weights_deg: readonly number[];
      readonly n_raw: number;
      readonly n_selected: number;
      readonly obs_time_hours: number;
      readonly simulated: { readonly n_showers: number; readonly viewcone_deg: readonly [number, number] };
      readonly sums: Readonly<Record<string, number>>;
      readonly first: Readonly<Record<string, readonly number[]>>;
    }
    const text = gunzipSync(readFileSync(reference('preprocessed.json.gz'))).toString();
    for (const [kind, expected] of Object.entries(JSON.parse(text) as Record<string, Preprocessed>)) {
      await using loader = await buildComponent(DL2EventLoader, { plugins: [irf, hdf5] });
      const loaded = await loader.loadPreselectedEvents(reference(`${kind}.dl2.h5`), { chunkSize: 1000 });
      expect(loaded.nRead).to.equal(expected.n_raw);
      expect(loaded.showers.nShowers).to.equal(expected.simulated.n_showers);
      const names = { proton: 'IRFDOC_PROTON_SPECTRUM', electron: 'IRFDOC_ELECTRON_SPECTRUM' } as const;
      const { events } = weightedEvents(loaded, {
        target: SPECTRA[names[kind as keyof typeof names] ?? 'CRAB_HEGRA'],
        seconds: 3600 * expected.obs_time_hours,
        offsetEdges: Float64Array.from(expected.fov_offset_bins_for_weights_deg),
      });
      expect(events.nRows).to.equal(expected.n_selected);
      expect([...events.names].sort()).to.deep.equal(Object.keys(expected.sums).sort());
      for (const [name, sum] of Object.entries(expected.sums)) {
        const values = events.numbers(name);
        // Longitudes and latitudes cancel in the sum.
        const size = values.reduce((total, value) => total + Math.abs(value), 0);
        expect(
          values.reduce((total, value) => total + value, 0),
          `${kind}: ${name}`,
        ).to.be.closeTo(sum, 1e-10 * size);
        expected.first[name].forEach((value, i) => {
          expect(values[i], `${kind}: ${name}[${i}]`).to.be.closeTo(value, 1e-9 * Math.max(Math.abs(value), 1e-3));
        });
      }
    }
  });

  it('events weighted by the histograms of the simulated showers: as by the power law within their fluctuations', async () => {
    const weightsOf = async (simulatedEnergies: string) => {
      await using loader = await buildComponent(DL2EventLoader, {
        plugins: [irf, hdf5],
        traits: { simulatedEnergies },
      });
      const loaded = await loader.loadPreselectedEvents(reference('gamma_diffuse.dl2.h5'), { chunkSize: 100_000 });
      const offsetEdges = Float64Array.of(0, 5);
      const { events } = weightedEvents(loaded, { target: SPECTRA.CRAB_HEGRA, seconds: 3600, offsetEdges });
      const { energies } = loaded.showers;
      const counted = energies?.counts.reduce((sum, count) => sum + count, 0) ?? loaded.showers.nShowers;
      return { counted, nShowers: loaded.showers.nShowers, weights: events.numbers('weight') };
    };
    const [law, histograms] = [await weightsOf('power_law'), await weightsOf('histogram')];
    // Some showers are beyond the histogram's largest distance or energy.
    expect(histograms.counted / histograms.nShowers).to.be.closeTo(1, 1e-3);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    expect(histograms.weights).not.to.deep.equal(law.weights);
    expect(sum(histograms.weights) / sum(law.weights)).to.be.closeTo(1, 0.03);
    expect(histograms.weights.every((weight) => Number.isFinite(weight))).to.equal(true);
  });

  it('background rates in longitude and latitude, which pyirf can make', async () => {
    await using loader = await buildComponent(DL2EventLoader, { plugins: [irf, hdf5] });
    const loaded = await loader.loadPreselectedEvents(reference('proton.dl2.h5'), { chunkSize: 100_000 });
    const seconds = 50 * 3600;
    const { events } = weightedEvents(loaded, { target: SPECTRA.IRFDOC_PROTON_SPECTRUM, seconds });
    const config = {
      DefaultRecoEnergyBins: { reco_energy_min: '20 GeV', reco_energy_max: '20 TeV', reco_energy_n_bins_per_decade: 2 },
      BackgroundRate3dMaker: { fov_lon_lat_max: '6 deg', fov_lon_lat_n_bins: 6 },
    };
    const maker = await buildComponent(BackgroundRate3dMaker, { plugins: [irf, hdf5], config });
    const found = resultTable(maker.makeBackgroundRate(events, seconds));
    await using file = await FitsFile.open(reference('pyirf_extra.fits.gz'));
    const expected = await file.readTable('BKG3D ALTAZ');
    expect(found.names).to.deep.equal(expected.names);
    expect(found.meta).to.include({ HDUCLAS4: 'BKG_3D', FOVALIGN: 'ALTAZ', CREF7: expected.meta['CREF7'] });
    const problems = [...expected.columns.values()].flatMap((column) =>
      differentValues(column, found.column(column.name), 'BKG3D', 1e-9),
    );
    expect(problems).to.deep.equal([]);
  });
});
