import { disposeTogether } from '@cherenkit/core/internal';
import {
  CherenkitError,
  DataWriter,
  ExitCode,
  objectLayer,
  OutcomeTally,
  type EventSource,
  type Pipeline,
  type Run,
  type RunOutcome,
} from '@cherenkit/core';
import type { DataWriterOptionTraits } from '../configuration/built-in-sections.js';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import { checkDistinctFiles, filesOfPreparation } from '../run/distinct-files.js';
import { prepareRun } from '../run/run-request.js';

/** Options of `DataWriter.open`: the event source, a configuration, and traits of the writer, which take precedence over it. */
export interface DataWriterOptions extends Omit<DataWriterOptionTraits, 'outputPath'> {
  readonly source: EventSource;
  /** The steps that processed the events: the file gets the number of their results and their statistics. */
  readonly pipeline?: Pipeline | undefined;
  readonly config?: Configuration | undefined;
}

/** A data writer that counts the events that it writes. */
export interface CountingDataWriter extends DataWriter {
  /**
   * Writes the outcome of the run and renames the temporary file to the output path.
   *
   * @param outcome - default: that of the events given to `write` and `writeRejected`
   */
  finish(outcome?: RunOutcome): Promise<void>;
}

/**
 * Opens an HDF5 file for writing events. `finish` completes the file atomically; a writer disposed without `finish` leaves no
 * file, and Node prints a warning.
 *
 * @example
 * ```ts
 * await using writer = await DataWriter.open('events.dl2.h5', { source, pipeline, overwrite: true, writeDl2: true });
 * for await (const event of source) {
 *   const isKept = processEvent(event, pipeline);
 *   await (isKept ? writer.write(event) : writer.writeRejected(event));
 * }
 * await writer.finish();
 * ```
 *
 * @throws ConfigurationError; CherenkitError OUTPUT_EXISTS, OUTPUT_DIRECTORY_MISSING, FILE_USED_TWICE; `finish` and `write`
 * throw WRITER_DISPOSED after the writer was disposed
 */
export async function openDataWriter(
  outputPath: string,
  { source, pipeline = {}, config, ...traits }: DataWriterOptions,
): Promise<CountingDataWriter> {
  const options = { ...objectLayer({ DataWriter: { outputPath, ...traits } }, 'options'), overrides: true };
  const layers = [...(await configurationLayers(config)), options];
  const run = await prepareRun({ layers, components: ['HDF5DataWriter'] });
  try {
    const input = { use: 'the input', path: source.traits.inputUrl };
    checkDistinctFiles([{ use: 'the output', path: outputPath }], [...filesOfPreparation(layers, run.plugins), input]);
    await run.openFor(source.subarray);
    const writer = run.create(DataWriter, 'HDF5DataWriter');
    await writer.open(source.run);
    countEvents(writer, source, pipeline);
    return disposeTogether(writer, warnsUnlessFinished(writer, outputPath, run));
  } catch (error) {
    await run[Symbol.asyncDispose]();
    throw error;
  }
}

/** Makes a writer count its events, for the default outcome of `finish`. */
function countEvents(writer: CountingDataWriter, source: EventSource, pipeline: Pipeline): void {
  const tally = new OutcomeTally();
  const write = writer.write.bind(writer);
  const writeRejected = writer.writeRejected.bind(writer);
  const finish = writer.finish.bind(writer);
  writer.write = async (event) => {
    await write(event);
    tally.add(event, true);
  };
  writer.writeRejected = async (event) => {
    await writeRejected(event);
    tally.add(event, false);
  };
  writer.finish = (outcome = tally.outcome(source, pipeline)) => finish(outcome);
}

/**
 * Returns an owner of the writer that disposes the run, with a warning of Node if `finish` was not called. Afterwards the
 * methods of the writer throw WRITER_DISPOSED.
 */
function warnsUnlessFinished(writer: CountingDataWriter, outputPath: string, run: Run): AsyncDisposable {
  let isFinished = false;
  let isDisposed = false;
  const whileOpen =
    <A extends unknown[]>(name: string, method: (...values: A) => Promise<void>) =>
    (...values: A): Promise<void> => {
      if (!isDisposed) return method.apply(writer, values);
      const message = `${outputPath}: ${name} was called after the writer was disposed. Call finish() before the end of its block.`;
      return Promise.reject(new CherenkitError('WRITER_DISPOSED', ExitCode.USAGE, message));
    };
  const finish = writer.finish.bind(writer);
  writer.write = whileOpen('write', writer.write.bind(writer));
  writer.writeRejected = whileOpen('writeRejected', writer.writeRejected.bind(writer));
  writer.finish = whileOpen('finish', (outcome) => {
    isFinished = true;
    return finish(outcome);
  });
  return {
    async [Symbol.asyncDispose]() {
      if (!isFinished) {
        const message = `${outputPath} was not written: its writer was disposed without finish().`;
        process.emitWarning(message, { type: 'CherenkitWarning', code: 'WRITER_NOT_FINISHED' });
      }
      isFinished = true;
      isDisposed = true;
      await run[Symbol.asyncDispose]();
    },
  };
}
