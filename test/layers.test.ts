import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

const PACKAGES = join(REPOSITORY_ROOT, 'packages');

/** The packages below core, each with the sisters that it may import. */
const FOUNDATION: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  kernels: [],
  io: ['errors'],
  expression: ['errors'],
  tables: ['errors', 'io', 'expression'],
};
const BELOW_CORE = Object.keys(FOUNDATION);

/** What each package may import of its sisters; plugins know core and what is below, and never each other. */
function allowedSisters(folder: string): readonly string[] {
  if (folder in FOUNDATION) return FOUNDATION[folder];
  if (folder === 'core') return BELOW_CORE;
  if (folder === 'cherenkit') return readdirSync(PACKAGES);
  return ['core', ...BELOW_CORE];
}

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly module: string;
}

/** All imports and re-exports of the sources, static, dynamic and of types. */
function importsOf(folder: string): Import[] {
  const root = join(PACKAGES, folder, 'src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const modules = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"]([^'"]+)['"]/g)];
    return modules.map(([, module = '']) => ({ file: join(root, file), folder, module }));
  });
}

/** Files that are Node's: a browser never loads them. */
function isForNode({ file, folder }: Import): boolean {
  return folder === 'cherenkit' || relative(PACKAGES, file).split(sep).includes('node');
}

describe('the layers', () => {
  const imports = readdirSync(PACKAGES).flatMap(importsOf);
  const describeImport = ({ file, module }: Import) => `${relative(REPOSITORY_ROOT, file)} imports ${module}`;

  it('see some imports at all', () => {
    expect(imports.length).to.be.greaterThan(10);
  });

  it('point one way: cherenkit to plugins to core to its foundation, and no plugin to another', () => {
    const wrong = imports.filter(({ folder, module }) => {
      const sister = /^@cherenkit\/([^/]+)/.exec(module)?.[1];
      return sister !== undefined && !allowedSisters(folder).includes(sister);
    });
    expect(wrong.map(describeImport)).to.deep.equal([]);
  });

  it('leave the kernels without any import but their own', () => {
    const wrong = imports.filter(({ folder, module }) => folder === 'kernels' && !module.startsWith('.'));
    expect(wrong.map(describeImport)).to.deep.equal([]);
  });

  it('keep what is Node’s in folders called node', () => {
    const wrong = imports.filter((entry) => entry.module.startsWith('node:') && !isForNode(entry));
    expect(wrong.map(describeImport)).to.deep.equal([]);
  });

  it('reach into no other package past its exports, nor out of their own folder', () => {
    const wrong = imports.filter(({ file, folder, module }) => {
      if (module.startsWith('.')) return !join(file, '..', module).startsWith(join(PACKAGES, folder, 'src'));
      return /\/(src|dist)\//.test(module);
    });
    expect(wrong.map(describeImport)).to.deep.equal([]);
  });

  it('name each source file but once, in kebab-case, and none of them a drawer', () => {
    const names = imports.map(({ file }) => file);
    const files = [...new Set(names)]
      .map((file) => file.slice(file.lastIndexOf(sep) + 1))
      .filter((name) => name !== 'index.ts');
    expect(files.filter((name, index) => files.indexOf(name) !== index)).to.deep.equal([]);
    expect(files.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name))).to.deep.equal([]);
    expect(files.filter((name) => /^(utils?|helpers?|common|misc|types)\.ts$/.test(name))).to.deep.equal([]);
  });
});
