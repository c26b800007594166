import type { ComponentFailure } from '@cherenkit/core';

/** What came of a run over one input. */
export interface ProcessSummary {
  /** Where the output lies. */
  readonly outputPath: string;
  readonly outputBytes: number;
  /** Array events written. */
  readonly events: number;
  /** Telescope events in them. */
  readonly telescopeEvents: number;
  /** For each reconstructor, by the name of its class, how many of the events it gave a valid geometry. */
  readonly reconstructed: Readonly<Record<string, number>>;
  /** For each reconstructor and reason, `HillasReconstructor: ...`, how many of the events it gave no valid geometry. */
  readonly notReconstructed: Readonly<Record<string, number>>;
  /**
   * For each part, component and reason, `images, ImageQualityQuery: at_least_2_pixels`, how many were dropped: events that are
   * not written, telescope events that were taken out of events, and images that had no part in what came next.
   */
  readonly dropped: Readonly<Record<string, number>>;
  /** For each reason, in words, how many telescope events the source left out. */
  readonly skipped: Readonly<Record<string, number>>;
  /** The components that failed for some events, each with its plugin, how often, and the first reason. */
  readonly failed: readonly ComponentFailure[];
  /** The input ended before its end, and the run was allowed to keep what came before. */
  readonly truncated: boolean;
  /** From the first byte read to the output in its place. */
  readonly seconds: number;
}

/** How far a run has come. */
export interface ProcessProgress {
  /** Bytes of the input, as stored, that have been read; undefined for a source without bytes. */
  readonly bytesRead: number | undefined;
  /** Bytes of the input in all; undefined where nobody can tell. */
  readonly bytesTotal: number | undefined;
  /** Array events processed. */
  readonly events: number;
  /** After how many events the run ends if the input has as many; undefined for all. */
  readonly maxEvents: number | undefined;
}
