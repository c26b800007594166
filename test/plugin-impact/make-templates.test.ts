import { existsSync, writeFileSync } from 'node:fs';
import { angularSeparation, quantileOf, radians } from '@cherenkit/kernels';
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

  it('makes templates that are brightest on the axis, farther from the source for a larger impact distance', async () => {
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
  });

  it('makes templates with which directions, cores and energies are better than those of HillasReconstructor', async () => {
    const showers = 'array=lst&view_cone_radius=0.4&spectral_index=-1';
    const range = ['--energy-min', '0.12', '--energy-max', '0.4', '--energies-per-decade', '4'];
    const impacts = Array.from({ length: 24 }, (_, i) => 10 * i).join();
    const nodes = ['--impacts', impacts, '--depth-differences', '0,45,90,140,200', '--node-distance', '0.05'];
    const simulated = `toymodel:?${showers}&events=800&seed=1&energy_min=0.12&energy_max=0.4`;
    const make = ['make-templates', '-i', simulated, ...range, ...nodes];
    const made = await cherenkit([...make, '--min-images', '2', '-o', 'fine'], folder.path);
    expect(made.exitCode, made.stderr).to.equal(0);
    const reconstruct = ['--ImPACTReconstructor.root_dir=fine', '--ImPACTReconstructor.depth_scale_min=0.5'];
    const reconstructors = ['--reconstructor', 'HillasReconstructor', '--reconstructor', 'ImPACTReconstructor'];
    const url = `toymodel:?${showers}&events=80&seed=2&energy_min=0.15&energy_max=0.3`;
    const process = ['process', '-i', url, '-o', 'toy.dl2.h5', '--write-showers'];
    const run = await cherenkit([...process, ...reconstructors, ...reconstruct], folder.path);
    expect(run.exitCode, run.stderr).to.equal(0);

    await using file = await Hdf5File.open(folder.join('toy.dl2.h5'));
    const shower = await readTable(file, '/simulation/event/subarray/shower');
    const truth = (column: string): ArrayLike<number> => shower.numbers(`true_${column}`);
    const resultsOf = async (name: string, kind = 'geometry') => {
      const table = await readTable(file, `/dl2/event/subarray/${kind}/${name}`);
      return (column: string): ArrayLike<number> => table.numbers(`${name}_${column}`);
    };
    const [hillas, impact] = [await resultsOf('HillasReconstructor'), await resultsOf('ImPACTReconstructor')];
    const energy = await resultsOf('ImPACTReconstructor', 'energy');
    const valid = Array.from(impact('is_valid')).flatMap((isValid, row) => (isValid === 0 ? [] : [row]));
    expect(valid.length).to.be.at.least(70);
    const radius = (values: readonly number[], fraction = 0.68): number => quantileOf(values, fraction);
    const angles = (of: typeof hillas): number[] =>
      valid.map((row) =>
        angularSeparation(
          radians(of('az')[row]),
          radians(of('alt')[row]),
          radians(truth('az')[row]),
          radians(truth('alt')[row]),
        ),
      );
    const cores = (of: typeof hillas): number[] =>
      valid.map((row) =>
        Math.hypot(of('core_x')[row] - truth('core_x')[row], of('core_y')[row] - truth('core_y')[row]),
      );
    expect(radius(angles(impact))).to.be.lessThan(radius(angles(hillas)));
    expect(radius(cores(impact))).to.be.lessThan(radius(cores(hillas)));
    const ratios = valid.map((row) => energy('energy')[row] / truth('energy')[row]);
    expect(radius(ratios, 0.5)).to.be.closeTo(1, 0.06);
    expect((radius(ratios, 0.84) - radius(ratios, 0.16)) / 2).to.be.lessThan(0.06);
    expect(Math.min(...valid.map((row) => energy('energy_uncert')[row]))).to.be.greaterThan(0);
  });

  it('gives the same file again', async () => {
    const read = async (name: string) => readNeutralTemplates(folder.join(name, 'LSTCam.templates.h5'));
    for (const name of ['one', 'two'])
      expect(await make('events=8&seed=3', '-o', name)).to.have.property('exitCode', 0);
    expect(await read('two')).to.deep.equal(await read('one'));
  });

  it('refuses existing files and templates of too many nodes before it reads the input, and inputs without gamma rays', async () => {
    writeFileSync(folder.join('LSTCam.templates.h5'), '');
    const existing = await make('events=100000');
    expect(existing.exitCode).to.equal(2);
    expect(existing.stderr).to.contain('OUTPUT_EXISTS');
    const nodes = ['--node-distance', '0.0001', '-o', 'fine'];
    const fine = await cherenkit(['make-templates', '-i', 'toymodel:?events=100000', ...nodes], folder.path);
    expect(fine.exitCode).to.equal(2);
    expect(fine.stderr).to.contain('0.0001').and.to.contain('0.01');
    const protons = await make('events=2&particle=proton', '-o', 'protons');
    expect(protons.exitCode).to.equal(2);
    expect(protons.stderr).to.contain('TEMPLATE_IMAGES_MISSING').and.to.contain('no image of a gamma ray');
    expect(existsSync(folder.join('protons'))).to.equal(false);
  });

  it('refuses energies in the wrong order, and too few images for any template; no folder is left', async () => {
    const range = ['--energy-min', '1', '--energy-max', '0.5'];
    const command = ['make-templates', '-i', 'toymodel:?events=100000', ...range, '-o', 'reversed'];
    const reversed = await cherenkit(command, folder.path);
    expect(reversed.exitCode).to.equal(2);
    expect(reversed.stderr).to.contain('TEMPLATE_GRID_INVALID').and.to.contain('energy_min is 1 TeV');
    const few = await cherenkit(
      ['make-templates', '-i', `toymodel:?${SHOWERS}&events=2`, ...GRID, '--min-images', '1000', '-o', 'few/templates'],
      folder.path,
    );
    expect(few.exitCode).to.equal(2);
    expect(few.stderr).to.contain('TEMPLATE_IMAGES_MISSING').and.to.contain('1000 images');
    expect(['reversed', 'few'].filter((name) => existsSync(folder.join(name)))).to.deep.equal([]);
  });
});
