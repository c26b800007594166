import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cherenkit } from '../../support/run-command.js';
import { block, bytesOf, zfitsFile } from '../../support/zfits-builder.js';

describe('cherenkit zfits info', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-zfits-'));
    const columns = [{ name: 'event_id', id: '1', form: '1K', zero: '9223372036854775808' }];
    const tiles = [{ nRows: 2, blocks: [block([0], bytesOf(BigUint64Array.of(1n, 2n)))] }];
    const file = zfitsFile({ name: 'Events', message: 'R1v1.Event', columns, tiles });
    writeFileSync(join(folder, 'good.fits.fz'), file);
    file[file.length - 2880 + 60] ^= 1;
    writeFileSync(join(folder, 'damaged.fits.fz'), file);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('lists tables, messages and columns', async () => {
    const { stdout, exitCode } = await cherenkit(['zfits', 'info', 'good.fits.fz', '--columns'], folder);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal('good.fits.fz\n  Events  R1v1.Event: 2 messages, 1 column\n    1      event_id uint64\n');
  });

  it('decodes all values with --check', async () => {
    const good = await cherenkit(['zfits', 'info', 'good.fits.fz', '--check'], folder);
    expect(good.stdout).to.include('2 messages, 1 column, all decoded, checksum ok\n');
    const damaged = await cherenkit(['zfits', 'info', 'damaged.fits.fz', '--check'], folder);
    expect(damaged).to.include({ exitCode: 65, stdout: '' });
    expect(damaged.stderr).to.include('error[ZFITS_CHECKSUM]: damaged.fits.fz, table Events, byte 5760: DATASUM is');
  });

  it('is what cherenkit inspect prints of a zfits file', async () => {
    const { stdout, exitCode } = await cherenkit(['inspect', 'good.fits.fz'], folder);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal('Events: 2 messages of type R1v1.Event\n  event_id  uint64\n');
    const { stdout: json } = await cherenkit(['inspect', 'good.fits.fz', '--json'], folder);
    expect(JSON.parse(json)).to.deep.equal({
      name: 'Events',
      message: 'R1v1.Event',
      messages: 2,
      columns: [{ name: 'event_id', id: '1', type: 'uint64' }],
    });
  });

  it('prints JSON', async () => {
    const { stdout } = await cherenkit(['zfits', 'info', 'good.fits.fz', '--json'], folder);
    expect(JSON.parse(stdout)).to.deep.equal({
      'good.fits.fz': [
        {
          name: 'Events',
          message: 'R1v1.Event',
          messages: 2,
          columns: [{ name: 'event_id', id: '1', type: 'uint64' }],
        },
      ],
    });
  });

  it('names the format of other files', async () => {
    await cherenkit(['process', '-i', 'toymodel:?events=1', '-o', 'toy.h5'], folder);
    const { stderr, exitCode } = await cherenkit(['zfits', 'info', 'toy.h5'], folder);
    expect(exitCode).to.equal(65);
    expect(stderr).to.include('this is not a FITS file').and.include('but an HDF5 file').and.not.include('corrupt;');
  });

  it('asks for files', async () => {
    const { stderr, exitCode } = await cherenkit(['zfits', 'info'], folder);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('error[INPUT_NOT_NAMED]: No file: give those to list, cherenkit zfits info FILE.');
  });
});
