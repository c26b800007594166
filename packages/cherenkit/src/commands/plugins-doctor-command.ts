import { Command } from '@oclif/core/command';
import { PluginsListCommand } from './plugins-list-command.js';
import { pluginChoice } from './plugin-flags.js';

/** Exit code if a problem is found, as for other usage errors. */
const PROBLEMS_FOUND = 2;

/** `cherenkit plugins doctor` */
export class PluginsDoctorCommand extends Command {
  static override readonly summary = 'Check all plugins: import each one and look for conflicts.';
  static override readonly description =
    'For each plugin, checks that package.json and manifest are readable, the plugin API version is compatible, the code can be imported and the manifest matches the code, and reports separate copies of @cherenkit/core. Then reports names provided by several plugins. The exit code is 2 if there are problems.';
  static override readonly examples = ['<%= config.bin %> plugins doctor --plugin ../my-plugin'];
  static override readonly flags = PluginsListCommand.flags;

  override async run(): Promise<void> {
    const { flags } = await this.parse(PluginsDoctorCommand);
    const { printable } = await import('@cherenkit/errors');
    const { diagnosePlugins } = await import('../plugins/diagnose-plugins.js');
    const { collectPlugins } = await import('../plugins/discover-plugins.js');
    const { fileLayers } = await import('../configuration/file-layers.js');
    const layers = (await Promise.all((flags.config ?? []).map(fileLayers))).flat();
    const { plugins, conflicts } = await diagnosePlugins(await collectPlugins({ layers, ...pluginChoice(flags) }));
    const faults = plugins.filter(({ fault }) => fault !== undefined).length + conflicts.length;
    if (flags.json) {
      this.log('%s', JSON.stringify({ plugins, conflicts }, undefined, 2));
    } else {
      for (const { name, version, foundBy, notes, fault } of plugins) {
        this.log('%s', printable(`${fault === undefined ? 'ok   ' : 'ERROR'} ${name} ${version ?? ''} (${foundBy})`));
        for (const line of [...(fault === undefined ? [] : [fault]), ...notes])
          this.log('%s', `      ${printable(line)}`);
      }
      for (const conflict of conflicts) this.log('%s', `ERROR ${printable(conflict)}`);
      this.log('%s', faults === 0 ? 'no problems found' : `${faults} ${faults === 1 ? 'problem' : 'problems'} found`);
    }
    if (faults > 0) process.exitCode = PROBLEMS_FOUND;
  }
}
