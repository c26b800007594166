/**
 * Configuration: from files, options and objects to the values that components read. The steps, in order:
 *
 * 1. `read/` parses text to a tree of nodes with positions, the content of a `ConfigLayer`. There is one reader per format,
 *    and one type of layer for files, objects, command-line options, URL options and stored configurations. Layers are plain
 *    data and independent of components.
 * 2. `plan/config-section` indexes the sections of a layer by class id (`sectionsOf`) and selects those that apply to a
 *    component (`sectionsFor`, with the precedence of traitlets). A `ConfigValue` is normalized and validated once per
 *    declaration and caches the result.
 * 3. `check/check-layer` is the static check of each layer, including sections of components that the run does not use.
 * 4. `plan/component-plan` builds the tree of the components of a run, with the value and origin of each trait;
 *    `check/check-plan` checks what depends on their use.
 * 5. `plan/resolve-for-array` is the check against the subarray: rules become one value per telescope.
 *
 * The trait types are in `component/traits/`, one object per type. `show/` formats plans and traits for users and editors,
 * `ctapipe/` lists the classes and traits of ctapipe, `problem` defines the form of all messages. `framework/composition`
 * runs the steps.
 */
export { ConfigurationError, formatProblem, type Position, type Problem } from './problem.js';
export { objectLayer, readConfigFile, type ConfigLayer } from './read/config-layer.js';
export type { ConfigNode } from './read/config-node.js';
export { rowsLayer, urlLayer } from './read/keyed-layer.js';
export { assignmentLayer, optionLayer, type TraitOption } from './read/option-layer.js';
export { type PlannedComponent } from './plan/component-plan.js';
export { type ResolvedComponent } from './plan/resolve-for-array.js';
