import { OUTPUT_FILES, PROVENANCE, type ComponentContext } from '@cherenkit/core';
import { FitsWriter, fitsSink } from '@cherenkit/plugin-fits';
import type { TableMeta } from '@cherenkit/tables';
import { resultTable, type BinnedResult } from '../responses/binned-result.js';

/** FITS file that a tool writes: whole or absent. */
export class FitsOutput implements AsyncDisposable {
  private constructor(
    readonly path: string,
    readonly writer: FitsWriter,
    /** Keywords of each response: CREATOR and DATE. */
    readonly origin: TableMeta,
    private readonly role: string,
    private readonly context: ComponentContext,
    private readonly discard: () => PromiseLike<void>,
  ) {}

  /**
   * Creates a file. Compressed if its name ends in `.gz`.
   *
   * @param role - for the provenance
   * @throws CherenkitError OUTPUT_EXISTS (2), OUTPUT_DIRECTORY_MISSING or OUTPUT_NOT_WRITABLE (73)
   */
  static create(context: ComponentContext, path: string, overwrite: boolean, role: string): FitsOutput {
    const sink = fitsSink(context.service(OUTPUT_FILES).create(path, { overwrite }), path);
    const { activity } = context.service(PROVENANCE);
    const origin = {
      CREATOR: `cherenkit ${activity?.softwareVersion ?? ''}`.trim(),
      DATE: outputDate(activity?.startTime).toISOString().slice(0, 19),
    };
    return new FitsOutput(path, new FitsWriter(sink), origin, role, context, () => sink[Symbol.asyncDispose]());
  }

  /** Writes a response or a benchmark as a table of one row. */
  write(result: BinnedResult, isResponse: boolean): void {
    const table = resultTable(result);
    const header = isResponse ? { ...this.origin, ...table.meta } : table.meta;
    this.writer.writeTable(table.withMeta({}), { name: result.name, header });
  }

  async publish(): Promise<void> {
    await this.writer.finish();
    this.context.service(PROVENANCE).addOutput({ url: this.path, role: this.role });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.discard();
  }
}

/** Time of an output in UTC: that of SOURCE_DATE_EPOCH if it is set, so that outputs can be reproduced. */
function outputDate(startTime = new Date()): Date {
  const epoch = typeof process === 'undefined' ? undefined : process.env['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d+$/.test(epoch) ? new Date(1000 * Number(epoch)) : startTime;
}
