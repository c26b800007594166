export { checkConfiguration, planBelowRoot } from './check-configuration.js';
export { Composition, type CheckedConfiguration, type CompositionOptions } from './composition.js';
export { provide, type ProvidedService } from './service-container.js';
