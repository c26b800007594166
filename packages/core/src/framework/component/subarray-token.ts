import { serviceToken } from './service.js';
import type { SubarrayDescription } from '../../instrument/index.js';

/** The array of the run. Known once the event source has opened: neither the source nor its services can ask for it. */
export const SUBARRAY = serviceToken<SubarrayDescription>('cherenkit.Subarray');
