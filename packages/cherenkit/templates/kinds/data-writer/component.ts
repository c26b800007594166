import {
  DataWriter,
  OUTPUT_FILES,
  PROVENANCE,
  type ArrayEvent,
  type ByteSink,
  type RunDescription,
} from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';

const COLUMNS = 'obs_id,event_id,reconstructor,is_valid,alt_deg,az_deg,core_x_m,core_y_m\n';

/** Writes reconstructed showers as CSV: one line per event and reconstructor. Image parameters are not written. */
export class TemplateComponent extends DataWriter {
  static override readonly help = 'Writes reconstructed showers as CSV.';

  #sink: ByteSink | undefined;

  /** @throws CherenkitError OUTPUT_EXISTS (2), OUTPUT_NOT_WRITABLE (73) */
  override open({ subarray }: RunDescription): Promise<void> {
    const { outputPath, overwrite } = this.traits;
    this.context.logger.info(`${subarray.nTels} telescopes`);
    // The file is temporary until it is published, and removed if the run fails.
    this.#sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    this.#append(COLUMNS);
    return Promise.resolve();
  }

  override write({ index, dl2 }: ArrayEvent): Promise<void> {
    const { obsId, eventId } = index;
    for (const [name, { isValid, alt, az, coreX, coreY }] of dl2.stereo.geometry) {
      const values = [obsId, eventId, name, isValid, degrees(alt), degrees(az), coreX, coreY];
      this.#append(`${values.join(',')}\n`);
    }
    return Promise.resolve();
  }

  override async finish(): Promise<void> {
    await this.#sink?.publish();
    this.context.service(PROVENANCE).addOutput({ url: this.traits.outputPath, role: 'DL2/Event' });
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#sink?.discard();
  }

  #append(text: string): void {
    this.#sink?.append(new TextEncoder().encode(text));
  }
}
