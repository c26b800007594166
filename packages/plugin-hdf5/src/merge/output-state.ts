import {
  CherenkitError,
  differenceOfRecords,
  recordOfShard,
  type ProductionManifest,
  type Shard,
} from '@cherenkit/core';
import { fileExists } from '#tool-host';
import { readStoredOrigin } from '../tables/stored-record.js';

/** What is wrong with the output of a shard. */
export const OUTPUT_DEFECTS = ['missing', 'broken', 'foreign', 'stale'] as const;

/** An output that has to be made again, and why. */
export interface DefectiveOutput {
  readonly defect: (typeof OUTPUT_DEFECTS)[number];
  readonly reason: string;
}

/**
 * Finds what is wrong with the output of a shard, from the beginning of the file and the attributes of its root: it is missing,
 * not a whole HDF5 file, not the output of this shard, or made by another configuration or version.
 *
 * @param path - of the output
 * @returns undefined for a valid output
 */
export function defectOfOutput(manifest: ProductionManifest, shard: Shard, path: string): DefectiveOutput | undefined {
  // Faster than the error of opening it.
  if (!fileExists(path)) return { defect: 'missing', reason: 'there is no such file' };
  try {
    const { record } = readStoredOrigin(path);
    if (record === undefined) return { defect: 'foreign', reason: 'it has no record of a run of cherenkit process' };
    const difference = differenceOfRecords(record, recordOfShard(manifest, shard));
    return difference && { defect: difference.kind, reason: difference.reason };
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    if (code === 'ENOENT') return { defect: 'missing', reason: 'there is no such file' };
    if (CherenkitError.is(error) || code !== undefined) return { defect: 'broken', reason: message };
    throw error;
  }
}
