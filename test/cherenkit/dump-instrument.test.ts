import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

/** Compares two folders of files of tables as astropy reads them; prints differences and `N files`. */
const COMPARE = `
import sys, os, warnings
import numpy as np
from astropy.io import fits
from astropy.table import Table
theirs, ours = sys.argv[1:3]
for name in sorted(os.listdir(theirs)):
    a, b = Table.read(f'{theirs}/{name}'), Table.read(f'{ours}/{name}')
    if a.colnames != b.colnames: print(name, a.colnames, b.colnames)
    for c in a.colnames:
        if (a[c].dtype, a[c].unit) != (b[c].dtype, b[c].unit): print(name, c, a[c].dtype, b[c].dtype, a[c].unit, b[c].unit)
        equal = np.allclose(a[c], b[c], rtol=0, atol=1e-12, equal_nan=True) if a[c].dtype.kind == 'f' else np.array_equal(a[c], b[c])
        if not equal: print(name, c, 'values differ')
    a.meta.pop('SOFT_VER', None)  # the version of ctapipe
    for key in {*a.meta, *b.meta}:
        if repr(a.meta.get(key)) != repr(b.meta.get(key)): print(name, key, a.meta.get(key), b.meta.get(key))
    if 'fits' in name:
        with fits.open(f'{ours}/{name}') as f: f.verify('exception')
print(len(os.listdir(ours)), 'files')`;

/**
 * Compares two directories of service data: keys and values of JSON files, arrays as ctapipe creates them; prints differences
 * and the number of files. Ids, times and versions of programs differ.
 */
const COMPARE_SERVICE = `
import json, os, sys, warnings
from pathlib import Path
from ctapipe.instrument import SubarrayDescription
warnings.simplefilter('ignore')
def files(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob('*') if path.is_file())
def of_array(value):
    if isinstance(value, list):
        return [of_array(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: of_array(each) if not key.startswith(('CTA ACTIVITY', 'CTA CONTACT')) and key not in ('CTA PRODUCT ID', 'CTA PRODUCT CREATION TIME') else '' for key, each in value.items()}
theirs, ours = sys.argv[1:3]
if files(theirs) != files(ours): print(files(theirs), files(ours))
for name in files(theirs):
    if not name.endswith('.json'): continue
    a, b = [of_array(json.loads((Path(folder) / name).read_text())) for folder in (theirs, ours)]
    if a != b: print(name, a, b)
arrays = []
for folder in (theirs, ours):
    os.environ['CTAPIPE_SVC_PATH'] = str(Path(folder) / 'instrument')
    arrays.append(SubarrayDescription.from_service_data(1))
if arrays[0] != arrays[1]: print('the arrays differ')
if arrays[0].reference_location != arrays[1].reference_location: print('the locations differ')
print(len(files(ours)), 'files')`;

describe('cherenkit dump-instrument', function () {
  // ctapipe takes some seconds to start.
  this.timeout(120_000);

  const dump = async (folder: TemporaryFolder, ...options: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await cherenkit(['dump-instrument', ...options], folder.path);
    expect(exitCode, stderr).to.equal(0);
  };

  describe('writes what ctapipe writes', () => {
    before(skipWithoutCtapipeOrTestData);

    const dumpBoth = async (folder: TemporaryFolder, input: string, format: string): Promise<void> => {
      const options = ['-i', inTestData('data', input), '-f', format, '-o'];
      const run = 'from ctapipe.tools.dump_instrument import main; main()';
      await ctapipePython(['-c', run, ...options, folder.join('theirs')], { cwd: folder.path });
      await dump(folder, ...options, folder.join('ours'));
    };

    for (const format of ['fits', 'ecsv']) {
      it(`to ${format} files, as astropy reads them`, async () => {
        using folder = new TemporaryFolder();
        await dumpBoth(folder, 'prod4_pixelsettings_v3.gz', format);
        const script = ['-c', COMPARE, folder.join('theirs'), folder.join('ours')];
        expect(await ctapipePython(script, { cwd: folder.path })).to.equal('4 files\n');
      });
    }

    it('to the directory of service data, from which ctapipe creates the same array', async () => {
      using folder = new TemporaryFolder();
      await dumpBoth(folder, 'gamma_diffuse_north_alpha_600.simtel.zst', 'service');
      const script = ['-c', COMPARE_SERVICE, folder.join('theirs'), folder.join('ours')];
      const env = { CTAPIPE_SVC_PATH: folder.join('theirs', 'instrument') };
      expect(await ctapipePython(script, { cwd: folder.path, env })).to.equal('52 files\n');
    });

    it('to an HDF5 file', async () => {
      using folder = new TemporaryFolder();
      await dumpBoth(folder, 'gamma_diffuse_north_alpha_600.simtel.zst', 'hdf5');
      await expectSameTables(folder.join('theirs', 'subarray.h5'), folder.join('ours', 'subarray.h5'));
    });

    it('and two cameras of one name to two files, where ctapipe loses one; ctapipe reads all', async () => {
      using folder = new TemporaryFolder();
      const input = inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5');
      await dump(folder, '-i', input, '-o', 'ours');
      expect(readdirSync(folder.join('ours')).sort()).to.include.members([
        'LSTN-design-2.camgeom.fits.gz',
        'LSTN-design-2.camreadout.fits.gz',
        'LSTN-design.camgeom.fits.gz',
        'LSTN-design.camreadout.fits.gz',
      ]);
      const script = [
        'import sys, glob',
        'from ctapipe.instrument import CameraGeometry, CameraReadout',
        'cameras = sorted(glob.glob(sys.argv[1] + "/*.camgeom.fits.gz"))',
        'for path in cameras: print(CameraGeometry.from_table(path).n_pixels, CameraReadout.from_table(path.replace("geom", "readout")).n_pixels)',
      ].join('\n');
      const read = await ctapipePython(['-c', script, folder.join('ours')], { cwd: folder.path });
      expect(read.split('\n').filter((line) => line === '1855 1855')).to.have.length.greaterThan(1);
    });
  });

  it('keeps existing files without --overwrite, and writes all or none', async () => {
    using folder = new TemporaryFolder();
    const options = ['-i', 'toymodel:?array=north', '-f', 'hdf5', '-o', 'new/folder'];
    await dump(folder, ...options);
    const table = await readTable(folder.join('new/folder/subarray.h5'), '/configuration/instrument/subarray/layout');
    expect(table.nRows).to.be.greaterThan(3);
    const { exitCode, stderr } = await cherenkit(['dump-instrument', ...options], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('OUTPUT_EXISTS');
    await dump(folder, ...options, '--overwrite');
    mkdirSync(folder.join('other'));
    const second = [...options.slice(0, 2), '-o', 'other'];
    await dump(folder, ...second, '-f', 'ecsv');
    const array = readdirSync(folder.join('other')).find((name) => name.endsWith('.subarray.ecsv'));
    expect(array).to.be.a('string');
    await dump(folder, ...second);
    expect(existsSync(folder.join('other', String(array).replace('.ecsv', '.fits.gz')))).to.equal(true);
  });

  it('names the directory that cannot be created', async () => {
    using folder = new TemporaryFolder();
    await dump(folder, '-i', 'toymodel:', '-o', 'files', '-f', 'hdf5');
    const args = ['dump-instrument', '-i', 'toymodel:', '-o', 'files/subarray.h5'];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode).to.equal(73);
    expect(stderr).to.match(/files\/subarray\.h5: cannot be created .*--outdir/);
  });

  it('ends where no directory can be created, such as in /proc', async function () {
    if (!existsSync('/proc/self')) this.skip();
    using folder = new TemporaryFolder();
    const args = ['dump-instrument', '-i', 'toymodel:', '-f', 'service', '-o', '/proc/service/data'];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode).to.equal(73);
    expect(stderr).to.match(/OUTPUT_NOT_WRITABLE.*\/proc\/service\/data: cannot be created .*--outdir/);
  });

  it('refuses service data beside files of another array', async () => {
    using folder = new TemporaryFolder();
    const args = ['-i', 'toymodel:', '-f', 'service', '-o', 'data'];
    await dump(folder, ...args);
    await dump(folder, ...args, '--overwrite');
    mkdirSync(folder.join('data/instrument/telescopes/999'), { recursive: true });
    writeFileSync(folder.join('data/instrument/telescopes/999/old.json'), '{}');
    const { exitCode, stderr } = await cherenkit(['dump-instrument', ...args, '--overwrite'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(
      /OUTPUT_EXISTS.*data\/instrument contains files of another array.*999\/old\.json.*--outdir/,
    );
  });
});
