import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { FolderServer, launchChromium, skipWithoutChromium } from './support/chromium.js';
import { REPOSITORY_ROOT } from './support/repository-root.js';

/** Attributes that load something when the page is opened. */
const LOADED = /<(?:script|img|iframe|source)[^>]*\ssrc="([^"]*)"|<link[^>]*\shref="([^"]*)"/g;

describe('the documentation as a site', function () {
  this.timeout(600_000);
  let folder: TemporaryFolder;
  /** The text of each page; the viewer is not one of them. */
  let pages: ReadonlyMap<string, string>;
  before(() => {
    folder = new TemporaryFolder();
    const script = join(REPOSITORY_ROOT, 'scripts', 'build-site.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, folder.path], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
    const shown = names.filter((name) => name.endsWith('.html') && name !== 'viewer.html');
    pages = new Map(shown.map((name) => [name, readFileSync(folder.join(name), 'utf8')]));
  });
  after(() => folder[Symbol.dispose]());

  it('has a page for each page of docs, and one for each package', () => {
    const docs = readdirSync(join(REPOSITORY_ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.startsWith('api'))
      .map((name) => `documents/${name.replaceAll(/[/\\]/g, '-').replace(/\.md$/, '.html')}`);
    expect(docs).to.include('documents/tutorial.html');
    expect(docs.filter((name) => !pages.has(name))).to.deep.equal([]);
    const modules = [
      'cherenkit',
      '_cherenkit_core',
      '_cherenkit_display',
      '_cherenkit_display_node',
      '_cherenkit_io_node',
    ];
    expect(modules.filter((name) => !pages.has(`modules/${name}.html`))).to.deep.equal([]);
    expect(pages.get('functions/cherenkit.createPipeline.html')).to.include(
      'Creates the processing steps for an array',
    );
  });

  it('has no broken link', () => {
    const broken: string[] = [];
    const ids = new Map([...pages].map(([name, text]) => [name, new Set(text.match(/(?<=\sid=")[^"]+/g))]));
    for (const [name, text] of pages) {
      for (const [, link = ''] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
        if (/^(?:https?:|data:|mailto:)/.test(link)) continue;
        const [path = '', anchor] = decodeURI(link.replaceAll('&amp;', '&')).split('#');
        const target = path === '' ? name : join(dirname(name), path.replace(/\?.*$/, ''));
        const isThere = existsSync(folder.join(target)) && !target.startsWith('..');
        const hasAnchor = !anchor || !pages.has(target) || ids.get(target)?.has(anchor);
        if (!isThere || !hasAnchor) broken.push(`${name}: ${link}`);
      }
    }
    expect([...new Set(broken)]).to.deep.equal([]);
  });

  it('loads nothing from elsewhere', () => {
    const loaded = [...pages].flatMap(([name, text]) =>
      [...text.matchAll(LOADED)]
        .map(([, source = '', link = '']) => source || link)
        .filter((url) => /^(?:https?:)?\/\//.test(url))
        .map((url) => `${name}: ${url}`),
    );
    expect(loaded).to.deep.equal([]);
  });

  it('shows formulas as formulas, and pictures', () => {
    const page = pages.get('documents/algorithms-cleaners.html') ?? '';
    expect(page).to.include('<math');
    expect(page).not.to.match(/\$[^$<]*\\[a-z]+[^$<]*\$/);
    expect(page).to.match(/<img src="\.\.\/media\/cleaning-tailcuts\.svg"/);
  });

  it('has the viewer with a file to try, if it was built', () => {
    const isBuilt = existsSync(join(REPOSITORY_ROOT, 'packages', 'viewer', 'dist', 'viewer.html'));
    for (const name of ['viewer.html', 'toy.simtel.zst']) expect(existsSync(folder.join(name)), name).to.equal(isBuilt);
    const link = /href="([^"]*viewer\.html)"/.exec(pages.get('documents/tutorial.html') ?? '')?.[1];
    expect(link).to.equal(isBuilt ? '../viewer.html' : undefined);
  });

  describe('in a browser', () => {
    before(skipWithoutChromium);

    it('finds pages and functions, without messages and requests elsewhere', async () => {
      using server = await FolderServer.start(folder.path, {});
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const messages: string[] = [];
        const elsewhere: string[] = [];
        page.on('console', (message) => messages.push(message.text()));
        page.on('pageerror', (error) => messages.push(String(error)));
        page.on('request', (request) => {
          const url = request.url();
          if (!url.startsWith(server.url) && !url.startsWith('data:')) elsewhere.push(url);
        });
        for (const [words, result] of [
          ['islands blobs', 'documents/tutorial.html'],
          ['tailcutsClean', 'tailcutsClean.html'],
        ] as const) {
          await page.goto(`${server.url}index.html`);
          await page.keyboard.press('/');
          await page.fill('#tsd-search-input', words);
          await page.locator('#tsd-search-results li').first().waitFor();
          await page.locator(`#tsd-search-results a[href*="${result}"]`).first().click();
          await page.waitForURL((url) => url.pathname.endsWith(result));
          expect(await page.locator('h1').first().innerText()).not.to.equal('');
        }
        // On a phone, pages are not wider than the screen.
        await page.setViewportSize({ width: 390, height: 844 });
        for (const name of ['tutorial', 'data-model', 'configuration', 'algorithms-extractors']) {
          await page.goto(`${server.url}documents/${name}.html`);
          await page.locator('h1').first().waitFor();
          const width = await page.evaluate<number>('document.documentElement.scrollWidth');
          expect(width, name).to.equal(390);
        }
        expect(messages).to.deep.equal([]);
        expect(elsewhere).to.deep.equal([]);
      } finally {
        await browser.close();
      }
    });
  });
});
