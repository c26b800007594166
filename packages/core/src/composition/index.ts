export { compose, provide, type CompositionOptions, type ProvidedService } from './compose.js';
export type { Composition } from './composition.js';
