import { createSink, type ByteSink } from '@cherenkit/io';
import { serviceToken } from './service.js';

/**
 * Creates the output files of a run. The command `cherenkit` makes them visible at the end of the run, after everything
 * else that may fail; in scripts, a file is visible as soon as its sink is published.
 */
export interface OutputFiles {
  /**
   * Opens a file for writing.
   *
   * @throws CherenkitError OUTPUT_EXISTS (2) without `overwrite`, OUTPUT_DIRECTORY_MISSING or OUTPUT_NOT_WRITABLE (73)
   */
  create(path: string, options: { readonly overwrite: boolean }): ByteSink;
}

/** The output files of the run. */
export const OUTPUT_FILES = serviceToken<OutputFiles>('cherenkit.OutputFiles');

/** Default service: files that are visible once published. */
export const IMMEDIATE_OUTPUT_FILES: OutputFiles = { create: createSink };
