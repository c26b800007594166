/**
 * Configuration: from files, options and objects to the values that components read. The way of a value:
 *
 * 1. `read/`: text becomes a tree of nodes with their positions, and this the content of a `ConfigLayer`: one reader per
 *    format, one kind of layer for files, objects, options of a command, options of a URL, and stored configurations.
 *    Layers are plain data. Nothing is known of components yet.
 * 2. `plan/config-section`: the sections of a layer by the ids of their classes (`sectionsOf`), and the sections that apply
 *    to a component (`sectionsFor`: the precedence of traitlets). A `ConfigValue` is spelled, and checked, once for each
 *    declaration of a trait that takes it, and keeps the result.
 * 3. `check/check-layer`: the static check of each layer, of components that are not used, too.
 * 4. `plan/component-plan`: the tree of the components of a run, each trait with its value and the place it comes from;
 *    `check/check-plan` checks what only their use shows.
 * 5. `plan/resolve-for-array`: the check against the array. Rules for telescopes become a value for each telescope.
 *
 * What is known of the types of traits is in `component/traits/`, one object per type. `show/` presents plans and traits to
 * people and editors, `ctapipe/` has the names that configurations of ctapipe may use, `problem` the form of all messages.
 * `framework/composition` calls the steps in this order.
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
