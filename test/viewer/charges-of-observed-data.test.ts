import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launchChromium, skipWithoutChromium } from '../support/chromium.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { ViewerPage } from '../support/viewer-page.js';

/** Events of LST-1 with one gain channel, not calibrated. */
const RAW = ['data', 'zfits', 'lst_r1v1'];
/** The same events, calibrated by the event builder. */
const CALIBRATED = ['data', 'zfits', 'lst_r1v1_pe'];

describe('the charges of observed data in the viewer', function () {
  this.timeout(120_000);
  let browser: Browser | undefined;

  before(skipWithoutTestData);
  before(skipWithoutChromium);
  before(async () => {
    browser = await launchChromium();
  });
  after(async () => browser?.close());

  const open = async (folder: readonly string[]): Promise<ViewerPage> => {
    if (!browser) throw new Error('The browser did not start.');
    const viewer = await ViewerPage.open(browser);
    await viewer.openFile(readdirSync(inTestData(...folder)).map((name) => inTestData(...folder, name)));
    await viewer.waitFor(`document.querySelector('#event-status').textContent.endsWith('events')`);
    return viewer;
  };
  const labelsOf = async ({ page }: ViewerPage): Promise<object> => ({
    heading: await page.innerText('#event-rows th[data-column=intensity]'),
    telescopes: await page.innerText('#camera-unit'),
    values: await page.innerText('#field option[value="dl1.image"]'),
  });
  const imageOf = (selector: string, { page }: ViewerPage): Promise<string | null> =>
    page.getAttribute(`${selector} canvas`, 'aria-label');

  it('are in ADC counts without calibration: images are neither cleaned nor parametrized', async () => {
    await using viewer = await open(RAW);
    expect(await labelsOf(viewer)).to.deep.equal({
      heading: 'ADC counts',
      telescopes: 'charges in ADC counts',
      values: 'charge, ADC counts',
    });
    expect(await imageOf('#focus-picture', viewer)).to.include('no pixels after cleaning');
    expect(await imageOf('#tiles', viewer)).to.include('no signal, 0 pixels, not used: no parameters');
    const intensities = await viewer.page.locator('#event-rows td:nth-child(4)').allInnerTexts();
    expect(new Set(intensities)).to.deep.equal(new Set(['']));
  });

  it('are in p.e. after calibration: images are cleaned and parametrized', async () => {
    await using viewer = await open(CALIBRATED);
    expect(await labelsOf(viewer)).to.deep.equal({
      heading: 'p.e.',
      telescopes: 'charges in p.e.',
      values: 'charge, p.e.',
    });
    expect(await imageOf('#focus-picture', viewer)).to.match(/: \d+ p\.e\. in \d+ pixels/);
    expect(await imageOf('#tiles', viewer)).to.match(/ p\.e\., \d+ pixels/);
  });
});
