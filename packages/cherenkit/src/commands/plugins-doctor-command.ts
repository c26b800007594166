import { Command } from '@oclif/core/command';
import { PluginsListCommand } from './plugins-list-command.js';
import { pluginChoice } from './plugin-flags.js';

/** The exit code when something is wrong: as for any other mistake of an installation or configuration. */
const WRONG = 2;

/** `cherenkit plugins doctor` */
export class PluginsDoctorCommand extends Command {
  static override readonly summary = 'Check the plugins that are found: load each of them and look for conflicts.';
  static override readonly description =
    'For each plugin: whether its package and manifest can be read, the version of the plugin API fits, its code can be imported, the manifest describes the code, and which copy of @cherenkit/core it uses; then names that several plugins have. Ends with 2 if something is wrong.';
  static override readonly examples = ['<%= config.bin %> plugins doctor --plugin ../my-plugin'];
  static override readonly flags = PluginsListCommand.flags;

  override async run(): Promise<void> {
    const { flags } = await this.parse(PluginsDoctorCommand);
    const { diagnosePlugins } = await import('../plugins/diagnose-plugins.js');
    const { collectPlugins } = await import('../plugins/discover-plugins.js');
    const { fileLayer } = await import('../configuration/configuration-layers.js');
    const layers = await Promise.all((flags.config ?? []).map(fileLayer));
    const { plugins, conflicts } = await diagnosePlugins(await collectPlugins({ layers, ...pluginChoice(flags) }));
    const faults = plugins.filter(({ fault }) => fault !== undefined).length + conflicts.length;
    if (flags.json) {
      this.log('%s', JSON.stringify({ plugins, conflicts }, undefined, 2));
    } else {
      for (const { name, version, foundBy, notes, fault } of plugins) {
        this.log('%s', `${fault === undefined ? 'ok   ' : 'WRONG'} ${name} ${version ?? ''} (${foundBy})`);
        for (const line of [...(fault === undefined ? [] : [fault]), ...notes]) this.log('%s', `      ${line}`);
      }
      for (const conflict of conflicts) this.log('%s', `WRONG ${conflict}`);
      this.log('%s', faults === 0 ? 'nothing is wrong' : `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong`);
    }
    if (faults > 0) process.exitCode = WRONG;
  }
}
