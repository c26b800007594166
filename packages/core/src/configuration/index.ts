export {
  assignmentLayer,
  optionLayer,
  readTraitKey,
  takeTraitOptions,
  type SplitArguments,
  type TraitOption,
} from './option-config.js';
export {
  LONGEST_CONFIGURATION,
  objectLayer,
  readConfigFile,
  rowsLayer,
  tooLong,
  type ConfigLayer,
} from './config-layer.js';
export { GlobPattern } from './glob-pattern.js';
export { jsonOf, type ConfigNode } from './config-node.js';
export type { ConfigSection, ConfigValue } from './config-section.js';
export { namedPlugins, PLUGINS_KEY, type NamedPlugin } from './named-plugins.js';
export { walkPlan, type PlannedComponent, type Setting } from './component-plan.js';
export { configuredValue } from './trait-value.js';
export { schemaOf, type JsonSchema } from './trait-schema.js';
export { ConfigurationError, formatPosition, formatProblem, type Position, type Problem } from './problem.js';
export { configurationSchema } from './configuration-schema.js';
export { describeDefault, describeTrait } from './describe-trait.js';
export {
  classesWithTrait,
  layerValues,
  placesOf,
  type FoundTrait,
  type LayerValue,
  type PlacedComponent,
} from './explain-trait.js';
export { showConfiguration, type ResolvedArray, type ShowOptions } from './show-configuration.js';
export { yamlText, type YamlSection, type YamlValue } from './yaml-text.js';
