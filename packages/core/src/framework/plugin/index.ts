export { definePlugin, type Plugin, type PluginDefinition } from './define-plugin.js';
export type { ComponentEntry, PluginManifest } from './plugin-manifest.js';
export {
  installedPlugin,
  PluginError,
  PluginRegistry,
  type InstalledPlugin,
  type PluginFailure,
} from './plugin-registry.js';
export { type ComponentCatalog } from './component-catalog.js';
