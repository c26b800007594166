// Measures the event viewer in Chromium: sizes, first paint, opening, next event, moves of a slider, waveforms, drawing, memory.
//
// usage: npm run bench -- viewer [FILE]      default: simulated events of the array "south"
//
// Times are from the action in the page until the canvases are drawn: the shortest, the median, and the median CPU time of the
// page and its worker meanwhile. On a busy computer, the shortest and the CPU time are to be compared with the goals.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
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
/** Longest time until something is drawn, ms. */
const PATIENCE = 60_000;

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
console.log(`${'page without the HDF5 library'.padEnd(48)} ${kB(withoutHdf5)} (goal 900 kB)`);
console.log(`${'page'.padEnd(48)} ${kB(html)}`);

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
  const wall = await page.evaluate(`new Promise((resolve, reject) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
    }).observe({ type: 'paint', buffered: true });
    setTimeout(() => reject(new Error('The page was not painted.')), ${PATIENCE});
  })`);
  paints.push({ wall, cpu: NaN });
}
report('first paint', paints, 200);

/** Runs an action in the page until what it asked for is drawn. */
async function untilDrawn(action, counter = 'results') {
  const before = cpuTime();
  const wall = await page.evaluate(`new Promise((resolve, reject) => {
    const countOf = ({ detail }) => detail.${counter};
    const before = performance.getEntriesByName('draw').map(countOf).at(-1) ?? 0;
    const start = performance.now();
    const observer = new PerformanceObserver((list) => {
      const drawn = list.getEntriesByName('draw').find((each) => countOf(each) > before);
      if (!drawn) return;
      observer.disconnect();
      resolve(drawn.startTime + drawn.duration - start);
    });
    observer.observe({ type: 'measure' });
    setTimeout(() => reject(new Error('Nothing was drawn.')), ${PATIENCE});
    (${action})();
  })`);
  return { wall, cpu: cpuTime() - before };
}
/** Waits until all events are listed. */
async function untilListed() {
  while (!(await page.evaluate(`/^\\d+ events$/.test(document.querySelector('#event-status').textContent)`)))
    await page.waitForTimeout(200);
}
const drawing = () => page.evaluate(`performance.getEntriesByName('draw').at(-1).duration`);
const nTelescopes = () => page.evaluate(`document.querySelectorAll('#tiles button').length`);
const next = `() => document.querySelector('#next').click()`;

const opened = untilDrawn('() => {}');
await page.setInputFiles('#file', file);
report('file chosen to first event', [await opened]);

let telescopes = [];
const following = [];
for (let i = 0; i < 10; i++) {
  following.push(await untilDrawn(next));
  telescopes.push(await nTelescopes());
}
report(`next event at once (median ${median(telescopes)} telescopes)`, following, 100);

await page.waitForTimeout(3000);
telescopes = [];
const prefetched = [];
for (let i = 0; i < 25; i++) {
  prefetched.push(await untilDrawn(next));
  telescopes.push(await nTelescopes());
  await page.waitForTimeout(300);
}
report(`next event, prefetched (median ${median(telescopes)} telescopes)`, prefetched, 30);

await untilListed();
const moves = [];
for (let i = 0; i < 60; i++) {
  const move = `() => {
    const slider = document.querySelector('#controls input[type=range]');
    slider.value = ${6 + (i % 20) / 4};
    slider.dispatchEvent(new Event('input'));
  }`;
  moves.push(await untilDrawn(move));
  await page.waitForTimeout(30);
}
report(`slider to picture, ${await nTelescopes()} telescopes`, moves, 33);

const clicks = [];
const box = await page.locator('#focus-picture canvas:visible').boundingBox();
for (let i = 0; i < 20; i++) {
  const [x, y] = [box.x + box.width / 2 - 60 + 6 * i, box.y + box.height / 2];
  // Between pixels, a click does nothing.
  const click = `() => {
    const canvas = document.querySelector('#focus-picture canvas');
    for (let shift = 0; shift < 6; shift++) {
      const at = { clientX: ${x} + shift, clientY: ${y} + shift };
      canvas.dispatchEvent(new MouseEvent('mousemove', at));
      if (document.querySelector('#focus-hint').textContent === '') continue;
      canvas.dispatchEvent(new MouseEvent('click', at));
      return;
    }
  }`;
  clicks.push(await untilDrawn(click, 'waveforms'));
  await page.waitForTimeout(100);
}
report('click to waveform', clicks, 50);

// The event with most telescopes.
await untilListed();
await page.click('th[data-column=nUsed] button');
await page.evaluate(`document.querySelector('#event-rows').scrollTop = 0`);
await page.waitForTimeout(500);
await untilDrawn(`() => document.querySelector('#event-rows tr[data-index]').click()`);
const frames = [];
await page.click('#play');
await page.waitForTimeout(1000);
for (let i = 0; i < 60; i++) {
  await page.evaluate(`new Promise((resolve) => {
    const slider = document.querySelector('#lapse-slider');
    slider.value = ${1 + (i % 20)};
    slider.dispatchEvent(new Event('input'));
    requestAnimationFrame(() => setTimeout(resolve));
  })`);
  frames.push({ wall: await drawing(), cpu: NaN });
}
report(`a sample of the time-lapse, ${await nTelescopes()} telescopes`, frames, 16.7);

const memory = Math.max(...renderers().map(({ memory: bytes }) => bytes));
const size = `file of ${(statSync(file).size / 1e6).toFixed(0)} MB`;
if (memory > 0)
  console.log(
    `${`memory of the page and its worker, ${size}`.padEnd(48)} ${(memory / 1e6).toFixed(0)} MB (goal 500 MB)`,
  );
await browser.close();

function report(name, times, goal) {
  const walls = times.map(({ wall }) => wall);
  const cpu = median(times.map((each) => each.cpu));
  const parts = [`shortest ${Math.min(...walls).toFixed(1)} ms`, `median ${median(walls).toFixed(1)} ms`];
  if (cpu > 0) parts.push(`CPU ${cpu.toFixed(1)} ms`);
  console.log(`${name.padEnd(48)} ${parts.join(', ')}${goal === undefined ? '' : ` (goal ${goal} ms)`}`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** CPU time of the pages and their workers so far, ms; 0 where the system does not report it. */
function cpuTime() {
  return renderers().reduce((sum, { cpu }) => sum + cpu, 0);
}

/** The processes of pages that this one started, with CPU time in ms and resident memory in bytes; none but on Linux. */
function renderers() {
  if (!existsSync('/proc/self/schedstat')) return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !isBelow(pid)) return [];
      const threads = readdirSync(`/proc/${pid}/task`);
      const times = threads.map((id) => readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]);
      return [
        {
          cpu: times.reduce((sum, each) => sum + Number(each) / 1e6, 0),
          memory: 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
        },
      ];
    } catch {
      return []; // it has ended
    }
  });
}

function isBelow(pid) {
  for (let at = pid; at > 1;) {
    if (at === process.pid) return true;
    at = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${at}/status`, 'utf8'))[1]);
  }
  return false;
}
