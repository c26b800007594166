import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { objectLayer, readTable, runTool, TableLoader } from 'cherenkit';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { FolderServer, launchChromium, skipWithoutChromium } from '../../support/chromium.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { inTestData, TEST_DATA } from '../../support/test-data.js';
import type * as pageFunctions from './page.js';
import { digestOf, digestsOf, digestsOfLoader } from './table-digests.js';

/** What a page needs to run WebAssembly and a worker, and nothing more. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

const REAL_FILES = [
  inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5'),
  inTestData('reference', 'proton_north_alpha_700.dl2.h5'),
  inTestData('data', 'hdf5', 'gamma_600.v7.6.0.lossy_zlib.dl1.h5'),
  inTestData('data', 'hdf5', 'gamma_600.v4.0.0.dl2.h5'),
];

const PIXELS = 1855;
/** Rows of the large table: 100 MB, without compression. */
const LARGE_ROWS = 13_500;

describe('HDF5 files in a page of Chromium', function () {
  this.timeout(300_000);
  let folder: TemporaryFolder;
  let server: FolderServer | undefined;
  let browser: Browser | undefined;
  let page: Page;
  const problems: string[] = [];

  before(skipWithoutChromium);
  before(async () => {
    folder = new TemporaryFolder();
    await buildPage(folder.path);
    await writeEvents('blosc:zstd', folder.join('blosc.dl2.h5'));
    await writeEvents('zlib', folder.join('zlib.dl2.h5'));
    server = await FolderServer.start(folder.join('public'), { 'content-security-policy': POLICY });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    server?.[Symbol.dispose]();
    folder?.[Symbol.dispose]();
  });

  beforeEach(async () => {
    if (!browser || !server) throw new Error('The browser did not start.');
    page = await browser.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(`${server.url}index.html`);
  });
  afterEach(async () => {
    await page?.close();
    expect(problems.splice(0)).to.deep.equal([]);
  });

  /** Calls a function of `page.ts` in the page; the first parameter is an expression. */
  function call<Name extends keyof typeof pageFunctions>(
    name: Name,
    source: string,
    ...more: readonly (string | number)[]
  ): Promise<Awaited<ReturnType<(typeof pageFunctions)[Name]>>> {
    const parameters = [source, ...more.map((each) => JSON.stringify(each))].join(', ');
    return page.evaluate(`(async () => (await import('/dist/test-page.js')).${name}(${parameters}))()`);
  }

  /** Selects a file in the page, as a user does. Returns the expression of the `File`. */
  async function select(path: string): Promise<string> {
    await page.setInputFiles('#selected', path);
    return `document.querySelector('#selected').files[0]`;
  }

  it('run the example of the documentation', async () => {
    const file = await select(folder.join('blosc.dl2.h5'));
    const found = await page.evaluate(`(async () => {
      const { energiesOf } = await import('/dist/page.js');
      const { nTriggers, energies } = await energiesOf(${file});
      return { nTriggers, energies: [...energies] };
    })()`);
    const shower = await readTable(folder.join('blosc.dl2.h5'), '/simulation/event/subarray/shower');
    expect(shower.nRows).to.be.greaterThan(0);
    expect(found).to.deep.equal({
      nTriggers: shower.nRows,
      energies: [...shower.numbers('true_energy', 'TeV')],
    });
  });

  for (const name of ['blosc.dl2.h5', 'zlib.dl2.h5', ...(TEST_DATA === undefined ? [] : REAL_FILES)]) {
    it(`are read as in Node, in workers: ${basename(name)}`, async () => {
      const path = name.startsWith('/') ? name : folder.join(name);
      await using loader = await TableLoader.open(path);
      const tables = await digestsOf(path);
      expect(Object.keys(tables)).to.include('/dl1/event/subarray/trigger');
      expect(await call('readInWorker', await select(path))).to.deep.equal({
        tables,
        loader: await digestsOfLoader(loader),
      });
      expect(await call('readInOwnWorker', await select(path))).to.deep.equal(tables);
    });
  }

  it('are read in parts: a large one is not copied into memory', async () => {
    const path = folder.join('large.h5');
    await writeLargeTable(path);
    // Starts the worker, in which the sizes of the parts are recorded from now on.
    await call('readRows', await select(folder.join('zlib.dl2.h5')), '/dl1/event/subarray/trigger', 0, 1);
    const worker = page.workers().find((each) => each.url().endsWith('/dist/hdf5-worker.js'));
    await worker?.evaluate(`{
      globalThis.sizes = [];
      const record = (prototype, name, sizeOf) => {
        const original = prototype[name];
        prototype[name] = function (...parameters) {
          globalThis.sizes.push(sizeOf(this, ...parameters));
          return original.apply(this, parameters);
        };
      };
      record(FileReaderSync.prototype, 'readAsArrayBuffer', (reader, part) => part.size);
      for (const name of ['arrayBuffer', 'bytes', 'stream', 'text']) record(Blob.prototype, name, (blob) => blob.size);
    }`);
    const range = { start: 6000, stop: 6010 };
    expect(await call('readRows', await select(path), '/images', range.start, range.stop)).to.deep.equal(
      await digestOf(await readTable(path, '/images', range)),
    );
    const sizes = (await worker?.evaluate('globalThis.sizes')) as readonly number[];
    expect(sizes.length).to.be.greaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size)).to.be.lessThan(5e6);
  });

  it('are read from a URL relative to the page, and from bytes', async () => {
    copyFileSync(folder.join('zlib.dl2.h5'), folder.join('public/served.h5'));
    const expected = await digestsOf(folder.join('zlib.dl2.h5'));
    expect(await call('readInWorker', `'served.h5'`))
      .to.have.property('tables')
      .that.deep.equals(expected);
    expect(await call('readInPage', `'served.h5'`)).to.deep.equal(expected);
    expect(await call('readInPage', await select(folder.join('zlib.dl2.h5')))).to.deep.equal(expected);
    const bytes = `new Uint8Array(await (await fetch('served.h5')).arrayBuffer())`;
    expect(await call('readInPage', bytes)).to.deep.equal(expected);
    expect(await call('readInWorker', bytes))
      .to.have.property('tables')
      .that.deep.equals(expected);
  });

  it('that are damaged are errors as in Node', async () => {
    const bytes = readFileSync(folder.join('zlib.dl2.h5'));
    writeFileSync(folder.join('short.h5'), bytes.subarray(0, -100));
    writeFileSync(folder.join('text.h5'), 'text');
    expect(await call('errorOf', await select(folder.join('short.h5')))).to.match(
      /^HDF5_CORRUPT: short.h5 is a corrupt HDF5 file: it is truncated, expected \d+ bytes, found \d+/,
    );
    expect(await call('errorOf', await select(folder.join('text.h5')))).to.match(
      /^HDF5_CORRUPT: text.h5 is not an HDF5 file/,
    );
  });

  it('name the filter and the worker if the bundler has left them out', async () => {
    const file = await select(folder.join('zlib.dl2.h5'));
    await page.route('**/libH5Zblosc.so', (route) => route.fulfill({ body: '<html>', contentType: 'text/html' }));
    expect(await call('errorOf', file)).to.match(
      /^HDF5_LIBRARY_MISSING: .* expected the Blosc filter at http:\/\/localhost:\d+\/filters\/libH5Zblosc.so, found a file of type text\/html/,
    );
    await page.unroute('**/libH5Zblosc.so');
    expect(await call('errorOf', file)).to.equal('no error');
    await page.reload();
    await page.route('**/hdf5-worker.js', (route) => route.fulfill({ status: 404 }));
    expect(await call('errorOf', await select(folder.join('zlib.dl2.h5')))).to.match(
      /^HDF5_LIBRARY_MISSING: .* the worker dist\/hdf5-worker.js of @cherenkit\/plugin-hdf5 did not start/,
    );
    // Chromium reports the missing file in most cases.
    problems.splice(0);
  });
});

/** Builds the example of the documentation by its commands, and the functions of the test. */
async function buildPage(folder: string): Promise<void> {
  const [, section = ''] = readFileSync(join(REPOSITORY_ROOT, 'docs/scripts.md'), 'utf8').split(
    '### HDF5 files in a browser',
  );
  const block = (language: string): string =>
    new RegExp('^ *```' + language + '\\n([^]*?)^ *```$', 'm').exec(section)?.[1] ?? '';
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'public'));
  writeFileSync(join(folder, 'src/page.ts'), block('ts'));
  writeFileSync(join(folder, 'public/index.html'), '<!doctype html><input type="file" id="selected">');
  writeFileSync(join(folder, 'public/favicon.ico'), '');
  symlinkSync(join(REPOSITORY_ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync('bash', ['-ec', block('sh')], { cwd: folder, stdio: 'pipe' });
  rmSync(join(folder, 'node_modules'));
  const here = join(REPOSITORY_ROOT, 'test/dist/plugin-hdf5/browser');
  await build({
    entryPoints: { 'test-page': join(here, 'page.js'), 'page-worker': join(here, 'page-worker.js') },
    outdir: join(folder, 'public/dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
}

async function writeEvents(compression: string, path: string): Promise<void> {
  const writer = { output_path: path, write_dl1_images: true, write_dl2: true, compression_type: compression };
  const layer = objectLayer({ EventSource: { input_url: 'toymodel:?events=6' }, DataWriter: writer });
  await runTool({ tool: 'ProcessorTool', layers: [layer] });
}

async function writeLargeTable(path: string): Promise<void> {
  const filters = { compression: 'zlib', level: 0, fletcher32: false } as const;
  const file = new Hdf5Writer(new FileSink(path, { overwrite: true }), { filters });
  const table = file.createTable('/images', [{ name: 'image', type: 'float32', shape: [PIXELS] }]);
  const image = new Float32Array(PIXELS);
  for (let row = 0; row < LARGE_ROWS; row++) {
    table.append([image.fill(row)]);
    await file.drain();
  }
  await file.finish();
}
