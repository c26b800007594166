import { serviceToken } from './service.js';
import type { TelescopeTable } from './telescope-table.js';

/** The array of the run. Known once the event source has opened: neither the source nor its services can ask for it. */
export const SUBARRAY = serviceToken<TelescopeTable>('cherenkit.Subarray');
