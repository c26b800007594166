import { Component, trait } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { QualityStatistics } from '../image/index.js';
import type { EventSource } from '../source/index.js';

/**
 * Writes events to a file of their own.
 *
 * The file has its name only when it is whole: `finish` puts it there; a writer that is disposed of without `finish`
 * leaves nothing behind.
 */
export abstract class DataWriter
  extends Component.withTraits({
    outputPath: trait.path({ default: 'events.dl1.h5', help: 'The file to write.' }),
    overwrite: trait.boolean({ default: false, help: 'Replace the file if it is there.' }),
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
  abstract open(source: EventSource): Promise<void>;

  /** Adds an event. Its arrays are not kept. */
  abstract write(event: ArrayEvent): Promise<void>;

  /** Is told of an event that is not to be written: `event.dropped` tells why. By default nobody will know. */
  writeDropped(_event: ArrayEvent): Promise<void> {
    return Promise.resolve();
  }

  /** How many images passed each criterion. */
  abstract writeImageStatistics(statistics: QualityStatistics): void;

  /** How many images passed each criterion of a reconstructor. */
  abstract writeReconstructorStatistics(name: string, statistics: QualityStatistics): void;

  /** How many images passed each criterion of the muon analysis, by the query's name. By default nobody will know. */
  writeMuonStatistics(_name: string, _statistics: QualityStatistics): void {}

  /** Writes what is known only at the end and gives the file its name. */
  abstract finish(): Promise<void>;

  abstract [Symbol.asyncDispose](): Promise<void>;
}
