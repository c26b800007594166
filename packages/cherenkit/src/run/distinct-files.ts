import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStandardInput } from '@cherenkit/io';
import { walkPlan, type ComponentCatalog } from '@cherenkit/core/internal';
import {
  CherenkitError,
  ExitCode,
  type ConfigLayer,
  type Json,
  type PlannedComponent,
  type PluginRegistry,
  type TraitDeclaration,
} from '@cherenkit/core';
import { pluginFiles } from '../plugins/plugin-package.js';

/** A file and its use, for messages: `--log-file`, `EventSource.input_url`. */
export interface UsedFile {
  readonly use: string;
  readonly path: string;
}

/**
 * Checks that files to be written are none of the others, by path or, for links, by inode.
 *
 * @param read - files that are read
 * @throws CherenkitError FILE_USED_TWICE (2)
 */
export function checkDistinctFiles(written: readonly UsedFile[], read: readonly UsedFile[]): void {
  const known = new Map(read.map((file) => [identityOf(file.path), file]));
  for (const file of written) {
    const identity = identityOf(file.path);
    const other = known.get(identity);
    if (other !== undefined && identity !== undefined) {
      const same = other.path === file.path ? '' : ` (${other.path})`;
      const message = `${file.use} ${file.path} is the same file as ${other.use}${same}, which it would destroy. Choose another path for ${file.use}.`;
      throw new CherenkitError('FILE_USED_TWICE', ExitCode.USAGE, message);
    }
    known.set(identity, file);
  }
}

/**
 * Checks that standard input is read for one purpose only.
 *
 * @param read - files that are read
 * @throws CherenkitError FILE_USED_TWICE (2)
 */
export function checkStandardInput(read: readonly UsedFile[]): void {
  const [first, other] = new Set(read.filter(({ path }) => isStandardInput(path)).map(({ use }) => use));
  if (other === undefined) return;
  const message = `Standard input (-) is given for ${first} and for ${other}, but can be read once only. Read one of them from a file.`;
  throw new CherenkitError('FILE_USED_TWICE', ExitCode.USAGE, message);
}

/** Files named by the traits of planned components: those to write (traits named `output...`) and those to read. */
export function filesOfPlan(plans: readonly PlannedComponent[]): { written: UsedFile[]; read: UsedFile[] } {
  const files = new Map<string, UsedFile & { readonly isWritten: boolean }>();
  for (const { path: place, settings } of plans.flatMap((plan) => [...walkPlan(plan)])) {
    for (const [trait, { declaration, value }] of settings) {
      const isWritten = isOutput(trait);
      for (const path of pathsOf(declaration, value)) {
        const use = `${place.split('.').at(-1)}.${trait}`;
        // Components may share an input, such as several event sources; each output has a file of its own.
        const key = isWritten ? `written ${use} ${path}` : `read ${path}`;
        if (!files.has(key)) files.set(key, { use, path, isWritten });
      }
    }
  }
  const all = [...files.values()];
  return { written: all.filter(({ isWritten }) => isWritten), read: all.filter(({ isWritten }) => !isWritten) };
}

/** Files that are read before the first event: configurations, those that they include, and the files of plugins. */
export function filesOfPreparation(layers: readonly ConfigLayer[], plugins: PluginRegistry): UsedFile[] {
  return [
    ...layers.flatMap(({ file }) => (file === undefined ? [] : [{ use: 'the configuration', path: file }])),
    ...plugins.installed.flatMap(({ manifest, location }) =>
      location === undefined ? [] : pluginFiles(location).map((path) => ({ use: `plugin ${manifest.name}`, path })),
    ),
  ];
}

/** Files that traits in the layers of a configuration name, whether or not the run uses them. */
export function filesOfTraits(layers: readonly ConfigLayer[], catalog: ComponentCatalog): UsedFile[] {
  const files: UsedFile[] = [];
  const visit = (name: string, section: ConfigLayer['content']): void => {
    const traits = catalog.familyTraits(catalog.idOf(name) ?? name);
    for (const { key, value } of section?.entries ?? []) {
      if (value.type === 'mapping') visit(key, value);
      else if (value.type === 'scalar' && typeof value.value === 'string') {
        const isPath = traits.get(key)?.some(({ type }) => type === 'path') === true;
        if (isPath && value.value !== '') files.push({ use: `${name}.${key}`, path: value.value });
      }
    }
  };
  for (const { content } of layers) visit('', content);
  return files;
}

/** Paths in the value of a trait: of a path, or of a list of paths. */
function pathsOf(declaration: TraitDeclaration, value: Json | undefined): string[] {
  const isList = declaration.type === 'list' && declaration.items.type === 'path';
  if (declaration.type !== 'path' && !isList) return [];
  return [value].flat().filter((path) => typeof path === 'string' && path !== '') as string[];
}

function isOutput(trait: string): boolean {
  return /(?:^|_)output(?:_|$)/.test(trait);
}

/** Device and inode of an existing file, else its path with the links of its folder resolved; undefined for special files. */
function identityOf(name: string): string | undefined {
  let path = name;
  try {
    if (name.startsWith('file:')) path = fileURLToPath(name);
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (found !== undefined) return found.isFile() ? `${found.dev} ${found.ino}` : undefined;
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return resolve(path);
  }
}
