import { mkdirSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { FolderServer, launchChromium, skipWithoutChromium } from '../support/chromium.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

/** Writes a file with two tables, compressed and not, and reads both from files that a user chose. */
const PAGE = `
import { MemorySink } from '@cherenkit/io';
import { FitsFile, fitsSink, FitsWriter } from '@cherenkit/plugin-fits';
import { Table } from '@cherenkit/tables';

async function roundTrip(name) {
  const sink = new MemorySink();
  const writer = new FitsWriter(fitsSink(sink, name));
  writer.writeTable(Table.of({ ENERGY: { values: Float64Array.of(0.3, 12), unit: 'TeV' }, NAME: ['a', 'bc'] }), { name: 'EVENTS' });
  writer.writeTable(Table.of({ id: BigInt64Array.of(2n ** 60n) }), { name: 'IDS' });
  await writer.finish();
  await using file = await FitsFile.open(new File([sink.bytes], name));
  const events = await file.readTable('EVENTS');
  const ids = await file.readTable('IDS');
  return [sink.bytes[0], [...events.numbers('ENERGY', 'GeV')], events.column('NAME').values, String(ids.column('id').values[0]), await file.checksumProblems()];
}
window.results = Promise.all([roundTrip('a.fits'), roundTrip('a.fits.gz')]);
`;

describe('FITS files in a page of Chromium', function () {
  this.timeout(120_000);
  before(skipWithoutChromium);

  it('are written and read, compressed or not', async () => {
    using folder = new TemporaryFolder();
    mkdirSync(folder.join('public'));
    await build({
      stdin: { contents: PAGE, resolveDir: REPOSITORY_ROOT },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      outfile: folder.join('public/page.js'),
      logLevel: 'silent',
    });
    writeFileSync(folder.join('public/index.html'), '<!doctype html><script type="module" src="page.js"></script>');
    using server = await FolderServer.start(folder.join('public'), {});
    const browser: Browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}index.html`);
      await page.waitForFunction('window.results !== undefined');
      const content = [[300, 12_000], ['a', 'bc'], String(2n ** 60n), []];
      expect(await page.evaluate('window.results')).to.deep.equal([
        [0x53, ...content],
        [0x1f, ...content],
      ]);
    } finally {
      await browser.close();
    }
  });
});
