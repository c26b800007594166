import {
  CherenkitError,
  differenceOfRecords,
  ExitCode,
  PROVENANCE,
  type EventSource,
  type Json,
  type Run,
  type RunRecord,
} from '@cherenkit/core';
import { scopeOfDigest } from '@cherenkit/io/node';
import { checkShardRecord, type GivenShard } from './given-shard.js';
import { recordOfRun } from './record-of-run.js';

/** What is known of the output of a run before it starts. */
export interface OutputOptions {
  /** Shard of a production that the run processes: it has to have the configuration and the versions of the production. */
  readonly shard?: GivenShard | undefined;
  /** Whether to do nothing if the output is that of the same inputs, configuration and versions. */
  readonly ifNeeded?: boolean;
}

/**
 * Records what determines the output of a run with an open input that writes events, so that its writer can store it.
 *
 * @returns the output, if it exists and is that of the same run, so that nothing is to be done
 * @throws CherenkitError SHARD_INPUT_CHANGED (65), SHARD_OUTDATED (2)
 */
export async function prepareOutput(
  run: Run,
  source: EventSource | undefined,
  { shard, ifNeeded }: OutputOptions,
): Promise<string | undefined> {
  const { plan, plugins } = run;
  if (!plugins.catalog.find(plan.id)?.entry.command?.processesRanges) return undefined;
  const [input] = shard?.record.inputs ?? [];
  const record = recordOfRun(
    run,
    input && 'digest' in input ? scopeOfDigest(input.digest) : 'ends',
    source?.otherFiles,
  );
  if (record === undefined) return undefined;
  if (shard) checkShardRecord(shard, record, run.inputUrl ?? '');
  run.service(PROVENANCE).runRecord = record as unknown as Json;
  const output = outputOf(run)?.path;
  return ifNeeded && output !== undefined && (await isOutputOf(record, output)) ? output : undefined;
}

/** The output of a run that writes events, and whether it replaces an existing one; undefined for other runs. */
export function outputOf({ plan, plugins }: Run): { readonly path: string; readonly overwrite: boolean } | undefined {
  const writer = [...plan.children.values()].find(({ id }) => plugins.catalog.find(id)?.entry.kind === 'DataWriter');
  const path = writer?.settings.get('output_path')?.value;
  if (typeof path !== 'string') return undefined;
  return { path, overwrite: writer?.settings.get('overwrite')?.value === true };
}

/** Whether a file is the whole output of a run with a record. */
export async function isOutputOf(record: RunRecord, output: string): Promise<boolean> {
  const { readStoredOrigin } = await import('@cherenkit/plugin-hdf5');
  try {
    const { record: stored } = readStoredOrigin(output);
    return stored !== undefined && differenceOfRecords(stored, record) === undefined;
  } catch {
    return false; // a missing or a broken output is made again
  }
}

/**
 * Checks that a range of events can be processed by itself.
 *
 * @param reason - of the tool, why it needs all events
 * @throws CherenkitError EVENT_RANGE_REFUSED (2)
 */
export function requireRanges(reason: string | undefined): void {
  if (reason === undefined) return;
  const message = `A range of events cannot be processed by itself, since ${reason}: results would differ from those of a run over all events. Process all events, without --events.`;
  throw new CherenkitError('EVENT_RANGE_REFUSED', ExitCode.USAGE, message);
}
