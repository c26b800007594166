export { compose, provide, type CompositionOptions } from './compose.js';
export type { Composition } from './composition.js';
export type { ProvidedService } from './run-container.js';
