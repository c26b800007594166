export {
  assignmentLayer,
  optionLayer,
  readTraitKey,
  takeTraitOptions,
  type SplitArguments,
  type TraitOption,
} from './read/option-config.js';
export {
  LONGEST_CONFIGURATION,
  objectLayer,
  readConfigFile,
  rowsLayer,
  tooLong,
  type ConfigLayer,
} from './read/config-layer.js';
export { urlLayer } from './read/url-layer.js';
export { GlobPattern } from './traits/glob-pattern.js';
export { jsonOf, type ConfigNode } from './read/config-node.js';
export type { ConfigSection, ConfigValue } from './read/config-section.js';
export { namedPlugins, PLUGINS_KEY, type NamedPlugin } from './read/named-plugins.js';
export { walkPlan, type PlannedComponent, type Setting } from './plan/component-plan.js';
export { configuredValue } from './traits/trait-value.js';
export { schemaOf, type JsonSchema } from './traits/trait-schema.js';
export { ConfigurationError, formatPosition, formatProblem, type Position, type Problem } from './problem.js';
export { configurationSchema } from './show/configuration-schema.js';
export { describeDefault, describeTrait } from './traits/describe-trait.js';
export {
  classesWithTrait,
  layerValues,
  placesOf,
  type FoundTrait,
  type LayerValue,
  type PlacedComponent,
} from './show/explain-trait.js';
export type { ResolvedComponent } from './check/gate-two.js';
export { showConfiguration, type ResolvedArray, type ShowOptions } from './show/show-configuration.js';
export { yamlText, type YamlSection, type YamlValue } from './show/yaml-text.js';
