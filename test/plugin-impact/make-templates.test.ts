import { writeFileSync } from 'node:fs';
import { readTable, Hdf5File } from '@cherenkit/plugin-hdf5';
import { readNeutralTemplates } from '@cherenkit/plugin-impact';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

const SHOWERS = 'array=lst&core_radius=110&view_cone_radius=0.4&spectral_index=-1&energy_min=0.4&energy_max=0.9';
const GRID = [
  '--energy-min',
  '0.4',
  '--energy-max',
  '0.9',
  '--energies-per-decade',
  '3',
  '--impacts',
  '0,20,50,80,110,140,170',
];
const NODES = ['--depth-differences', '0,90', '--node-distance', '0.08', '--min-images', '2'];

describe('cherenkit make-templates', function () {
  this.timeout(300_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const make = (query: string, ...args: readonly string[]) =>
    cherenkit(['make-templates', '-i', `toymodel:?${SHOWERS}&${query}`, ...GRID, ...NODES, ...args], folder.path);

  it('makes templates with which showers are reconstructed', async () => {
    const made = await make('events=110&seed=1', '-o', 'made/templates');
    expect(made.exitCode, made.stderr).to.equal(0);
    expect(made.stdout + made.stderr).to.match(/1 file, \d+ templates of \d+ images/);
    const {
      keys,
      images,
      axes,
      cameraName,
      pedestalWidth = NaN,
      timeGradients,
    } = await readNeutralTemplates(folder.join('made/templates/LSTCam.templates.h5'));
    expect(cameraName).to.equal('LSTCam');
    expect(pedestalWidth).to.be.within(0.5, 5);
    expect(images.length).to.be.within(10, 2 * 7 * 2);
    expect([axes.nX, axes.nY]).to.deep.equal([76, 39]);
    expect(timeGradients?.length).to.equal(2 * images.length);
    images.forEach((image, i) => {
      const [zenith, azimuth, energy, impact] = keys.subarray(5 * i);
      expect([zenith, azimuth]).to.deep.equal([20, 0]);
      // The brightest node is on the axis, and farther from the source for a larger impact distance.
      const brightest = image.indexOf(image.reduce((most, each) => Math.max(most, each), 0));
      const [x, y] = [-5 + 0.08 * Math.floor(brightest / axes.nY), 0.08 * (brightest % axes.nY) - 1.52];
      expect(Math.abs(y), `${energy} TeV at ${impact} m`).to.be.below(0.2);
      expect(x).to.be.within(-0.0085 * impact - 0.45, -0.002 * impact + 0.35);
    });

    const reconstruct = ['--ImPACTReconstructor.root_dir=made/templates', '--ImPACTReconstructor.depth_scale_min=0.5'];
    const reconstructors = ['--reconstructor', 'HillasReconstructor', '--reconstructor', 'ImPACTReconstructor'];
    const url = `toymodel:?${SHOWERS}&events=12&seed=2`;
    const run = await cherenkit(
      ['process', '-i', url, '-o', 'toy.dl2.h5', '--write-showers', ...reconstructors, ...reconstruct],
      folder.path,
    );
    expect(run.exitCode, run.stderr).to.equal(0);
    await using file = await Hdf5File.open(folder.join('toy.dl2.h5'));
    const shower = await readTable(file, '/simulation/event/subarray/shower');
    const geometry = await readTable(file, '/dl2/event/subarray/geometry/ImPACTReconstructor');
    const energy = await readTable(file, '/dl2/event/subarray/energy/ImPACTReconstructor');
    const isValid = geometry.numbers('ImPACTReconstructor_is_valid');
    const valid = [...isValid.keys()].filter((row) => isValid[row] !== 0);
    expect(valid.length).to.be.at.least(9);
    const errorsOf = (name: string, truth: string, table = geometry): number[] =>
      valid
        .map((row) => Math.abs(table.numbers(`ImPACTReconstructor_${name}`)[row] - shower.numbers(truth)[row]))
        .sort((a, b) => a - b);
    const median = (values: readonly number[]): number => values[Math.floor(values.length / 2)];
    expect(median(errorsOf('alt', 'true_alt'))).to.be.below(0.05);
    expect(median(errorsOf('core_x', 'true_core_x'))).to.be.below(8);
    expect(median(errorsOf('energy', 'true_energy', energy))).to.be.below(0.12);
    const uncertainties = valid.map((row) => energy.numbers('ImPACTReconstructor_energy_uncert')[row]);
    expect(Math.min(...uncertainties)).to.be.greaterThan(0);
  });

  it('gives the same file again', async () => {
    const read = async (name: string) => readNeutralTemplates(folder.join(name, 'LSTCam.templates.h5'));
    for (const name of ['one', 'two'])
      expect(await make('events=8&seed=3', '-o', name)).to.have.property('exitCode', 0);
    expect(await read('two')).to.deep.equal(await read('one'));
  });

  it('refuses existing files before it reads the input, and inputs without gamma rays', async () => {
    writeFileSync(folder.join('LSTCam.templates.h5'), '');
    const existing = await make('events=100000');
    expect(existing.exitCode).to.equal(2);
    expect(existing.stderr).to.contain('OUTPUT_EXISTS');
    const protons = await make('events=2&particle=proton', '-o', 'protons');
    expect(protons.exitCode).to.equal(2);
    expect(protons.stderr).to.contain('TEMPLATE_IMAGES_MISSING').and.to.contain('no image of a gamma ray');
  });
});
