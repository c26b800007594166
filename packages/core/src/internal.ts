export { baseOf, isComponentKind } from './framework/component/component.js';
export { attributeErrors } from './framework/component/event-failures.js';
export { LOG_LEVELS } from './framework/component/logger.js';
export { describeDefault, describeTrait, flagForm, flagText } from './framework/component/traits/trait-flags.js';
export { schemaOf } from './framework/component/traits/trait-schemas.js';
export type { FlagForm, JsonSchema, TraitType } from './framework/component/traits/trait-type.js';
export { TRAIT_TYPES, traitTypeOf } from './framework/component/traits/trait-types.js';
export { componentKindsOf } from './framework/component/traits/trait-values.js';
export { checkConfiguration, planBelowRoot } from './framework/composition/check-configuration.js';
export {
  Composition,
  type CheckedConfiguration,
  type CompositionOptions,
} from './framework/composition/composition.js';
export { walkPlan, type Setting } from './framework/configuration/plan/component-plan.js';
export type { ConfigSection, ConfigValue } from './framework/configuration/plan/config-section.js';
export { GlobPattern } from './framework/configuration/plan/glob-pattern.js';
export { MAX_LISTED_PROBLEMS, formatPosition } from './framework/configuration/problem.js';
export {
  MAX_CONFIGURATION_BYTES,
  namedPlugins,
  PLUGINS_KEY,
  oversizedLayer,
  readYamlText,
  splitIncludes,
  type ListedName,
} from './framework/configuration/read/config-layer.js';
export { jsonOf } from './framework/configuration/read/config-node.js';
export { SchemaValidator } from './framework/configuration/check/schema-validator.js';
export { splitTraitOptions, type SplitArguments } from './framework/configuration/read/option-layer.js';
export { formerTraitHint } from './framework/configuration/ctapipe/former-ctapipe-traits.js';
export { readTraitKey } from './framework/configuration/read/trait-key.js';
export { configurationSchema } from './framework/configuration/show/configuration-schema.js';
export {
  showConfiguration,
  yamlText,
  type ResolvedArray,
  type ShowOptions,
  type YamlSection,
  type YamlValue,
} from './framework/configuration/show/show-configuration.js';
export {
  classesWithTrait,
  layerValues,
  findPlaces,
  type FoundTrait,
  type PlacedComponent,
} from './framework/configuration/show/trait-places.js';
export { ComponentCatalog, type CatalogEntry } from './framework/plugin/component-catalog.js';
export { API_VERSION, isPlugin } from './framework/plugin/define-plugin.js';
export {
  checkManifest,
  formatManifest,
  manifestOf,
  staleParts,
  type CheckedManifest,
} from './framework/plugin/plugin-manifest.js';
export { describePluginFailure } from './framework/plugin/plugin-registry.js';
export { describeCircle, serviceCircle } from './framework/plugin/service-circle.js';
export { telescopeIdRanges } from './instrument/subarray-description.js';
export { RECONSTRUCTION_PROPERTIES } from './reconstruction/stereo-combiner.js';
export { disposeTogether } from './run/dispose-together.js';
export { DuplicateEvents } from './run/duplicate-events.js';
export { EventIdSet } from './run/event-id-set.js';
export { openRunSource } from './run/source-opener.js';
export { isStored } from './framework/configuration/read/keyed-layer.js';
