export type { CommandDeclaration, FlagDeclaration, FlagDeclarations } from './command-declaration.js';
export {
  baseOf,
  Component,
  type ComponentClass,
  type ComponentContext,
  type ComponentKind,
  type ComponentStatics,
  type InputSignature,
  type WithTraits,
} from './component.js';
export { attributeErrors, EVENT_FAILURES, EventFailures, type ComponentFailure } from './event-failures.js';
export { FunctionLogger, LOG_LEVELS, LOGGER, SILENT_LOGGER, type Logger, type LogLevel } from './logger.js';
export {
  PROVENANCE,
  type Provenance,
  type ProvenanceActivity,
  type ProvenanceFile,
  type ProvenancePlugin,
} from './provenance.js';
export { service, serviceToken, SUBARRAY, type ServiceDefinition, type ServiceToken } from './service.js';
export { TelescopeValues, type TelescopeTypes } from './telescope-values.js';
export type { BaseDeclaration, Json } from './trait-declaration.js';
export { trait, type TelescopeRule, type Trait, type Traits, type TraitValues } from './trait.js';
export { describeDefault, describeTrait, flagForm, flagText } from './traits/trait-flags.js';
export { schemaOf } from './traits/trait-schemas.js';
export type { FlagForm, JsonSchema, TraitType } from './traits/trait-type.js';
export { TRAIT_TYPES, traitTypeOf, type TraitDeclaration } from './traits/trait-types.js';
export { componentKindsOf } from './traits/trait-values.js';
