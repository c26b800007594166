import { dirname, isAbsolute, join } from 'node:path';
import {
  CherenkitError,
  ExitCode,
  findShard,
  objectLayer,
  recordOfShard,
  type ConfigLayer,
  type RunRecord,
  type Shard,
} from '@cherenkit/core';

/** A shard of a production that a run processes. */
export interface GivenShard {
  /** As given on the command line. */
  readonly text: string;
  readonly shard: Shard;
  /** Paths of its inputs, or URLs. */
  readonly inputs: readonly string[];
  /** Layers with the configuration of the production, and with the input and the output of the shard. */
  readonly layers: readonly ConfigLayer[];
  /** The record that the output of the run has to have. */
  readonly record: RunRecord;
}

/**
 * Reads a shard of a manifest.
 *
 * @param text - `MANIFEST#N`, with the number or the name of the shard
 * @throws CherenkitError SHARD_UNKNOWN (2), MANIFEST_INVALID (65), INPUT_MISSING (66)
 */
export async function readGivenShard(text: string): Promise<GivenShard> {
  const at = text.lastIndexOf('#');
  const [path, key] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (path === '' || key === '') {
    const message = `--shard ${text}: expected a manifest and the number or name of a shard, such as manifest.json#0.`;
    throw new CherenkitError('SHARD_UNKNOWN', ExitCode.USAGE, message);
  }
  const { readManifestFile } = await import('@cherenkit/plugin-hdf5');
  const manifest = await readManifestFile(path);
  const shard = findShard(manifest, key, path);
  const place = (name: string): string => (isAbsolute(name) ? name : join(dirname(path), name));
  const inputs = shard.inputs.map((each) => (each.digest === undefined ? each.path : place(each.path)));
  const places = {
    EventSource: { input_url: inputs[0] ?? '' },
    DataWriter: { output_path: place(shard.output) },
  };
  return {
    text,
    shard,
    inputs,
    layers: [
      objectLayer(manifest.configuration, path),
      { ...objectLayer(places, `${path}#${shard.name}`), overrides: true },
    ],
    record: recordOfShard(manifest, shard),
  };
}

/**
 * Checks that an input is that of the plan.
 *
 * @param text - the shard, as given on the command line
 * @param path - of the input
 * @throws CherenkitError SHARD_INPUT_CHANGED (65)
 */
export function checkShardInput(
  text: string,
  path: string,
  found: RunRecord['inputs'],
  expected: RunRecord['inputs'],
): void {
  const [ofRun, ofPlan] = [found, expected].map((inputs) => JSON.stringify(inputs));
  if (ofRun === ofPlan) return;
  const message = `--shard ${text}: ${path} is ${ofRun}, expected ${ofPlan}, the input of the plan. Put that file in its place, or write the manifest again with cherenkit plan.`;
  throw new CherenkitError('SHARD_INPUT_CHANGED', ExitCode.BAD_INPUT, message);
}

/** Names the shard in the error for an input that is missing, whose path the user has not given. */
export function withShard(error: unknown, { text, inputs }: GivenShard): unknown {
  if (!CherenkitError.is(error) || error.code !== 'INPUT_MISSING') return error;
  const place = inputs.length === 1 ? ', name its place with --input' : '';
  const message = `--shard ${text}: ${error.message} Put the file there${place}, or write the manifest again with cherenkit plan.`;
  return new CherenkitError(error.code, error.exitCode, message, { cause: error });
}

/**
 * Checks that a run makes the output of its shard: of the input of the plan, with the configuration and the versions of the plan.
 *
 * @throws CherenkitError SHARD_INPUT_CHANGED (65), SHARD_OUTDATED (2)
 */
export function checkShardRecord({ text, record: expected }: GivenShard, found: RunRecord, input: string): void {
  checkShardInput(text, input, found.inputs, expected.inputs);
  const [own, planned] = [found.software, expected.software].map((software) => JSON.stringify(software));
  const isSame = own === planned;
  if (isSame && found.configuration === expected.configuration) return;
  const reason = isSame
    ? 'the configuration is not that of the plan: an option changes it, or a file that it names has changed'
    : `the versions are ${own}, expected ${planned}, those of the plan`;
  const remedy = `${isSame ? 'Run without the option' : 'Run with these versions'}, or write the manifest again with cherenkit plan.`;
  throw new CherenkitError('SHARD_OUTDATED', ExitCode.USAGE, `--shard ${text}: ${reason}. ${remedy}`);
}
