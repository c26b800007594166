import * as Flags from '@oclif/core/flags';

/** The flags by which commands are told of plugins. */
export const PLUGIN_FLAGS = {
  plugin: Flags.string({
    helpGroup: 'PLUGINS',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'PATH',
    summary: 'Use a plugin: the folder of a package, or the name of an installed one. May be repeated.',
  }),
  'no-discovery': Flags.boolean({
    helpGroup: 'PLUGINS',
    summary: 'Use no plugins but those that come with cherenkit or are named.',
  }),
};

/** What of these flags was given. */
export interface PluginFlags {
  readonly plugin?: readonly string[] | undefined;
  readonly 'no-discovery': boolean;
}

/** The flags in the words of `discoverPlugins`. */
export function pluginChoice(flags: PluginFlags): { plugins: readonly string[] | undefined; discovery: boolean } {
  return { plugins: flags.plugin, discovery: !flags['no-discovery'] };
}
