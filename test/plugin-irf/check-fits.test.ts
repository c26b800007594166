import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createSink } from '@cherenkit/io';
import { FitsFile, FitsWriter } from '@cherenkit/plugin-fits';
import { columnFrom, type Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);

/** Copies a file with other tables. */
async function changed(from: string, to: string, change: (name: string, table: Table) => Table): Promise<void> {
  await using file = await FitsFile.open(from);
  await using sink = createSink(to, { overwrite: true });
  const writer = new FitsWriter(sink);
  for (const { name, kind } of file.hdus) {
    if (kind === 'table') writer.writeTable(change(name, await file.readTable(name)), { name });
  }
  await writer.finish();
}

describe('cherenkit check of FITS files', function () {
  this.timeout(60_000);
  before(skipWithoutTestData);

  it('finds no problem in cuts, responses and benchmarks of ctapipe', async () => {
    using folder = new TemporaryFolder();
    const files = ['cuts', 'irf', 'benchmarks'].map((kind) => reference(`point_like.${kind}.fits.gz`));
    const { exitCode, stdout } = await cherenkit(['check', ...files], folder.path);
    expect(stdout).to.match(/cuts\.fits\.gz: no problems \(6 tables, 0 events\)/);
    expect(stdout.match(/no problems/g)).to.have.length(3);
    expect(exitCode).to.equal(0);
  });

  it('finds densities that are not normalized, wrong edges, wrong checksums, and truncation', async () => {
    using folder = new TemporaryFolder();
    const doubled = (table: Table, name: string): Table =>
      table.withColumn(
        name,
        columnFrom(name, { ...table.column(name).header, values: table.numbers(name).map((value) => 2 * value) }),
      );
    await changed(reference('point_like.irf.fits.gz'), folder.join('responses.fits'), (name, table) => {
      if (name === 'ENERGY DISPERSION') return doubled(table, 'MATRIX');
      if (name === 'PSF') return doubled(table, 'RPSF');
      return name === 'BACKGROUND' ? doubled(table, 'ENERG_LO') : table;
    });
    copyFileSync(folder.join('responses.fits'), folder.join('other.fits'));
    const bytes = readFileSync(folder.join('other.fits'));
    bytes[bytes.length - 100] ^= 1;
    writeFileSync(folder.join('other.fits'), bytes);
    writeFileSync(
      folder.join('short.fits'),
      gunzipSync(readFileSync(reference('point_like.irf.fits.gz'))).subarray(0, 20_000),
    );
    const { exitCode, stdout } = await cherenkit(['check', 'responses.fits', 'other.fits', 'short.fits'], folder.path);
    expect(exitCode).to.equal(65);
    expect(stdout).to.match(/ENERGY DISPERSION: an integral over MIGRA is 2\.0*, expected 1/);
    expect(stdout).to.match(/PSF: an integral over RAD is 2\.0*, expected 1/);
    expect(stdout).to.match(/BACKGROUND: ENERG: bin 0 is 0\.0\d+ to 0\.05.*, expected ascending edges/);
    expect(stdout).to.match(/other\.fits: .*DATASUM is \d+, but the data have \d+/);
    expect(stdout).to.match(/short\.fits: .*the header declares/);
  });
});
