// Takes the picture of the event viewer for the documentation, docs/viewer.png, with simulated events, in Chromium.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHERENKIT_CHROMIUM ?? paths.find((path) => existsSync(path));

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
await page.goto(pathToFileURL(join(root, 'packages/viewer/dist/viewer.html')).href);
await page.click('#simulate');
const until = async (condition) => {
  while (!(await page.evaluate(condition))) await page.waitForTimeout(50);
};
await until(`document.querySelector('#event-status').textContent === '20 events'`);
// The event with most telescopes that still fit in the picture.
const place = await page.evaluate(`[...document.querySelectorAll('#event-rows tr[data-index]')].findIndex((row) =>
  /^(6|7|8|9|10)\\//.test(row.children[2].textContent))`);
await page.locator('#event-rows tr[data-index]').nth(Math.max(0, place)).click();
await until(`document.querySelector('#waveform-picture canvas').getAttribute('aria-label') !== null`);
await page.waitForTimeout(1500);
await page.screenshot({ path: join(root, 'docs/viewer.png') });
await browser.close();
