import {
  addOutcomes,
  CherenkitError,
  EMPTY_OUTCOME,
  ExitCode,
  objectLayer,
  type Json,
  type Provenance,
  type ProvenanceFile,
  type RecordedInput,
} from '@cherenkit/core';
import { scopeOfDigest } from '@cherenkit/io/node';
import { checkShardInput, checkShardRecord, type GivenShard } from './given-shard.js';
import { PendingOutputs } from './pending-outputs.js';
import { isOutputOf, outputOf } from './prepare-output.js';
import { recordedInput, recordOfRun } from './record-of-run.js';
import { prepareRun, type RunRequest } from './run-request.js';
import type { RunHooks, RunProgress, ToolResult } from './run-tool.js';

/** Runs a tool up to its complete outputs. */
type RunPart = (
  request: RunRequest & { readonly tool: string },
  hooks: RunHooks,
  pending: PendingOutputs,
) => Promise<ToolResult>;

/**
 * Processes the inputs of a shard one after the other, each to an unfinished file beside the output, and merges these to the output:
 * its tables are those of the merged outputs of the inputs.
 *
 * @param runPart - runs a tool
 * @throws CherenkitError SHARD_INPUT_CHANGED (65), SHARD_OUTDATED (2); those of the runs
 */
export async function joinInputs(
  request: RunRequest & { readonly tool: string },
  hooks: RunHooks & { readonly shard: GivenShard },
  pending: PendingOutputs,
  runPart: RunPart,
): Promise<ToolResult> {
  const started = performance.now();
  const { shard, ifNeeded, onProgress, onConfiguration, provenance, ...shared } = hooks;
  const { path: output, overwrite, record } = await checkedOutput(request, hooks);
  const secondsSoFar = (): number => (performance.now() - started) / 1000;
  if (ifNeeded && (await isOutputOf(record, output))) {
    return { outcome: undefined, failures: [], files: [], upToDate: output, threads: 1, seconds: secondsSoFar() };
  }
  let outcome = EMPTY_OUTCOME;
  let threads = 1;
  const parts: PendingOutputs[] = [];
  try {
    for (const [i, input] of shard.inputs.entries()) {
      hooks.signal?.throwIfAborted();
      const part = new PendingOutputs();
      parts.push(part);
      const input_url = objectLayer({ EventSource: { input_url: input } }, shard.text);
      const layers = [...(request.layers ?? []), { ...input_url, overrides: true }];
      const before = outcome.events;
      const result = await runPart(
        { ...request, layers },
        {
          ...shared,
          ...(onConfiguration && { onConfiguration }),
          provenance: provenance && new PartProvenance(provenance, i === 0 ? 'all' : 'files'),
          onProgress: (now) => onProgress?.('events' in now ? ofAllInputs(now, before, shard, i) : now),
        },
        part,
      );
      threads = Math.max(threads, result.threads);
      if (result.outcome) outcome = addOutcomes(outcome, result.outcome);
    }
    const paths = parts.flatMap(({ temporaryPaths }) => temporaryPaths);
    const merge = {
      MergeTool: { input_files: paths },
      HDF5Merger: { output_path: output, overwrite },
    };
    const { files } = await runPart(
      { tool: 'MergeTool', layers: [{ ...objectLayer(merge, shard.text), overrides: true }], plugins: request.plugins },
      { ...shared, provenance: provenance && new PartProvenance(provenance, 'outputs', record as unknown as Json) },
      pending,
    ).catch((error: unknown) => {
      throw withInputs(error, paths, shard.inputs);
    });
    return { outcome, failures: outcome.failures, files, threads, seconds: secondsSoFar() };
  } finally {
    for (const part of parts) await part[Symbol.asyncDispose]();
  }
}

/** An error of the merge, which names the inputs instead of the unfinished files. */
function withInputs(error: unknown, paths: readonly string[], inputs: readonly string[]): unknown {
  if (!CherenkitError.is(error)) return error;
  const message = paths.reduce((text, path, i) => text.replaceAll(path, inputs[i] ?? path), error.message);
  return new CherenkitError(error.code, error.exitCode, message, { cause: error });
}

/** The output of a shard and the record that it has to have, checked against the plan. */
async function checkedOutput(
  request: RunRequest,
  { shard, registry, services }: RunHooks & { readonly shard: GivenShard },
): Promise<NonNullable<ReturnType<typeof outputOf>> & Pick<GivenShard, 'record'>> {
  await using run = await prepareRun(request, services, registry);
  const output = outputOf(run);
  if (output === undefined) throw new Error('A tool without a data writer has no shards.');
  const record = { ...shard.record, ...recordOfRun(run), inputs: inputsOf(shard) };
  checkShardRecord(shard, record, shard.inputs.join(', '));
  return { ...output, record };
}

/**
 * The inputs of a shard as records identify them.
 *
 * @throws CherenkitError INPUT_MISSING (66), SHARD_INPUT_CHANGED (65)
 */
function inputsOf({ text, inputs, record }: GivenShard): RecordedInput[] {
  return inputs.map((path, i) => {
    const expected = record.inputs.slice(i, i + 1);
    const [{ digest = '' } = { digest: '' }] = expected.filter((each) => 'digest' in each);
    const found = recordedInput(path, digest === '' ? 'ends' : scopeOfDigest(digest));
    if (found === undefined) {
      throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `Cannot read ${path}: there is no such file.`);
    }
    checkShardInput(text, path, [found], expected);
    return found;
  });
}

/** The progress of a run over one of several inputs as that over all. */
function ofAllInputs(now: RunProgress, events: number, { shard }: GivenShard, i: number): RunProgress {
  const sizes = shard.inputs.map(({ bytes = 0 }) => bytes);
  const sum = (some: readonly number[]): number => some.reduce((total, bytes) => total + bytes, 0);
  return {
    bytesRead: sum(sizes.slice(0, i)) + (now.bytesRead ?? 0),
    bytesTotal: sum(sizes),
    events: events + now.events,
    maxEvents: undefined,
  };
}

/** The provenance of a part of a run: inputs and plugins are those of the run, but unfinished files are not. */
class PartProvenance implements Provenance {
  readonly outputs: ProvenanceFile[] = [];

  /** @param kept - what is added to the provenance of the run */
  constructor(
    private readonly whole: Provenance,
    private readonly kept: 'all' | 'files' | 'outputs',
    public runRecord?: Json,
  ) {}

  get activity(): Provenance['activity'] {
    return this.whole.activity;
  }

  get configuration(): Provenance['configuration'] {
    return this.whole.configuration;
  }

  get inputs(): Provenance['inputs'] {
    return this.whole.inputs;
  }

  get plugins(): Provenance['plugins'] {
    return this.whole.plugins;
  }

  addInput(file: ProvenanceFile): void {
    if (this.kept !== 'outputs') this.whole.addInput(file);
  }

  addOutput(file: ProvenanceFile): void {
    this.outputs.push(file);
    if (this.kept === 'outputs') this.whole.addOutput(file);
  }

  addPlugin(...args: Parameters<NonNullable<Provenance['addPlugin']>>): void {
    if (this.kept === 'all') this.whole.addPlugin?.(...args);
  }
}
