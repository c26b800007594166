import * as Flags from '@oclif/core/flags';

/** Flags that select plugins. */
export const PLUGIN_FLAGS = {
  plugin: Flags.string({
    helpGroup: 'PLUGINS',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'PATH',
    summary: 'Use this plugin: folder or name of an installed package, or a single JavaScript file. May be repeated.',
  }),
  'no-discovery': Flags.boolean({
    helpGroup: 'PLUGINS',
    summary: 'Use only built-in plugins and those given with --plugin; ignore plugins listed in configurations.',
  }),
};

/** Parsed plugin flags. */
export interface PluginFlags {
  readonly plugin?: readonly string[] | undefined;
  readonly 'no-discovery': boolean;
}

/** Converts parsed flags to options of `discoverPlugins`. */
export function pluginChoice(flags: PluginFlags): { plugins: readonly string[] | undefined; discovery: boolean } {
  return { plugins: flags.plugin, discovery: !flags['no-discovery'] };
}
