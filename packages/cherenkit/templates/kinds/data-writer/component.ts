import { existsSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import {
  CherenkitError,
  DataWriter,
  ExitCode,
  PROVENANCE,
  type ArrayEvent,
  type RunDescription,
} from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';

const COLUMNS = 'obs_id,event_id,reconstructor,is_valid,alt_deg,az_deg,core_x_m,core_y_m\n';

/** Writes reconstructed showers as CSV: one line per event and reconstructor. Image parameters are not written. */
export class TemplateComponent extends DataWriter {
  static override readonly help = 'Writes reconstructed showers as CSV.';

  #file: FileHandle | undefined;

  /** Temporary file, renamed to the output when it is complete. */
  get #temporaryPath(): string {
    return `${this.traits.outputPath}.${process.pid}.part`;
  }

  /** @throws CherenkitError if the output exists (exit code 2) or cannot be created (exit code 73) */
  override async open({ subarray }: RunDescription): Promise<void> {
    const { outputPath, overwrite } = this.traits;
    if (!overwrite && existsSync(outputPath)) {
      const message = `${outputPath} exists; choose another --output, or give --overwrite.`;
      throw new CherenkitError('TEMPLATE_OUTPUT_EXISTS', ExitCode.USAGE, message);
    }
    this.context.logger.info(`${subarray.nTels} telescopes`);
    try {
      this.#file = await open(this.#temporaryPath, 'w');
    } catch (cause) {
      const message = `Cannot write ${outputPath}; choose another --output.`;
      throw new CherenkitError('TEMPLATE_OUTPUT_UNWRITABLE', ExitCode.CANNOT_CREATE, message, { cause });
    }
    await this.#file.write(COLUMNS);
  }

  override async write({ index, dl2 }: ArrayEvent): Promise<void> {
    const { obsId, eventId } = index;
    for (const [name, { isValid, alt, az, coreX, coreY }] of dl2.stereo.geometry) {
      const values = [obsId, eventId, name, isValid, degrees(alt), degrees(az), coreX, coreY];
      await this.#file?.write(`${values.join(',')}\n`);
    }
  }

  override async finish(): Promise<void> {
    const { outputPath } = this.traits;
    await this.#file?.close();
    this.#file = undefined;
    await rename(this.#temporaryPath, outputPath);
    this.context.service(PROVENANCE).addOutput({ url: outputPath, role: 'DL2/Event' });
  }

  /** Removes the temporary file if `finish` was not called. */
  override async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#file) return;
    await this.#file.close();
    this.#file = undefined;
    await rm(this.#temporaryPath, { force: true });
  }
}
