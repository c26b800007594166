/**
 * Configuration: from files, options and objects to the values that components read.
 */
export {
  MOST_LISTED,
  ConfigurationError,
  formatPosition,
  formatProblem,
  type Position,
  type Problem,
} from './problem.js';
export {
  LONGEST_CONFIGURATION,
  namedPlugins,
  objectLayer,
  PLUGINS_KEY,
  readConfigFile,
  tooLong,
  type ConfigLayer,
  type NamedPlugin,
} from './read/config-layer.js';
export { jsonOf, type ConfigNode } from './read/config-node.js';
export { rowsLayer, urlLayer } from './read/keyed-layer.js';
export {
  assignmentLayer,
  optionLayer,
  takeTraitOptions,
  type SplitArguments,
  type TraitOption,
} from './read/option-layer.js';
export { readTraitKey } from './read/trait-key.js';
export { walkPlan, type PlannedComponent, type Setting } from './plan/component-plan.js';
export type { ConfigSection, ConfigValue } from './plan/config-section.js';
export { GlobPattern } from './plan/glob-pattern.js';
export { configurationSchema } from './show/configuration-schema.js';
export {
  classesWithTrait,
  layerValues,
  placesOf,
  type FoundTrait,
  type PlacedComponent,
} from './show/explain-trait.js';
export type { ResolvedComponent } from './plan/resolve-for-array.js';
export {
  showConfiguration,
  yamlText,
  type ResolvedArray,
  type ShowOptions,
  type YamlSection,
  type YamlValue,
} from './show/show-configuration.js';
