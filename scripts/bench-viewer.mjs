// Measures the event viewer in Chromium, by the clock of the page: sizes, first paint, opening, next event, moves of a slider,
// waveforms, drawing. Minimum and median.
//
// usage: npm run bench -- viewer [FILE]      default: simulated events of the array "south"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const viewer = join(root, 'packages/viewer/dist/viewer.html');
const executablePath =
  process.env.CHERENKIT_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (executablePath === undefined) {
  console.error('Chromium is not installed; its path can be set by CHERENKIT_CHROMIUM.');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'cherenkit-bench-viewer-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
let [, , , file] = process.argv;
if (file === undefined) {
  file = join(folder, 'south.simtel.zst');
  const command = join(root, 'packages/cherenkit/bin/cherenkit.js');
  const simulate = ['simulate', '-o', file, '--array', 'south', '--events', '40', '--seed', '1', '--quiet'];
  spawnSync(process.execPath, [command, ...simulate], { stdio: 'inherit' });
}

const html = readFileSync(viewer, 'utf8');
const withoutHdf5 = html.replace(/<script type="text\/plain" id="hdf5[^]*?<\/script>/, '');
const kB = (text) =>
  `${(text.length / 1000).toFixed(0)} kB, compressed ${(gzipSync(text).length / 1000).toFixed(0)} kB`;
console.log(`page                                ${kB(withoutHdf5)}`);
console.log(`page with the HDF5 library          ${kB(html)}`);

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const address = pathToFileURL(viewer).href;

const paints = [];
for (let i = 0; i < 7; i++) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForTimeout(100);
  paints.push(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`));
}
report('first paint', paints);

const opened = Date.now();
await page.setInputFiles('#file', file);
while (!(await page.evaluate('document.body.dataset.results > 0'))) await page.waitForTimeout(10);
report('file chosen to first event', [Date.now() - opened]);

/** Runs an action in the page until the next result is drawn; ms. */
const untilDrawn = (action) =>
  page.evaluate(
    `new Promise((resolve) => {
      const before = document.body.dataset.results;
      const start = performance.now();
      const wait = () => document.body.dataset.results === before ? requestAnimationFrame(wait) : resolve(performance.now() - start);
      (${action})();
      wait();
    })`,
  );
const drawn = () => page.evaluate('Number(document.body.dataset.drawn)');

await page.waitForTimeout(3000);
const [next, nTels] = [[], []];
for (let i = 0; i < 25; i++) {
  next.push(await untilDrawn("() => document.querySelector('#next').click()"));
  nTels.push(await page.evaluate(`document.querySelectorAll('#tiles button').length`));
  await page.waitForTimeout(250);
}
report(`next event, prefetched (median ${median(nTels)} telescopes)`, next);

const [slides, draws] = [[], []];
for (let i = 0; i < 60; i++) {
  const move = `() => {
    const slider = document.querySelector('#controls input[type=range]');
    slider.value = ${6 + (i % 20) / 4};
    slider.dispatchEvent(new Event('input'));
  }`;
  slides.push(await untilDrawn(move));
  draws.push(await drawn());
}
report('slider to picture', slides);
report(`drawing of all panels, ${nTels.at(-1)} cameras`, draws);

const clicks = [];
const box = await page.locator('#focus-picture canvas:visible').boundingBox();
for (let i = 0; i < 15; i++) {
  const [x, y] = [box.x + box.width / 2 - 60 + 6 * i, box.y + box.height / 2];
  clicks.push(
    await page.evaluate(
      `new Promise((resolve) => {
        const canvas = document.querySelector('#waveform-picture canvas');
        const before = canvas.getAttribute('aria-label');
        const start = performance.now();
        const wait = () => canvas.getAttribute('aria-label') === before ? requestAnimationFrame(wait) : resolve(performance.now() - start);
        document.querySelector('#focus-picture canvas').dispatchEvent(new MouseEvent('click', { clientX: ${x}, clientY: ${y} }));
        wait();
      })`,
    ),
  );
  await page.waitForTimeout(100);
}
report('click to waveform', clicks);
while (!(await page.evaluate(`/^\\d+ events$/.test(document.querySelector('#event-status').textContent)`)))
  await page.waitForTimeout(200);
const memory = memoryOfRenderers();
if (memory) console.log(`memory of the page and its worker   ${(memory / 1e6).toFixed(0)} MB`);
await browser.close();

function report(name, times) {
  console.log(`${name.padEnd(35)} min ${Math.min(...times).toFixed(1)} ms, median ${median(times).toFixed(1)} ms`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Resident memory of the largest renderer among the processes that this one started, bytes; only on Linux. */
function memoryOfRenderers() {
  if (!existsSync('/proc/self/status')) return undefined;
  const sizes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        if (!command.includes('--type=renderer') || !isBelow(pid)) return 0;
        return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0;
      }
    });
  return Math.max(...sizes);
}

function isBelow(pid) {
  for (let at = pid; at > 1;) {
    if (at === process.pid) return true;
    at = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${at}/status`, 'utf8'))[1]);
  }
  return false;
}
