export { API_VERSION, definePlugin, type Plugin, type PluginDefinition } from './define-plugin.js';
