export type { CommandDeclaration, FlagDeclaration, FlagDeclarations } from './command-declaration.js';
export {
  Component,
  type ComponentClass,
  type ComponentContext,
  type ComponentKind,
  type ComponentStatics,
  type InputSignature,
  type WithTraits,
} from './component.js';
export {
  EVENT_FAILURES,
  EventFailures,
  type ComponentFailure,
  type EventNotes,
  type OnceWarning,
  type TakenFailure,
} from './event-failures.js';
export { FunctionLogger, LOGGER, SILENT_LOGGER, type Logger, type LogLevel } from './logger.js';
export { OUTPUT_FILES, type OutputFiles } from './output-files.js';
export {
  PROVENANCE,
  type Provenance,
  type ProvenanceActivity,
  type ProvenanceFile,
  type ProvenancePlugin,
} from './provenance.js';
export { service, serviceToken, SUBARRAY, type ServiceDefinition, type ServiceToken } from './service.js';
export { TelescopeValues, type TelescopeTypes } from './telescope-values.js';
export { TOOL_COMMANDS, type CommandOption, type ToolCommand, type ToolCommands } from './tool-commands.js';
export type { BaseDeclaration, Json } from './trait-declaration.js';
export { trait, type TelescopeRule, type Trait, type Traits, type TraitValues } from './trait.js';
export type { TraitDeclaration } from './traits/trait-types.js';
