export type { Neighbors } from './neighbors.js';
