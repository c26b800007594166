export { dilate } from './dilate.js';
export { tailcutsClean } from './tailcuts.js';
export type { TailcutsOptions, Thresholds } from './tailcuts.js';
