import { CompletionCommand } from './completion-command.js';
import { ComponentsCommand } from './components-command.js';
import { ConfigCheckCommand } from './config-check-command.js';
import { ConfigExplainCommand } from './config-explain-command.js';
import { ConfigInitCommand } from './config-init-command.js';
import { ConfigSchemaCommand } from './config-schema-command.js';
import { ConfigShowCommand } from './config-show-command.js';
import { CreatePluginCommand } from './create-plugin-command.js';
import { DemoCommand } from './demo-command.js';
import { EventsCommand } from './events-command.js';
import { InspectCommand } from './inspect-command.js';
import { PluginsDoctorCommand } from './plugins-doctor-command.js';
import { PluginsListCommand } from './plugins-list-command.js';
import { PluginsManifestCommand } from './plugins-manifest-command.js';

/** Subcommands by name, read by oclif. To start fast, commands import the library only when they run. */
export const COMMANDS = {
  completion: CompletionCommand,
  components: ComponentsCommand,
  'config:check': ConfigCheckCommand,
  'config:explain': ConfigExplainCommand,
  'config:init': ConfigInitCommand,
  'config:schema': ConfigSchemaCommand,
  'config:show': ConfigShowCommand,
  'create-plugin': CreatePluginCommand,
  demo: DemoCommand,
  events: EventsCommand,
  inspect: InspectCommand,
  'plugins:doctor': PluginsDoctorCommand,
  'plugins:list': PluginsListCommand,
  'plugins:manifest': PluginsManifestCommand,
};
