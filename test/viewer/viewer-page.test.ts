import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchChromium, skipWithoutChromium } from '../support/chromium.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, TEST_DATA } from '../support/test-data.js';
import { ViewerPage } from '../support/viewer-page.js';

const REAL_FILES = [
  'data/gamma_diffuse_north_alpha_600.simtel.zst',
  'data/gct_checs_muons.simtel.zst',
  'data/prod4_pixelsettings_v3.gz',
  'data/south_lsts_v036.simtel.zst',
  'data/proton_north_alpha_700.simtel.zst',
  'data/hdf5/gamma_600.v4.0.0.dl2.h5',
  'data/hdf5/gamma_600.v7.6.0.lossy_zlib.dl1.h5',
  'data/hdf5/gamma_600.v7.6.0.tel2.r0_r1_fixed_point.h5',
  'reference/proton_north_alpha_700.dl2.h5',
];

const SCREENS: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['1280 x 800, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['1280 x 800, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  [
    '390 x 844, dark',
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, deviceScaleFactor: 2 },
  ],
  ['390 x 844, light', { viewport: { width: 390, height: 844 }, colorScheme: 'light', reducedMotion: 'reduce' }],
];

describe('the viewer, from its file', function () {
  this.timeout(300_000);
  let folder: TemporaryFolder;
  let browser: Browser | undefined;
  let simulated: string;
  let stored: string;

  before(skipWithoutChromium);
  before(async () => {
    folder = new TemporaryFolder();
    simulated = folder.join('toy.simtel.zst');
    stored = folder.join('toy.dl2.h5');
    const simulate = ['simulate', '-o', simulated, '--array', 'north', '--events', '6', '--seed', '3', '--quiet'];
    expect((await cherenkit(simulate, folder.path)).stderr).to.equal('');
    const levels = ['--write-images', '--write-parameters', '--write-showers'];
    const process = ['process', '-i', simulated, '-o', stored, ...levels, '--quiet'];
    expect((await cherenkit(process, folder.path)).stderr).to.equal('');
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    folder?.[Symbol.dispose]();
  });

  const open = (options?: BrowserContextOptions): Promise<ViewerPage> => {
    if (!browser) throw new Error('The browser did not start.');
    return ViewerPage.open(browser, options);
  };

  /** The page printed nothing and asked for nothing. */
  const expectQuiet = ({ problems, requestsElsewhere }: ViewerPage): void => {
    expect(problems).to.deep.equal([]);
    expect(requestsElsewhere).to.deep.equal([]);
  };

  it('shows events with the results of the command', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    await viewer.waitFor(`document.querySelector('#event-status').textContent.endsWith('events')`);
    expect(await viewer.text('#results')).to.include('Shower, computed here');
    const computed = await viewer.value('alt, az');
    await viewer.openFile(stored);
    await viewer.waitFor(`document.querySelector('#results').textContent.includes('as stored in the file')`);
    expect(await viewer.value('alt, az')).to.equal(computed);
    expectQuiet(viewer);
  });

  it('reads the files of telescope runs that are chosen together', async function () {
    if (TEST_DATA === undefined) return this.skip();
    await using viewer = await open();
    const filesIn = (...parts: readonly string[]): string[] =>
      readdirSync(inTestData('data', 'zfits', ...parts), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.fits.fz'))
        .map((name) => inTestData('data', 'zfits', ...parts, name));
    await viewer.openFile(filesIn('lst_evb'));
    await viewer.waitFor(`document.querySelector('#event-status').textContent === '10 events'`);
    expect(await viewer.text('#warnings')).to.include('The waveforms are ADC counts');
    expect(await viewer.text('#event-summary')).to.include('1 telescope');
    await viewer.openFile(filesIn('dl0v1'));
    await viewer.waitFor(
      `document.querySelector('#event-summary').textContent.endsWith('run 2000002108 · 1 telescope')`,
    );
    expectQuiet(viewer);
  });

  it('names files that are not of the run of the input, and reads a configuration that is chosen with it', async () => {
    await using viewer = await open();
    const other = folder.write('toy.txt', 'notes');
    const nested = 'ImageProcessor: {TailcutsImageCleaner: {picture_threshold_pe: 9}}\n';
    await viewer.openFile([other, folder.write('settings.yaml', nested), simulated]);
    expect(await viewer.text('#warnings')).to.include('Not read, as no files of the run of toy.simtel.zst: toy.txt.');
    await viewer.waitFor(`document.querySelector('#yaml').value.includes('picture_threshold_pe: 9')`);
    await viewer.slide('TailcutsImageCleaner picture threshold', 12);
    await viewer.waitFor(`document.querySelector('#yaml').value.includes('picture_threshold_pe: 12')`);
    expect(await viewer.page.inputValue('#yaml')).not.to.include('picture_threshold_pe: 9');
    expectQuiet(viewer);
  });

  it('simulates again after the page is loaded again, and puts back the id of the event that is shown', async () => {
    await using viewer = await open();
    await viewer.page.click('#simulate');
    const shown = await viewer.waitForEvent();
    await viewer.waitFor(`location.hash.length > 1`);
    await viewer.page.fill('#event-id', '987654');
    await viewer.page.press('#event-id', 'Enter');
    await viewer.waitFor(`document.querySelector('#status').textContent.includes('no event 987654')`);
    await viewer.waitFor(`document.querySelector('#event-id').value === ${JSON.stringify(shown)}`);
    await viewer.page.reload();
    expect(await viewer.waitForEvent()).to.equal(shown);
    expectQuiet(viewer);
  });

  it('gives the core as the map of the ground does, and says what the lines of waveforms are', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    expect(await viewer.value('core')).to.match(/^E -?[\d.]+, N -?[\d.]+ m$/);
    await viewer.waitFor(`document.querySelectorAll('#waveform-legend tbody tr').length === 3`);
    expect(await viewer.text('#waveform-legend')).to.match(
      /^Dashed: peak, shaded: charge\s+pixel\s+gain\s+peak, ns\s+samples\s+(\d+\s+(high|low)\s+\d+\.\d\s+\d+–\d+\s*){3}$/,
    );
    expectQuiet(viewer);
  });

  it('ends the waveforms sample by sample with Esc, and stops them behind the help', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    await viewer.page.keyboard.press(' ');
    await viewer.waitFor(`document.querySelector('#lapse-time').textContent !== ''`);
    await viewer.page.keyboard.press('?');
    const time = await viewer.text('#lapse-time');
    await viewer.page.waitForTimeout(500);
    expect(await viewer.text('#lapse-time')).to.equal(time);
    await viewer.page.keyboard.press('Escape');
    await viewer.page.keyboard.press('Escape');
    await viewer.waitFor(`document.querySelector('#lapse-time').textContent === ''`);
    expectQuiet(viewer);
  });

  it('goes through the events by keys, buttons, the list and ids', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const { page } = viewer;
    const first = await viewer.eventId();
    await page.keyboard.press('ArrowRight');
    const second = await viewer.waitForEvent(first);
    await page.click('#next');
    const third = await viewer.waitForEvent(second);
    await page.keyboard.press('ArrowLeft');
    expect(await viewer.waitForEvent(third)).to.equal(second);
    await viewer.waitFor(`document.querySelectorAll('#event-rows tr[data-index]').length >= 3`);
    await page.click(`#event-rows button:text-is("${third}")`);
    expect(await viewer.waitForEvent(second)).to.equal(third);
    await page.fill('#event-id', first);
    await page.keyboard.press('Enter');
    await viewer.waitFor(`document.querySelector('#event-rows tr[aria-current]').textContent.startsWith('${first}')`);
    await page.fill('#event-id', '987654');
    await page.keyboard.press('Enter');
    await viewer.waitFor(`document.querySelector('#status').textContent.includes('no event 987654')`);
    expectQuiet(viewer);
  });

  it('cleans again while sliders move, and gives the settings as YAML that the command reads', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const before = await viewer.value('morphology n pixels');
    const direction = await viewer.value('alt, az');
    await viewer.slide('TailcutsImageCleaner picture threshold', 6);
    await viewer.slide('TailcutsImageCleaner boundary threshold', 3);
    await viewer.waitFor(`document.querySelector('#yaml').value.includes('boundary_threshold_pe: 3')`);
    await viewer.waitFor(
      `document.querySelector('#parameters').textContent.match(/morphology n pixels(\\d+)/)[1] > ${before}`,
    );
    expect(await viewer.value('alt, az')).to.not.equal(direction);
    const yaml = await viewer.page.inputValue('#yaml');
    expect(yaml).to.equal('TailcutsImageCleaner:\n  picture_threshold_pe: 6\n  boundary_threshold_pe: 3\n');
    folder.write('settings.yaml', yaml);
    const { exitCode, stderr } = await cherenkit(['config', 'check', 'settings.yaml'], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    await viewer.slide('StereoQualityQuery hillas.intensity >', 500);
    await viewer.waitFor(
      `document.querySelector('#yaml').value.includes('[> 50 phe, parameters.hillas.intensity > 500]') || document.querySelector('#yaml').value.includes('parameters.hillas.intensity > 500')`,
    );
    expectQuiet(viewer);
  });

  it('reads YAML, and says what is wrong with it', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const { page } = viewer;
    await page.fill('#yaml', 'TailcutsImageCleaner:\n  picture_treshold_pe: 6\n');
    await page.locator('#yaml').blur();
    await viewer.waitFor(`document.querySelector('#problems').textContent.includes('picture_threshold_pe')`);
    await page.fill(
      '#yaml',
      'StereoQualityQuery:\n  quality_criteria:\n    - [many, parameters.morphology.n_pixels > 2]\n    - [bright, 5]\n',
    );
    await page.locator('#yaml').blur();
    await viewer.waitFor(
      `document.querySelector('#problems').textContent.includes('expected a string') || document.querySelector('#problems').textContent.includes('expression')`,
    );
    await page.fill('#yaml', 'TailcutsImageCleaner:\n  picture_threshold_pe: [[type, "*", 7]]\n');
    await page.locator('#yaml').blur();
    await viewer.waitFor(`document.querySelector('#problems').hidden`);
    expectQuiet(viewer);
  });

  it('shows the waveforms of clicked pixels, and the values under the mouse', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const { page } = viewer;
    await viewer.waitFor(`!document.querySelector('#waveform-legend').hidden`);
    const box = await page.locator('#focus-picture canvas:visible').boundingBox();
    if (!box) throw new Error('The camera is not visible.');
    const [x, y] = [box.width / 2 - 30, box.height / 2];
    await page.mouse.move(box.x + x, box.y + y);
    const hint = await page.innerText('#focus-hint');
    expect(hint).to.match(/^pixel \d+ · /);
    await page.mouse.click(box.x + x, box.y + y);
    const [pixel] = /pixel \d+/.exec(hint) ?? [];
    await viewer.waitFor(
      `document.querySelector('#waveform-picture canvas').getAttribute('aria-label').startsWith('Waveforms of ${pixel} (high gain).')`,
    );
    expectQuiet(viewer);
  });

  it('shows pixels by their numbers, other values, and the events of a range', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const { page } = viewer;
    await page.fill('#pixels', '7, 9');
    await page.keyboard.press('Enter');
    await viewer.waitFor(
      `document.querySelector('#waveform-picture canvas').getAttribute('aria-label').startsWith('Waveforms of pixel 7 (high gain), pixel 9 (high gain).')`,
    );
    const label = `document.querySelector('#focus-picture canvas').getAttribute('aria-label')`;
    for (const field of ['dl1.peakTime', 'dl1.imageMask', 'simulation.trueImage']) {
      const before = await page.evaluate<string>(label);
      await page.selectOption('#field', field);
      await viewer.waitFor(`${label} !== ${JSON.stringify(before)}`);
    }
    await viewer.waitFor(`document.querySelector('#event-status').textContent === '6 events'`);
    await page.click('#toggle-histograms');
    await viewer.waitFor(
      `[...document.querySelectorAll('#histograms canvas')].filter((each) => each.checkVisibility()).length > 4`,
    );
    await page.fill('input[aria-label="telescopes used, from"]', '9');
    await page.keyboard.press('Enter');
    await viewer.waitFor(`document.querySelector('#event-status').textContent.endsWith(' of 6 events')`);
    await page.click('#clear-ranges');
    await viewer.waitFor(`document.querySelector('#event-status').textContent === '6 events'`);
    const box = await page.locator('.histogram canvas').first().boundingBox();
    if (!box) throw new Error('The histogram is not visible.');
    await page.mouse.move(box.x + 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 3, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await viewer.waitFor(`document.querySelector('#event-status').textContent.endsWith(' of 6 events')`);
    expect(await viewer.violations()).to.deep.equal([]);
    expectQuiet(viewer);
  });

  it('restores its state from the address', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const { page } = viewer;
    const first = await viewer.eventId();
    await page.keyboard.press('n');
    const second = await viewer.waitForEvent(first);
    await viewer.slide('TailcutsImageCleaner picture threshold', 7);
    await page.selectOption('#cmap', 'viridis');
    await viewer.waitFor(`location.hash.startsWith('#v1.')`);
    await page.waitForTimeout(600);
    const hash = await page.evaluate<string>('location.hash');
    expect(hash.length).to.be.lessThan(400);
    await page.reload();
    await viewer.waitFor(`document.querySelector('#wanted').textContent.includes('toy.simtel.zst')`);
    await page.setInputFiles('#file', simulated);
    await viewer.waitFor(`document.querySelector('#event-id').value === '${second}'`);
    await viewer.waitFor(`document.querySelector('#yaml').value.includes('picture_threshold_pe: 7')`);
    expect(await page.inputValue('#cmap')).to.equal('viridis');
    await page.goto('about:blank');
    expectQuiet(viewer);
  });

  it('leaves telescopes out, compares settings, and plays waveforms', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const { page } = viewer;
    const nUsed = await viewer.value('telescopes used');
    await page.keyboard.press('x');
    await viewer.waitFor(`document.querySelector('#results').textContent.includes('left out by hand')`);
    expect(await viewer.value('telescopes used')).to.not.equal(nUsed);
    expect(await page.inputValue('#yaml')).to.match(/^EventSource:\n {2}allowed_tels: \[\d/);
    await page.keyboard.press('x');
    await viewer.waitFor(`!document.querySelector('#results').textContent.includes('left out by hand')`);
    await page.keyboard.press('c');
    await viewer.slide('TailcutsImageCleaner picture threshold', 25);
    await viewer.waitFor(`document.querySelectorAll('#parameters tr.is-different').length > 5`);
    expect(await page.isVisible('#compare-note')).to.equal(true);
    expect(await page.locator('#focus-picture canvas:visible').count()).to.equal(2);
    expect(await viewer.text('#results')).to.match(/picture threshold pe\s+25\s+default/);
    await page.keyboard.press('c');
    await page.locator('#event-rows').focus();
    await page.keyboard.press('Space');
    await viewer.waitFor(`document.querySelector('#lapse-time').textContent.endsWith('ns')`);
    await page.locator('#lapse-slider').fill('12');
    await viewer.waitFor(`document.querySelector('#lapse-time').textContent === '12 ns'`);
    await page.click('#play');
    await viewer.waitFor(`document.querySelector('#lapse-time').textContent === ''`);
    expectQuiet(viewer);
  });

  it('explains files that it cannot read', async () => {
    await using viewer = await open();
    folder.write('note.txt', 'These are no events.');
    await viewer.page.setInputFiles('#file', folder.join('note.txt'));
    await viewer.waitFor(`document.querySelector('#status').textContent.includes('No event source can read note.txt')`);
    await viewer.openFile(simulated);
    expectQuiet(viewer);
  });

  for (const kind of ['simtel', 'simtel.gz', 'simtel.zst']) {
    it(`says that a .${kind} file is truncated, and shows the events before`, async () => {
      await using viewer = await open();
      const whole = folder.join(`whole.${kind}`);
      const simulate = ['simulate', '-o', whole, '--array', 'north', '--events', '6', '--seed', '3', '--quiet'];
      expect((await cherenkit(simulate, folder.path)).stderr).to.equal('');
      const bytes = readFileSync(whole);
      folder.write(`cut.${kind}`, bytes.subarray(0, Math.floor(0.7 * bytes.length)));
      await viewer.openFile(folder.join(`cut.${kind}`));
      await viewer.waitFor(`document.querySelector('#status').textContent.includes(' ends ')`);
      expect(await viewer.text('#status')).to.match(
        new RegExp(`^cut.${kind}, byte \\d+: .* Events read before: [345].$`),
      );
      const listed = await viewer.text('#event-status');
      expect(listed).to.match(/^[345] events$/);
      // It stays while the events before are looked at.
      const first = await viewer.eventId();
      await viewer.page.keyboard.press('ArrowRight');
      await viewer.waitForEvent(first);
      expect(await viewer.text('#status')).to.include(' ends ');
      expect(await viewer.text('#remedy')).to.equal('Show the events before');
      await viewer.page.click('#remedy');
      await viewer.waitFor(
        `document.querySelector('#warnings').textContent.includes('The rest of the file is ignored')`,
      );
      await viewer.waitFor(`document.querySelector('#event-status').textContent === '${listed}'`);
      await viewer.waitFor(`document.querySelector('#status').textContent === ''`);
      expect(await viewer.page.isHidden('#remedy')).to.equal(true);
      expect(await viewer.page.inputValue('#yaml')).to.equal('EventSource:\n  allow_truncated: true\n');
      expectQuiet(viewer);
    });
  }

  it('simulates an array', async () => {
    await using viewer = await open();
    await viewer.page.click('#simulate');
    await viewer.waitForEvent();
    expectQuiet(viewer);
  });

  it('is used by the keyboard alone: every control is reached, in the order of the page, and seen to be', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    await viewer.waitFor(`document.querySelector('#event-status').textContent === '6 events'`);
    await viewer.page.click('#toggle-histograms');
    await viewer.waitFor(
      `[...document.querySelectorAll('.histogram input')].filter((each) => each.checkVisibility()).length > 8`,
    );
    const nameOf = `(each) => each.id || each.getAttribute('aria-label') || each.textContent.trim()`;
    const controls = await viewer.page.evaluate<string[]>(
      `[...document.querySelectorAll('button, input, select, textarea, summary, [tabindex="0"]')]
        .filter((each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility()).map(${nameOf})`,
    );
    expect(controls.length).to.be.greaterThan(50);
    await viewer.page.click('h1');
    const reached: string[] = [];
    for (;;) {
      await viewer.page.keyboard.press('Tab');
      const focused = await viewer.page.evaluate<{ name: string; isSeen: boolean } | null>(
        `(() => {
          const each = document.activeElement;
          if (each === document.body || each === document.documentElement) return null;
          const { width, height, top } = each.getBoundingClientRect();
          const { outlineStyle, outlineWidth } = getComputedStyle(each);
          const isSeen = width > 0 && height > 0 && top < innerHeight && outlineStyle !== 'none' && outlineWidth !== '0px';
          return { name: (${nameOf})(each), isSeen };
        })()`,
      );
      if (focused === null || reached.length > controls.length) break;
      expect(focused, focused.name).to.include({ isSeen: true });
      reached.push(focused.name);
    }
    expect(reached).to.deep.equal(controls);
    expectQuiet(viewer);
  });

  it('describes the pictures of each event in words', async () => {
    await using viewer = await open();
    await viewer.openFile(simulated);
    const described = async (): Promise<string[]> => {
      await viewer.waitFor(`!document.querySelector('#waveform-legend').hidden`);
      const pictures = ['#focus-picture', '#ground-picture', '#sky-picture', '#waveform-picture', '.tile'];
      const labels = pictures.map((each) => `document.querySelector('${each} canvas').getAttribute('aria-label')`);
      return viewer.page.evaluate<string[]>(`[${labels.join()}, document.querySelector('#event-summary').textContent]`);
    };
    const before = await described();
    const first = await viewer.eventId();
    await viewer.page.keyboard.press('ArrowRight');
    const second = await viewer.waitForEvent(first);
    await viewer.waitFor(
      `document.querySelector('#waveform-picture canvas').getAttribute('aria-label') !== ${JSON.stringify(before[3])}`,
    );
    const after = await described();
    after.forEach((text, i) => expect(text).to.not.equal(before[i]));
    expect(after.at(-1)).to.match(new RegExp(`^Event ${second}: run 1`));
    expectQuiet(viewer);
  });

  for (const [name, options] of SCREENS) {
    it(`is accessible and fits the screen: ${name}`, async () => {
      await using viewer = await open(options);
      expect(await viewer.violations()).to.deep.equal([]);
      await viewer.openFile(simulated);
      await viewer.waitFor(`document.querySelector('#waveform-picture canvas').getAttribute('aria-label') !== null`);
      expect(await viewer.violations()).to.deep.equal([]);
      expect(await viewer.page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).to.equal(true);
      const labels = await viewer.page
        .locator('canvas:visible')
        .evaluateAll((all) =>
          all.map((each) =>
            (each as unknown as { getAttribute(name: string): string | null }).getAttribute('aria-label'),
          ),
        );
      expect(labels.length).to.be.greaterThan(3);
      expect(labels.every((label) => (label ?? '').length > 20)).to.equal(true);
      expectQuiet(viewer);
    });
  }

  if (TEST_DATA !== undefined) {
    it('offers what helps to open a file', async () => {
      await using viewer = await open();
      await viewer.page.setInputFiles('#file', inTestData('data', '40k_pixels.simtel.zst'));
      await viewer.waitFor(`!document.querySelector('#remedy').hidden`);
      await viewer.page.click('#remedy');
      await viewer.waitForEvent();
      expect(await viewer.page.inputValue('#yaml')).to.include('focal_length_choice: EQUIVALENT');
      await viewer.page.setInputFiles('#file', inTestData('data', 'extracted_pedestals.simtel.zst'));
      await viewer.waitFor(`document.querySelector('#remedy').textContent === 'Show calibration events'`);
      await viewer.page.click('#remedy');
      await viewer.waitForEvent();
      expectQuiet(viewer);
    });
  }

  for (const file of TEST_DATA === undefined ? [] : REAL_FILES) {
    it(`opens ${basename(file)} and shows its next event`, async () => {
      await using viewer = await open();
      await viewer.openFile(inTestData(...(file.split('/') as [string])));
      const first = await viewer.eventId();
      await viewer.page.keyboard.press('ArrowRight');
      await viewer.waitFor(
        `document.querySelector('#event-id').value !== '${first}' || document.querySelector('#status').textContent === 'This is the last event.'`,
      );
      expect(await viewer.page.locator('#tiles button').count()).to.be.greaterThan(0);
      expectQuiet(viewer);
    });
  }
});
