import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentKindsOf, type ComponentCatalog } from '@cherenkit/core/internal';
import { PACKAGE_ROOT } from '../package-root.js';
import { commandName } from '../plugins/tool-list.js';
import { commandFlags } from '../run/command-flags.js';
import { flagInput, toolFlags } from '../run/tool-flags.js';

/** A command as a shell completes it. */
export interface CompletionCommand {
  /** Words of the command: `['config', 'check']`. */
  readonly words: readonly string[];
  /** Flags: `--write-images`, `--no-write-images`, `-o`. */
  readonly flags: readonly string[];
  /** Choices of the first argument; if there are none, it is a file. */
  readonly choices: readonly string[];
  /** Choices by flag; the values of other flags are files. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Whether the command takes options of components: `--Component.trait=VALUE`. */
  readonly takesTraits: boolean;
}

/** The parts of oclif's flags and arguments that matter here, as in its manifest. */
interface Flag {
  readonly char?: string;
  readonly allowNo?: boolean;
  readonly helpValue?: string | string[];
  readonly options?: readonly string[];
}
interface ManifestCommand {
  readonly isTool?: boolean;
  readonly args: Readonly<Record<string, { readonly options?: readonly string[] }>>;
  readonly flags: Readonly<Record<string, Flag>>;
}

/** All commands, those of the tools of plugins included. */
export function completionCommands(catalog: ComponentCatalog): CompletionCommand[] {
  const { commands } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'oclif.manifest.json'), 'utf8')) as {
    readonly commands: Readonly<Record<string, ManifestCommand>>;
  };
  const others = Object.entries(commands)
    .filter(([, { isTool }]) => !isTool)
    .map(([id, { args, flags }]) => {
      const choices = Object.values(args).flatMap(({ options = [] }) => options);
      return { ...commandOf(id.split(':'), flags), choices };
    });
  return [...others, ...toolsIn(catalog)].sort((a, b) => (a.words.join(' ') < b.words.join(' ') ? -1 : 1));
}

/** Options that set traits: `--TailcutsImageCleaner.boundary_threshold_pe=`. */
export function traitOptions(catalog: ComponentCatalog): string[] {
  return catalog.ids
    .filter((id) => catalog.find(id)?.entry.abstract !== true)
    .flatMap((id) => [...catalog.traits(id).keys()].map((name) => `--${id}.${name}=`))
    .sort();
}

function toolsIn(catalog: ComponentCatalog): CompletionCommand[] {
  return catalog.idsOfKind('Tool').flatMap((id) => {
    const found = catalog.find(id);
    if (found === undefined) return [];
    const flags = toolFlags(catalog, id);
    const components = flags.flatMap(({ name, declaration }): [string, string[]][] => {
      const names = componentKindsOf(declaration).flatMap((kind) => catalog.idsOfKind(kind));
      return names.length > 0 ? [[`--${name}`, names]] : [];
    });
    const all = { ...flagInput(flags, catalog), ...commandFlags(catalog, id) };
    const words = commandName(found.className, found.entry).split(' ');
    return { ...commandOf(words, all, components), takesTraits: true };
  });
}

function commandOf(
  words: readonly string[],
  flags: Readonly<Record<string, Flag>>,
  more: readonly (readonly [string, readonly string[]])[] = [],
): CompletionCommand {
  const forms = Object.entries(flags).flatMap(([name, { char, allowNo }]) => [
    `--${name}`,
    ...(allowNo ? [`--no-${name}`] : []),
    ...(char === undefined ? [] : [`-${char}`]),
  ]);
  const values = new Map(more);
  for (const [name, flag] of Object.entries(flags)) {
    const choices = choicesOf(flag);
    if (choices.length === 0) continue;
    values.set(`--${name}`, choices);
    if (flag.char !== undefined) values.set(`-${flag.char}`, choices);
  }
  return { words, flags: [...forms, '--help'], choices: [], values, takesTraits: false };
}

/** The values of a flag with a choice, which its help separates by vertical bars. */
function choicesOf({ helpValue, options }: Flag): readonly string[] {
  if (options !== undefined) return options;
  return typeof helpValue === 'string' && /^[\w-]+(\|[\w-]+)+$/.test(helpValue) ? helpValue.split('|') : [];
}
