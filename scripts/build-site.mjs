// Builds the documentation as static pages with search in site/: the pages of docs/, the API from the docstrings, and the event
// viewer with a simulated file. All links are relative, so it also works in a subfolder and from disk.
//
// usage: node scripts/build-site.mjs [FOLDER]   (after npm run build)
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tex } from '@mdit/plugin-tex';
import temml from 'temml';
import { Application, Converter, IndexEvent, KindRouter, LogLevel } from 'typedoc';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'site'));
const viewer = join(root, 'packages', 'viewer', 'dist', 'viewer.html');

/** Pages of docs/ by group, in the order of the navigation. */
const GROUPS = {
  Guide: [
    'tutorial',
    'scripts',
    'configuring',
    'viewer',
    'real-data',
    'calibrating-a-camera',
    'hdf5-tools',
    'production',
    'machine-learning',
    'instrument-responses',
    'performance',
    'from-ctapipe',
    'writing-a-plugin',
    'plugin-kinds',
  ],
  Reference: ['algorithms', 'frames', 'configuration', 'data-model', 'errors', 'differences'],
  Algorithms: readdirSync(join(root, 'docs', 'algorithms'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `algorithms/${name.slice(0, -'.md'.length)}`),
};
const groupOf = new Map(Object.entries(GROUPS).flatMap(([group, pages]) => pages.map((page) => [page, group])));

/** The page of docs/ of each document. */
const pageOf = new Map();

/** Pages keep their names in addresses: `documents/tutorial.html`. */
class PageRouter extends KindRouter {
  getIdealBaseName(reflection) {
    const page = pageOf.get(reflection);
    return page === undefined ? super.getIdealBaseName(reflection) : `documents/${page.replaceAll('/', '-')}`;
  }
}

const app = await Application.bootstrap({
  name: 'Cherenkit',
  basePath: root,
  tsconfig: join(root, 'scripts', 'site', 'tsconfig.json'),
  entryPoints: entryPoints(),
  readme: join(root, 'README.md'),
  projectDocuments: [...groupOf.keys()].map((page) => join(root, 'docs', `${page}.md`)),
  plugin: [],
  favicon: join(root, 'scripts', 'site', 'favicon.svg'),
  customCss: join(root, 'scripts', 'site', 'site.css'),
  router: 'pages',
  skipErrorChecking: true, // tsc -b has checked.
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  searchInDocuments: true,
  sort: ['documents-first', 'source-order'],
  groupOrder: [...Object.keys(GROUPS), 'Modules'],
  navigation: { includeGroups: true, includeFolders: false, compactFolders: false },
  navigationLinks: existsSync(viewer) ? { Viewer: 'viewer.html', 'File to try': 'toy.simtel.zst' } : {},
  highlightLanguages: ['ts', 'js', 'sh', 'yaml', 'toml', 'json', 'python', 'sql', 'html', 'text'],
  markdownItLoader: (parser) => parser.use(tex, { render: mathMl }),
  suppressCommentWarningsInDeclarationFiles: true,
  validation: { invalidLink: true, invalidPath: false, notExported: false, notDocumented: false },
  logLevel: 'Error',
});
app.renderer.defineRouter('pages', PageRouter);
// Texts of pages are long, so that a word in them counts little by default.
app.renderer.on(
  IndexEvent.PREPARE_INDEX,
  (event) => (event.searchFieldWeights.document = 20 * event.searchFieldWeights.name),
);
app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
  const page = document.name.replace(/^docs\//, '');
  pageOf.set(document, page);
  document.frontmatter.group = groupOf.get(page);
  document.name = firstHeading(join(root, 'docs', `${page}.md`));
});
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.children ?? []) module.name = importedName(module.name);
  // The page has the name of the project as heading.
  const [first] = project.readme;
  first.text = first.text.replace(/^# .+\n/, '');
});

const project = await app.convert();
if (project === undefined) throw new Error('The API could not be read.');
app.logger.level = LogLevel.Warn;
app.logger.resetWarnings();
app.validate(project);
if (app.logger.hasWarnings()) throw new Error('The API has broken links.');
rmSync(folder, { recursive: true, force: true });
await app.generateDocs(project, folder);
if (app.logger.hasErrors()) throw new Error('The site could not be built.');
copyViewer();
mendLinks();
console.log(`${folder}: open index.html, or serve it by any web server.`);

/** The public entry points of all packages: `index.ts`, and those of further exports such as `./node`. */
function entryPoints() {
  const packages = readdirSync(join(root, 'packages')).filter((name) => existsSync(sourceOf(name, 'index.ts')));
  return packages.sort().flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const parts = Object.keys(exports)
      .filter((key) => key !== '.' && key !== './internal')
      .map((key) => key.slice('./'.length));
    const files = ['index.ts', ...parts.flatMap((part) => [`${part}.ts`, `${part}/index.ts`])];
    return files.map((file) => sourceOf(name, file)).filter((file) => existsSync(file));
  });
}

function sourceOf(name, file) {
  return join(root, 'packages', name, 'src', file);
}

/** `packages/io/src/node`: `@cherenkit/io/node` */
function importedName(path) {
  const [, name, part = ''] = /^packages\/([^/]+)\/src(.*)$/.exec(path) ?? [];
  return name === 'cherenkit' ? name : `@cherenkit/${name}${part}`;
}

function firstHeading(file) {
  const [, heading] = /^# (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (heading === undefined) throw new Error(`${file} has no heading.`);
  return heading;
}

function mathMl(formula, displayMode) {
  return temml.renderToString(formula, { displayMode, throwOnError: true });
}

/** Copies the viewer, if it was built, with a file to try. */
function copyViewer() {
  if (!existsSync(viewer)) return;
  copyFileSync(viewer, join(folder, 'viewer.html'));
  const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
  const options = ['--array', 'lst', '--events', '10', '--seed', '1', '--overwrite'];
  execFileSync(process.execPath, [command, 'simulate', '-o', join(folder, 'toy.simtel.zst'), ...options]);
}

/**
 * Links to files of the repository lead to copies in media/. Servers do not know that sources are texts (.ts is a video), so these
 * get the suffix .txt. Folders are not copied: links to these become text. Links to the viewer and its file are relative to the
 * page.
 */
function mendLinks() {
  const isCopied = (name) => existsSync(join(folder, 'media', isText(name) ? `${name}.txt` : name));
  const isText = (name) => !/\.(svg|png|jpe?g)$/.test(name);
  for (const name of readdirSync(join(folder, 'media'))) {
    if (isText(name)) renameSync(join(folder, 'media', name), join(folder, 'media', `${name}.txt`));
  }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html') || name === 'viewer.html') continue;
    const base = '../'.repeat(name.split('/').length - 1);
    const page = readFileSync(join(folder, name), 'utf8');
    const changed = page
      .replaceAll(/<a href="[^"]*\bmedia\/([^"#]+)"[^>]*>(.*?)<\/a>/g, (link, file, text) =>
        isCopied(file) ? link : text,
      )
      .replaceAll(/(href="[^"]*\bmedia\/)([^"#]+)/g, (all, _path, file) => (isText(file) ? `${all}.txt` : all))
      .replaceAll(/href="(viewer\.html|toy\.simtel\.zst)"/g, `href="${base}$1"`);
    writeFileSync(join(folder, name), changed);
  }
}
