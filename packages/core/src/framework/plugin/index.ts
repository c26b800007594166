export { checkManifest, type CheckedManifest } from './check-manifest.js';
export { API_VERSION, definePlugin, isPlugin, type Plugin, type PluginDefinition } from './define-plugin.js';
export { ComponentCatalog, type CatalogEntry } from './component-catalog.js';
export { formatManifest, manifestOf, staleParts, type ComponentEntry, type PluginManifest } from './plugin-manifest.js';
export {
  describePluginFailure,
  installedPlugin,
  PluginError,
  PluginRegistry,
  type InstalledPlugin,
  type PluginFailure,
} from './plugin-registry.js';
