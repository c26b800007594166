import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Table } from '@cherenkit/tables';
import type { ArrayEvent } from '../event/index.js';
import { Component, trait } from '../framework/component/index.js';
import type { RunDescription } from '../source/index.js';
import type { RunOutcome } from './run-outcome.js';

/** Rows of some events as plain data, to be sent to another thread. */
export interface RowsPart {
  readonly data: unknown;
  /** Buffers of `data`, which may be transferred instead of copied. */
  readonly transfer: readonly ArrayBuffer[];
}

/**
 * Writes the events of a run to a file.
 *
 * The file is created atomically: data is written to a temporary file, which `finish` renames. A writer that is disposed
 * without `finish` leaves no file. Source: ctapipe 0.32 `DataWriter`.
 */
export abstract class DataWriter
  extends Component.withTraits({
    outputPath: trait.path({ default: 'events.dl1.h5', help: 'The output file.' }),
    overwrite: trait.boolean({ default: false, help: 'Replace the output file if it exists.' }),
    writeR0Waveforms: trait.boolean({ default: false, help: 'Write raw waveforms.' }),
    writeR1Waveforms: trait.boolean({ default: false, help: 'Write calibrated waveforms.' }),
    writeDl1Images: trait.boolean({ default: false, help: 'Write images and peak times.' }),
    writeDl1Parameters: trait.boolean({ default: true, help: 'Write image parameters.' }),
    writeMuonParameters: trait.boolean({ default: false, help: 'Find muons and write their rings.' }),
    writeDl2: trait.boolean({ default: false, help: 'Write reconstructed showers.' }),
  })
  implements AsyncDisposable
{
  static override readonly kind: string = 'DataWriter';
  static override readonly asynchronousMethods: readonly (string | symbol)[] = [
    'open',
    'write',
    'finish',
    Symbol.asyncDispose,
  ];

  /** Creates the file and writes the run description: subarray, observation, simulation configuration. */
  abstract open(run: RunDescription): Promise<void>;

  /**
   * Prepares the writer of another thread for parts of the events: `write` collects rows instead of writing a file, and
   * `takePart` returns them. Absent for writers whose events are processed by one thread.
   */
  openForParts?(run: RunDescription): void;

  /** Returns the rows of the events since the last call, to be added to the writer of the file. */
  takePart?(): RowsPart;

  /**
   * Adds the rows of a part of the events, which another thread collected. Parts and events are written in the order of the
   * input.
   *
   * @returns false if the rows do not fit to those before them, such as the first row of a table, which determines its columns;
   *   nothing was written then, and the caller has to write the events
   */
  addPart?(part: unknown): Promise<boolean>;

  /** Writes an event. The writer keeps no reference to its arrays. */
  abstract write(event: ArrayEvent): Promise<void>;

  /** Records a rejected event; `event.rejections` has the reasons. Default: no-op. */
  writeRejected(_event: ArrayEvent): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Writes an additional table, after the events.
   *
   * @param path - path within the file: `/mine/calibration`
   * @throws CherenkitError TABLE_NOT_WRITABLE by default
   */
  writeTable(path: string, _table: Table): Promise<void> {
    const message = `${this.name} cannot write the table ${path}; use a data writer for tables, such as HDF5DataWriter.`;
    throw new CherenkitError('TABLE_NOT_WRITABLE', ExitCode.USAGE, message);
  }

  /** Writes the outcome of the run and renames the temporary file to the output path. */
  abstract finish(outcome: RunOutcome): Promise<void>;

  abstract [Symbol.asyncDispose](): Promise<void>;
}
