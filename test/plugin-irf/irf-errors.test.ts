import { createSink } from '@cherenkit/io';
import { FileSink } from '@cherenkit/io/node';
import { FitsFile, FitsWriter } from '@cherenkit/plugin-fits';
import { Hdf5File, Hdf5Writer, readTable, writeTable } from '@cherenkit/plugin-hdf5';
import { readCuts } from '@cherenkit/plugin-irf';
import { columnFrom, Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { errorOf } from '../support/error-of.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);
const gammas = ['--gamma-file', reference('gamma_diffuse.dl2.h5')];
const pointGammas = ['--gamma-file', reference('gamma_point.dl2.h5')];
const protons = ['--proton-file', reference('proton.dl2.h5')];
const cuts = ['--cuts', reference('point_like.cuts.fits.gz')];

/** Commands that are refused, with the exit code and what the message says. */
const REFUSED: readonly (readonly [what: string, args: readonly string[], exitCode: number, message: RegExp])[] = [
  ['no gammas', ['optimize-event-selection', '-o', 'x.fits'], 2, /INPUT_NOT_NAMED.*--gamma-file FILE/s],
  [
    'no protons',
    ['optimize-event-selection', ...gammas, '-o', 'x.fits'],
    2,
    /INPUT_NOT_NAMED.*PointSourceSensitivityOptimizer needs a file. Give --proton-file FILE/s,
  ],
  ['no cuts', ['compute-irf', ...gammas, ...protons, '-o', 'x.fits'], 2, /INPUT_NOT_NAMED.*--cuts FILE/s],
  [
    'cuts that do not exist',
    ['compute-irf', ...gammas, ...protons, '--cuts', 'no.fits', '-o', 'x.fits'],
    66,
    /no\.fits/,
  ],
  [
    'a file that is none of cuts',
    ['compute-irf', ...gammas, ...protons, '--cuts', reference('point_like.irf.fits.gz'), '-o', 'x.fits'],
    65,
    /CUTS_INVALID.*the table QUALITY_CUTS_EXPR is missing.*optimize-event-selection/s,
  ],
  [
    'cuts of another classifier',
    [
      'compute-irf',
      ...gammas,
      ...protons,
      ...cuts,
      '-o',
      'x.fits',
      '--DL2EventPreprocessor.gammaness_classifier=Other',
    ],
    2,
    /IRF_REFUSED.*classifier RandomForestClassifier, but DL2EventPreprocessor.gammaness_classifier is Other/s,
  ],
  [
    'gammas from one direction in several bins',
    [
      'compute-irf',
      ...pointGammas,
      ...cuts,
      '--no-do-background',
      '-o',
      'x.fits',
      '--DefaultFoVOffsetBins.fov_offset_n_bins=3',
    ],
    2,
    /IRF_REFUSED.*gammas come from one direction, but EnergyDispersion2dMaker has 3 bins/s,
  ],
  [
    'bins outside the range of the cuts',
    ['compute-irf', ...gammas, ...protons, ...cuts, '-o', 'x.fits', '--range-check-error'],
    2,
    /IRF_REFUSED.*BackgroundRate2dMaker.reco_energy: the bins cover 0.01500 to 150.0 TeV, but the cuts are valid from 0.03000/s,
  ],
  [
    'energies in the wrong order',
    [
      'optimize-event-selection',
      ...gammas,
      '--optimization-algorithm',
      'PercentileCuts',
      '-o',
      'x.fits',
      '--DefaultRecoEnergyBins.reco_energy_min=200 TeV',
    ],
    2,
    /IRF_REFUSED.*PercentileCuts: reco_energy_min is 200 TeV and reco_energy_max 150 TeV/s,
  ],
  [
    'too few events for cuts',
    [
      'optimize-event-selection',
      ...gammas,
      ...protons,
      '-o',
      'x.fits',
      '--DefaultRecoEnergyBins.reco_energy_n_bins_per_decade=30',
    ],
    65,
    /CUTS_NOT_FOUND.*too few events in .* TeV.*wider bins/s,
  ],
  [
    'files without results',
    [
      'optimize-event-selection',
      '-g',
      inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5'),
      '--optimization-algorithm',
      'PercentileCuts',
      '-o',
      'x.fits',
    ],
    65,
    /DL2_UNSUPPORTED.*alpha_600\.dl2\.h5: the column RandomForestClassifier_is_valid is missing, which the quality criterion "valid classifier".*has results of HillasReconstructor\..*apply-models/s,
  ],
  [
    'event lists of files without results',
    [
      'create-dl3',
      inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5'),
      ...cuts,
      '--irf',
      reference('point_like.irf.fits.gz'),
    ],
    65,
    /DL2_UNSUPPORTED.*alpha_600\.dl2\.h5: the column RandomForest\w+ is missing.*has results of HillasReconstructor/s,
  ],
  [
    'gammas in the place of protons',
    ['optimize-event-selection', ...gammas, '-p', reference('gamma_point.dl2.h5'), '-o', 'x.fits'],
    2,
    /IRF_REFUSED.*gamma_point\.dl2\.h5: given as the file of protons, but true_shower_primary_id is that of gammas/s,
  ],
  [
    'protons in the place of gammas',
    ['compute-irf', '--gamma-file', reference('proton.dl2.h5'), ...cuts, '--no-do-background', '-o', 'x.fits'],
    2,
    /IRF_REFUSED.*proton\.dl2\.h5: given as the file of gammas, but true_shower_primary_id is that of protons/s,
  ],
  [
    'criteria that no event meets',
    [
      'optimize-event-selection',
      ...gammas,
      '--optimization-algorithm=PercentileCuts',
      '-o',
      'x.fits',
      "--DL2EventQualityQuery.quality_criteria=[['high', 'true_energy > 1000 * u.TeV']]",
    ],
    65,
    /DL2_UNSUPPORTED.*gamma_diffuse\.dl2\.h5: none of 7350 events meets the quality criteria \(high: true_energy > 1000/s,
  ],
  [
    'bins of energy without gammas, for cuts',
    [
      'optimize-event-selection',
      ...gammas,
      '--optimization-algorithm=PercentileCuts',
      '-o',
      'x.fits',
      '--DefaultRecoEnergyBins.reco_energy_min=200 TeV',
      '--DefaultRecoEnergyBins.reco_energy_max=500 TeV',
    ],
    65,
    /CUTS_NOT_FOUND.*PercentileCuts: fewer than 10 gammas in 2 of 2 bins of energy, 200 to .* TeV/s,
  ],
  [
    'bins of energy outside the gammas',
    [
      'compute-irf',
      ...pointGammas,
      ...cuts,
      '--no-do-background',
      '-o',
      'x.fits',
      '--DefaultTrueEnergyBins.true_energy_min=200 TeV',
      '--DefaultTrueEnergyBins.true_energy_max=500 TeV',
    ],
    2,
    /IRF_REFUSED.*EFFECTIVE AREA: none of the \d+ selected gammas is in its bins, ENERG 200 to 500 TeV, THETA .*true energies are/s,
  ],
  [
    'a spectrum of diffuse particles for gammas from one direction',
    [
      'optimize-event-selection',
      ...pointGammas,
      ...protons,
      '-o',
      'x.fits',
      '--gamma-target-spectrum',
      'IRFDOC_PROTON_SPECTRUM',
    ],
    2,
    /IRF_REFUSED.*come from one direction, but the target spectrum is that of a diffuse flux/s,
  ],
  [
    'one file for two outputs',
    ['compute-irf', ...pointGammas, ...cuts, '--no-do-background', '-o', 'x.fits', '--benchmark-output', 'x.fits'],
    2,
    /FILE_USED_TWICE.*IrfTool\.benchmarks_output_path x\.fits is the same file as IrfTool\.output_path/s,
  ],
  ...['0', '-1 h', '1e400 h'].map(
    (time) =>
      [
        `an observation time of ${time}`,
        ['compute-irf', ...pointGammas, ...cuts, '--no-do-background', '-o', 'x.fits', `--obs-time=${time}`],
        2,
        /CONFIGURATION_INVALID.*obs_time: expected (?:more than 0 h|a quantity in h)/s,
      ] as const,
  ),
  ...['--on-time=1e300', '--on-time=0', '--dead-time-fraction=1'].map(
    (option) =>
      [
        `observations with ${option}`,
        ['create-dl3', reference('gamma_point.dl2.h5'), ...cuts, '--irf', reference('point_like.irf.fits.gz'), option],
        2,
        /CONFIGURATION_INVALID.*expected (?:at most 1000000000 s|more than 0 s|less than 1)/s,
      ] as const,
  ),
];

describe('instrument responses', function () {
  this.timeout(60_000);
  before(skipWithoutTestData);

  for (const [what, args, exitCode, message] of REFUSED) {
    it(`are refused, without output: ${what}`, async () => {
      using folder = new TemporaryFolder();
      const outcome = await cherenkit(args, folder.path);
      expect(outcome.stderr).to.match(message);
      expect(outcome.exitCode).to.equal(exitCode);
      expect(folder.has('x.fits')).to.equal(false);
    });
  }

  it('use existing outputs only with --overwrite', async () => {
    using folder = new TemporaryFolder();
    const args = [
      'optimize-event-selection',
      ...gammas,
      '--optimization-algorithm',
      'PercentileCuts',
      '-o',
      'cuts.fits',
    ];
    expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
    expect((await cherenkit(args, folder.path)).stderr).to.include('OUTPUT_EXISTS');
    expect((await cherenkit([...args, '--overwrite'], folder.path)).exitCode).to.equal(0);
  });

  it('name the remedy for simulations whose settings have no number of showers', async () => {
    using folder = new TemporaryFolder();
    folder.write('dl2.yaml', 'DataWriter: { write_dl1_parameters: true, write_dl2: true }\n');
    await cherenkit(['simulate', '-o', 'toy.simtel', '--array', 'chec', '--events', '2'], folder.path);
    await cherenkit(['process', '-i', 'toy.simtel', '-o', 'toy.h5', '-c', 'dl2.yaml'], folder.path);
    const args = ['-g', 'toy.h5', '--optimization-algorithm', 'PercentileCuts', '-o', 'x.fits'];
    const { stderr, exitCode } = await cherenkit(['optimize-event-selection', ...args], folder.path);
    expect(stderr).to.match(
      /DL2_UNSUPPORTED.*toy\.h5: the settings of the simulation have 0 showers for obs_id 1, the histograms 2 in total; .*--showers N instead of --events N/,
    );
    expect(exitCode).to.equal(65);
  });

  it('name results that are not numbers, and events that are lost', async () => {
    using folder = new TemporaryFolder();
    /** Writes the diffuse gammas with other energies. */
    const changed = async (name: string, energyOf: (energy: number, row: number) => number): Promise<void> => {
      await using file = await Hdf5File.open(reference('gamma_diffuse.dl2.h5'));
      const writer = new Hdf5Writer(new FileSink(folder.join(name)));
      for (const path of await file.paths()) {
        const table = await readTable(file, path);
        const [column] = [...table.columns.values()].filter((each) => each.name === 'RandomForestRegressor_energy');
        const values = column === undefined ? [] : Float64Array.from(table.numbers(column.name), energyOf);
        writeTable(
          writer,
          path,
          column
            ? table.withColumn(column.name, columnFrom(column.name, { ...column.header, type: 'float64', values }))
            : table,
        );
      }
      await writer.finish();
    };
    await changed('none.h5', () => NaN);
    await changed('some.h5', (energy, row) => (row % 10 === 0 ? -1 : energy));
    const run = (...args: string[]) => cherenkit([...args, '--overwrite'], folder.path);
    const percentiles = ['--optimization-algorithm=PercentileCuts', '-o', 'x.fits'];
    const none = await run('optimize-event-selection', '-g', 'none.h5', ...percentiles);
    expect(none.stderr).to.match(
      /DL2_UNSUPPORTED.*none\.h5: RandomForestRegressor_energy is not a positive number for (\d+) of \1 events/,
    );
    expect(none.exitCode).to.equal(65);
    const some = await run('optimize-event-selection', '-g', 'some.h5', ...percentiles);
    expect(some.stderr).to.match(/WARNING.*some\.h5: RandomForestRegressor_energy is not a positive number for \d+ of/);
    expect(some.stderr).to.match(
      /WARNING.*PercentileCuts: fewer than 10 gammas in \d+ of 20 bins of energy, .*fill values/,
    );
    expect(some.exitCode).to.equal(0);
    const selection = [
      '--cuts',
      reference('full_enclosure.cuts.fits.gz'),
      '--irf',
      reference('full_enclosure.irf.fits.gz'),
    ];
    const lists = await run('create-dl3', 'none.h5', ...selection, '--on-time', '1 h');
    expect(lists.stderr).to.match(
      /DL2_UNSUPPORTED.*none\.h5: none of 7350 events meets the quality criteria and passes the cuts/,
    );
    expect(lists.exitCode).to.equal(65);
    expect(
      (
        await run(
          'compute-irf',
          '--gamma-file',
          'none.h5',
          ...selection.slice(0, 2),
          '--no-do-background',
          '-o',
          'x.fits',
        )
      ).exitCode,
    ).to.equal(65);
  });

  it('warn of what ctapipe keeps silent about: undefined bins, and a sensitivity without cut on the direction', async () => {
    using folder = new TemporaryFolder();
    const inputs = [...gammas, ...protons, '--cuts', reference('full_enclosure.cuts.fits.gz')];
    const args = ['compute-irf', ...inputs, '-o', 'irf.fits', '--benchmark-output', 'b.fits'];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stderr).to.match(/EFFECTIVE AREA: nothing was simulated in 1 of 40 bins \(gammas: 0\.01000 to 100\.0 TeV\)/);
    expect(stderr).to.include('it is too good. Give --spatial-selection-applied');
    expect(stderr).to.include('Give --electron-file FILE to include electrons');
    await using file = await FitsFile.open(folder.join('irf.fits'));
    const dispersion = await file.readTable('ENERGY DISPERSION');
    const [matrix, low, high] = ['MATRIX', 'MIGRA_LO', 'MIGRA_HI'].map((name) => dispersion.numbers(name));
    const sums = Float64Array.from({ length: 40 }, (_, energy) =>
      low.reduce((sum, edge, i) => sum + matrix[40 * i + energy] * (high[i] - edge), 0),
    );
    expect(Math.max(...sums)).to.be.closeTo(1, 1e-12);
    expect(sums.every((sum) => sum === 0 || Math.abs(sum - 1) < 1e-12)).to.equal(true);
  });

  it('read ranges of cuts in any unit, as ctapipe writes those of PercentileCuts', async () => {
    using folder = new TemporaryFolder();
    await using file = await FitsFile.open(reference('full_enclosure.cuts.fits.gz'));
    await using sink = createSink(folder.join('cuts.fits'), { overwrite: false });
    const writer = new FitsWriter(sink);
    const range = Table.of({ energy_min: { values: [20], unit: 'GeV' }, energy_max: { values: [5], unit: 'TeV' } });
    for (const { name, kind } of file.hdus) {
      if (kind === 'table') writer.writeTable(name === 'VALID_ENERGY' ? range : await file.readTable(name), { name });
    }
    await writer.finish();
    const { validEnergy } = await readCuts(folder.join('cuts.fits'));
    expect([validEnergy.min, validEnergy.max]).to.deep.equal([0.02, 5]);
  });

  it('read cuts of ctapipe, and refuse bins that are not adjacent', async () => {
    const { classifier, gh, multiplicity, validEnergy, qualityCriteria } = await readCuts(
      reference('point_like.cuts.fits.gz'),
    );
    expect([classifier, gh.nRows, multiplicity?.nRows]).to.deep.equal(['RandomForestClassifier', 13, 13]);
    expect(validEnergy.min).to.be.closeTo(0.03, 1e-12);
    expect(qualityCriteria).to.have.length(3);
    using folder = new TemporaryFolder();
    await using file = await FitsFile.open(reference('point_like.cuts.fits.gz'));
    await using sink = createSink(folder.join('broken.fits'), { overwrite: false });
    const writer = new FitsWriter(sink);
    for (const { name, kind } of file.hdus) {
      if (kind !== 'table') continue;
      const table = await file.readTable(name);
      writer.writeTable(name === 'GH_CUTS' ? table.take([0, 2, 1]) : table, { name });
    }
    await writer.finish();
    const error = await errorOf(readCuts(folder.join('broken.fits')));
    expect(error).to.include({ code: 'CUTS_INVALID', exitCode: 65 });
    expect(error.message).to.match(/GH_CUTS: bin 1 is .* TeV, expected adjacent ascending bins/);
  });
});
