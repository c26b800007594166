import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../support/ctapipe-python.js';
import { installedExamples } from '../support/built-plugin.js';
import { describeInstalled, newFolder, run } from '../support/packed-packages.js';

const TABLES = `
import json, sys
import astropy.units as u
import numpy as np
from ctapipe.io import TableLoader, read_table
path = sys.argv[1]
table = read_table(path, sys.argv[2])
prefix = sys.argv[3]
valid = np.asarray(table[prefix + '_is_valid'])
columns = {name: dict(
    unit=str(table[name].unit) if table[name].unit else '',
    description=table[name].description or '',
    finite=bool(np.isfinite(table[name][valid]).all()) if table[name].dtype.kind == 'f' else None,
) for name in table.colnames if name.startswith(prefix)}
with TableLoader(path) as loader:
    loaded = loader.read_subarray_events(dl2=True).colnames
print(json.dumps(dict(valid=int(valid.sum()), rows=len(table), columns=columns, loaded=[n for n in loaded if n.startswith(prefix)])))
`;

interface ColumnReport {
  readonly unit: string;
  readonly description: string;
  readonly finite: boolean | null;
}

interface TableReport {
  readonly valid: number;
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnReport>>;
  readonly loaded: readonly string[];
}

/** Runs the script above on the table of a reconstructor. */
async function readByCtapipe(file: string, table: string, prefix: string): Promise<TableReport> {
  const stdout = await ctapipePython(['-c', TABLES, file, table, prefix], { cwd: dirname(file) });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as TableReport;
}

describeInstalled('third-party plugins installed from packages beside cherenkit', () => {
  let home: string;
  let work: string;
  let output: string;
  const cherenkit = (...args: string[]): ReturnType<typeof run> =>
    run(process.execPath, [join(home, 'node_modules', 'cherenkit', 'bin', 'cherenkit.js'), ...args], work);

  before(() => {
    home = installedExamples();
    // A separate folder: cherenkit finds the plugins installed beside itself.
    work = newFolder('work');
    output = join(work, 'events.dl2.h5');
    writeFileSync(
      join(work, 'mine.yaml'),
      'ShowerProcessor:\n' +
        '  reconstructor_types: [HillasReconstructor, CrossingReconstructor, LightEnergyReconstructor, IntensityEnergy]\n' +
        '  CrossingReconstructor:\n' +
        "    min_intensity: [[type, '*', 60]]\n",
    );
  });

  it('are listed with their location and components', () => {
    const { status, stdout, stderr } = cherenkit('plugins', 'list');
    expect(status, stderr).to.equal(0);
    expect(stdout)
      .to.match(/cherenkit-plugin-crossing/)
      .and.match(/1\.2\.3/)
      .and.match(/CrossingReconstructor/);
    expect(stdout)
      .to.match(/@third-party\/light-energy/)
      .and.match(/LightEnergyReconstructor/);
  });

  it('have their traits checked against their manifests', () => {
    const { status, stderr } = cherenkit('process', '-i', 'toymodel:', '--CrossingReconstructor.min_intensty=5');
    expect(status).to.equal(2);
    expect(stderr).to.include('min_intensity');
  });

  it('run in process and write their columns', () => {
    const { status, stdout, stderr } = cherenkit(
      ...['process', '-c', 'mine.yaml', '-i', 'toymodel:?events=20', '-o', 'events.dl2.h5', '--write-showers'],
      ...['--provenance-log', 'provenance.json'],
    );
    expect(status, stderr).to.equal(0);
    const [, valid] = /^CrossingReconstructor: (\d+) of 20 events/m.exec(stdout) ?? [];
    expect(Number(valid)).to.be.above(15);
    const provenance = readFileSync(join(work, 'provenance.json'), 'utf8');
    expect(provenance).to.include('cherenkit-plugin-crossing').and.include('1.2.3');
  });

  it('write geometries with units and descriptions that ctapipe reads', async function () {
    skipWithoutCtapipe.call(this);
    const table = '/dl2/event/subarray/geometry/CrossingReconstructor';
    const { valid, rows, columns, loaded } = await readByCtapipe(output, table, 'CrossingReconstructor');
    expect(rows).to.equal(20);
    expect(valid).to.be.above(15);
    expect(columns['CrossingReconstructor_alt']).to.include({ unit: 'deg', finite: true });
    expect(columns['CrossingReconstructor_core_x']).to.include({ unit: 'm', finite: true });
    expect(columns['CrossingReconstructor_az'].description).not.to.equal('');
    expect(loaded).to.include('CrossingReconstructor_alt');
  });

  it('write energies of events and telescopes that ctapipe reads', async function () {
    skipWithoutCtapipe.call(this);
    const name = 'LightEnergyReconstructor';
    const stereo = await readByCtapipe(output, `/dl2/event/subarray/energy/${name}`, name);
    expect(stereo.valid).to.be.above(15);
    expect(stereo.columns[`${name}_energy`]).to.include({ unit: 'TeV', finite: true });
    expect(stereo.loaded).to.include(`${name}_energy`);
    const telescope = await readByCtapipe(output, `/dl2/event/telescope/energy/${name}/tel_001`, `${name}_tel`);
    expect(telescope.columns[`${name}_tel_energy`]).to.include({ unit: 'TeV', finite: true });
  });

  it('predict from table columns and use a combiner of another plugin', async function () {
    skipWithoutCtapipe.call(this);
    const stereo = await readByCtapipe(output, '/dl2/event/subarray/energy/IntensityEnergy', 'IntensityEnergy');
    expect(stereo.valid).to.be.above(15);
    expect(stereo.columns['IntensityEnergy_energy']).to.include({ unit: 'TeV', finite: true });
  });

  it('are mentioned in the error about a missing component with --no-discovery', () => {
    const { status, stderr } = cherenkit('process', '-c', 'mine.yaml', '-i', 'toymodel:', '--no-discovery');
    expect(status).to.equal(2);
    expect(stderr).to.match(/CrossingReconstructor/);
  });
});
