export { API_VERSION, definePlugin, isPlugin, type Plugin, type PluginDefinition } from './define-plugin.js';
export { ComponentCatalog, type CatalogEntry } from './component-catalog.js';
export {
  checkManifest,
  formatManifest,
  manifestOf,
  staleParts,
  type CheckedManifest,
  type ComponentEntry,
  type PluginManifest,
} from './plugin-manifest.js';
export {
  describePluginFailure,
  installedPlugin,
  PluginError,
  PluginRegistry,
  type InstalledPlugin,
  type PluginFailure,
} from './plugin-registry.js';
