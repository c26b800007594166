import type { ExitCode } from '@cherenkit/core';
import type { FileAccess } from '../file-access.js';
import type { StagedFile } from '../h5wasm/h5wasm-file.js';
import type { Hdf5Source } from '../hdf5-source.js';

/** File that the worker opens: one that is staged already, or a source. */
export type WorkerSource =
  { readonly staged: Pick<StagedFile, 'name' | 'path' | 'size'> } | { readonly source: Hdf5Source };

/** File made available to the worker; see {@link StagedFile}. */
export interface StagedForWorker extends Pick<StagedFile, 'name' | 'opened' | 'release'> {
  readonly given: WorkerSource;
}

/** Request to the worker: to open a file, or to call a method of an open one. */
export interface WorkerRequest {
  readonly id: number;
  /** Number of the open file, chosen by the client. */
  readonly file: number;
  readonly method: 'open' | Exclude<keyof FileAccess, 'convert'>;
  readonly parameters: readonly unknown[];
}

/** Response to a request: a result or an error. */
export interface WorkerResponse {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: WorkerError;
  /** Whether the library has aborted, so that the worker is of no further use. */
  readonly hasAborted: boolean;
}

/** Error of the worker; `code` and `exitCode` are those of a CherenkitError. */
export interface WorkerError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly exitCode?: ExitCode;
}

/** Connection to a thread. */
export interface WorkerPort {
  send(message: unknown, transfer?: readonly ArrayBufferLike[]): void;
  onMessage(receive: (message: unknown) => void): void;
}

/** A worker, seen from the thread that started it. */
export interface StartedWorker extends WorkerPort {
  /** Called when the worker ends, because it failed or was terminated, with the reason if known. */
  onEnd(ended: (reason?: string) => void): void;
  /** Whether the worker keeps the process running. */
  keepAlive(isNeeded: boolean): void;
  terminate(): void;
}
