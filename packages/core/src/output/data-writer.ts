import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Table } from '@cherenkit/tables';
import type { ArrayEvent } from '../event/index.js';
import { Component, trait } from '../framework/component/index.js';
import type { RunDescription } from '../source/index.js';
import type { RunOutcome } from './run-outcome.js';

/**
 * Writes the events of a run to one file.
 *
 * The file appears under its name when it is whole: `finish` moves it there. A writer that is disposed without `finish`
 * leaves nothing behind.
 */
export abstract class DataWriter
  extends Component.withTraits({
    outputPath: trait.path({ default: 'events.dl1.h5', help: 'The file to write.' }),
    overwrite: trait.boolean({ default: false, help: 'Replace the file if it exists.' }),
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

  /** Writes what holds for all events: the array, the observation, how it was simulated. */
  abstract open(run: RunDescription): Promise<void>;

  /** Adds an event. Its arrays are not kept. */
  abstract write(event: ArrayEvent): Promise<void>;

  /** Called for an event that is not written; `event.rejections` has the reasons. Default: no-op. */
  writeRejected(_event: ArrayEvent): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Adds a table of its own, `/mine/calibration`, after the events.
   *
   * @throws CherenkitError TABLE_NOT_WRITABLE by default
   */
  writeTable(path: string, _table: Table): Promise<void> {
    const message = `${this.name} cannot store the table ${path}; use a data writer that can, such as HDF5DataWriter.`;
    throw new CherenkitError('TABLE_NOT_WRITABLE', ExitCode.USAGE, message);
  }

  /** Writes what is known at the end and moves the file to its name. */
  abstract finish(outcome: RunOutcome): Promise<void>;

  abstract [Symbol.asyncDispose](): Promise<void>;
}
