import { pathToFileURL } from 'node:url';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, skipWithoutChromium } from '../support/chromium.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const INPUT = 'toymodel:?events=30&seed=5';

describe('cherenkit display --all', function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const report = (...args: string[]): ReturnType<typeof cherenkit> =>
    cherenkit(['display', '--all', ...args], folder.path);

  it('writes a page about all events, the same for each run', async () => {
    const pages: string[] = [];
    for (let run = 0; run < 2; run++) {
      const { exitCode, stdout, stderr } = await report(INPUT, '-o', 'a.html', '--overwrite', '--max-pictures', '4');
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.include('30 events').and.to.include('a.html');
      pages.push(folder.readText('a.html'));
    }
    const [page] = pages;
    expect(page).to.equal(pages[1]);
    for (const text of ['Angular resolution', 'True cores', 'Pictures of 4 events are in this page'])
      expect(page).to.include(text);
    expect(page).to.match(/reconstructed by HillasReconstructor \(shown below\)<\/th><td>\d+ of 30</);
    // Configuration that can be used again.
    const configuration = /<pre>(.*?)<\/pre>/s
      .exec(page)?.[1]
      .replaceAll('&#34;', '"')
      .replaceAll('&#60;', '<')
      .replaceAll('&#62;', '>')
      .replaceAll('&#38;', '&');
    expect(JSON.parse(configuration ?? '')).to.have.nested.property('DisplayTool.ImageProcessor');
  });

  it('reports files without events, without truth and without images', async () => {
    await cherenkit(['process', '-i', INPUT, '-o', 'no-images.h5', '--write-showers', '--quiet'], folder.path);
    const { exitCode, stderr } = await report('no-images.h5', '-o', 'no-images.html');
    expect(exitCode, stderr).to.equal(0);
    expect(folder.readText('no-images.html')).to.include('Angular resolution');
  });

  it('reports real files', async function () {
    skipWithoutTestData.call(this);
    for (const name of [
      'gct_checs_muons.simtel.zst',
      'calib_events.simtel.gz',
      'gamma_diffuse_north_alpha_602.simtel.zst',
    ]) {
      const { exitCode, stderr } = await report(
        inTestData('data', name),
        '-o',
        'real.html',
        '--overwrite',
        '--focal-length-choice',
        'EQUIVALENT',
      );
      expect(exitCode, stderr).to.equal(0);
    }
  });

  it('refuses other outputs, and options for one event, and writes nothing', async () => {
    for (const args of [
      ['-o', 'no.svg'],
      ['-o', 'no.html', '--event', '1'],
      ['-o', 'no.html', '--terminal'],
    ]) {
      const { exitCode, stderr } = await report(INPUT, ...args);
      expect(stderr).to.match(/^error\[REPORT_OPTIONS\]: /);
      expect(exitCode).to.equal(2);
    }
    expect([folder.has('no.svg'), folder.has('no.html')]).to.deep.equal([false, false]);
  });

  describe('in a browser', () => {
    let browser: Browser;
    let page: Page;
    const problems: string[] = [];

    before(skipWithoutChromium);
    before(async () => {
      await report(INPUT, '-o', 'page.html');
      browser = await launchChromium();
      page = await browser.newPage();
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) problems.push(request.url());
      });
      await page.goto(pathToFileURL(folder.join('page.html')).href);
      await page.waitForSelector('#event svg');
    });
    after(() => browser?.close());
    afterEach(() => expect(problems).to.deep.equal([]));

    const selected = (): Promise<string | null> => page.textContent('#selected');
    const titleOf = (): Promise<string | null> => page.textContent('#event svg > title');

    it('filters by an expression, and names its mistakes', async () => {
      expect(await selected()).to.equal('30 of 30 events');
      await page.fill('#filter', 'intensity > 1000 and n_used >= 3');
      const count = Number(/^\d+/.exec((await selected()) ?? '')?.[0]);
      expect(count).to.be.within(1, 29);
      expect(await page.locator('#events tbody tr').count()).to.equal(count);
      await page.fill('#filter', 'intensty > 1000');
      expect(await selected()).to.include('intensity');
      expect(await page.getAttribute('#filter', 'aria-invalid')).to.equal('true');
    });

    it('selects a range by a drag over a histogram, and none by a click', async () => {
      await page.fill('#filter', '');
      const histogram = page.locator('#histograms svg').first();
      await histogram.scrollIntoViewIfNeeded();
      const box = await histogram.boundingBox();
      if (box === null) throw new Error('no histogram');
      await page.mouse.move(box.x + 0.1 * box.width, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.4 * box.width, box.y + 20);
      await page.mouse.up();
      expect(await page.inputValue('#filter')).to.match(/^true_energy >= [\d.]+ and true_energy < [\d.]+$/);
      expect(await selected()).not.to.equal('30 of 30 events');
      await page.mouse.click(box.x + 0.5 * box.width, box.y + 20);
      expect(await page.inputValue('#filter')).to.equal('');
      expect(await selected()).to.equal('30 of 30 events');
    });

    it('is dark where the reader prefers it, and fits a phone', async () => {
      const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const rectangle = (): Promise<string> =>
        page.evaluate(() => {
          const first = document.querySelector('.plots svg rect');
          return first ? getComputedStyle(first).fill : '';
        });
      const light = await background();
      expect(await rectangle()).to.equal(light);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await background()).not.to.equal(light);
      expect(await rectangle()).to.equal(await background());
      await page.waitForFunction(() => document.querySelector('#event svg > rect')?.getAttribute('fill') === '#16181d');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.waitForFunction(() => document.querySelector('#event svg')?.getAttribute('width') === '480');
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).to.equal(390);
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('sorts by a column, draws the chosen event, and keeps both in the URL', async () => {
      await page.click('#events th button:has-text("intensity")');
      const values = await page.locator('#events tbody tr td:nth-child(7)').allTextContents();
      expect(values.map(Number)).to.deep.equal(values.map(Number).sort((a, b) => b - a));
      const button = page.locator('#events td button').first();
      const eventId = await button.textContent();
      await button.click();
      await page.waitForFunction(
        (id) => document.querySelector('#event svg > title')?.textContent?.startsWith(`event ${id} `),
        eventId,
      );
      await page.fill('#filter', 'n_used >= 2');
      await page.reload();
      await page.waitForSelector('#event svg');
      expect(await titleOf()).to.match(new RegExp(`^event ${eventId} of run 1`));
      expect(await page.inputValue('#filter')).to.equal('n_used >= 2');
    });
  });
});
