import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launchFirefox, skipWithoutFirefox } from '../support/firefox.js';
import { ViewerPage } from '../support/viewer-page.js';

describe('the viewer in Firefox', function () {
  this.timeout(300_000);
  let browser: Browser | undefined;

  before(skipWithoutFirefox);
  before(async () => {
    browser = await launchFirefox();
  });
  after(() => browser?.close());

  it('simulates an array, goes to the next event, and cleans again while a slider moves', async () => {
    if (!browser) throw new Error('The browser did not start.');
    await using viewer = await ViewerPage.open(browser);
    await viewer.page.click('#simulate');
    const first = await viewer.waitForEvent();
    await viewer.page.keyboard.press('ArrowRight');
    await viewer.waitForEvent(first);
    const before = await viewer.value('morphology n pixels');
    await viewer.slide('TailcutsImageCleaner picture threshold', 6);
    await viewer.waitFor(
      `!document.querySelector('#parameters').textContent.includes('morphology n pixels${before}morphology')`,
    );
    await viewer.waitFor(`!document.querySelector('#waveform-legend').hidden`);
    expect(viewer.problems).to.deep.equal([]);
    expect(viewer.requestsElsewhere).to.deep.equal([]);
  });
});
