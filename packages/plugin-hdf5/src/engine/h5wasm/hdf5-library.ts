import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { H5wasmModule } from './h5wasm-module.js';

/** Longest error output that is kept of one call. */
const MAX_ERROR_TEXT = 2 ** 16;
/** A line of the error stack that HDF5 prints, innermost function last. */
const ERROR_LINE = /\bin (\w+)\(\): (.+)/g;
/** Functions that search for filters; their messages are about folders of the machine that built the library. */
const PLUGIN_SEARCH = /^H5PL/;

/** Lets the library write to an address. Returns its status. */
export type ReadWork = (module: H5wasmModule, address: bigint) => number;
/** Makes a result from the bytes at an address; they are valid only during the call. */
export type ReadConversion<T> = (bytes: Uint8Array, module: H5wasmModule, address: bigint) => T;

/** Bytes of an open file. */
export interface OpenBytes {
  /** Reads bytes; fewer at the end of the file. */
  readonly read: (position: number, length: number) => Uint8Array;
  readonly close: () => void;
}

/**
 * The HDF5 library, compiled to WebAssembly: one per thread.
 *
 * HDF5 prints its error stack to its standard error stream. It is captured here, since the alternative, exceptions
 * thrown by its error handler, would leave memory and file descriptors behind. If the library aborts, its memory is in an
 * unknown state, so that all later calls are refused.
 */
export class Hdf5Library {
  readonly #module: H5wasmModule;
  #errorText = '';
  #abortedOn: string | undefined;

  /** @param filterFolder - folder with filters, in the file system of the module */
  constructor(module: H5wasmModule, filterFolder: string) {
    this.#module = module;
    captureStandardError(module, (text) => {
      if (this.#errorText.length < MAX_ERROR_TEXT) this.#errorText += text;
    });
    module.onAbort = (reason) => {
      throw new WebAssembly.RuntimeError(`aborted: ${String(reason)}`);
    };
    // Filters of other folders would be for the processor of the machine, not for WebAssembly.
    while (module.get_plugin_search_paths().length > 0) module.remove_plugin_search_path(0);
    module.insert_plugin_search_path(filterFolder, 0);
  }

  /** Whether the library has aborted; it refuses all calls then. */
  get hasAborted(): boolean {
    return this.#abortedOn !== undefined;
  }

  /**
   * Calls the library for a file.
   *
   * @param doing - what is done, for messages: `reading /dl1/event/subarray/trigger`
   * @param work - throws if HDF5 fails, see {@link succeeded}; any error that HDF5 prints is a failure as well
   * @param ignoresErrors - for questions whose answer HDF5 prints as an error: whether an object exists
   * @throws CherenkitError HDF5_CORRUPT (65) with the reason that HDF5 gives; HDF5_LIBRARY_ABORTED (65)
   */
  call<T>(file: string, doing: string, work: (module: H5wasmModule) => T, ignoresErrors = false): T {
    if (this.#abortedOn !== undefined) throw libraryAborted(file, this.#abortedOn);
    this.#errorText = '';
    try {
      const result = work(this.#module);
      // Functions of h5wasm that list names ignore failures of HDF5 and return what they have.
      if (this.#errorText === '' || ignoresErrors) return result;
    } catch (error) {
      if (CherenkitError.is(error)) throw error;
      if (isAbort(error)) {
        this.#abortedOn = file;
        throw corruptFile(file, `the HDF5 library aborted while ${doing}`, { cause: shortened(error) });
      }
      throw failure(file, doing, this.#reason() ?? shortened(error).message);
    }
    throw failure(file, doing, this.#reason() ?? 'unknown reason');
  }

  /** Result of a part of a call; undefined if HDF5 prints an error in it, which is no failure of the call then. */
  attempt<T>(work: () => T): T | undefined {
    const before = this.#errorText;
    const result = work();
    if (this.#errorText === before) return result;
    this.#errorText = before;
    return undefined;
  }

  /** Reads bytes that a call of the library writes to memory. The memory is freed. */
  read<T>(file: string, doing: string, bytes: number, work: ReadWork, convert: ReadConversion<T>): T {
    return this.call(file, doing, (module) => {
      const address = module._malloc(Math.max(bytes, 1)) >>> 0;
      if (address === 0) throw new Error(`the HDF5 library has no memory for ${bytes} bytes`);
      try {
        succeeded(work(module, BigInt(address)));
        return convert(module.HEAPU8.subarray(address, address + bytes), module, BigInt(address));
      } finally {
        // An aborted library refuses this call; the first error is the one to report.
        try {
          module._free(address);
        } catch {
          // The memory is lost with the library.
        }
      }
    });
  }

  /**
   * Opens a file in the file system of the library, to read its bytes without the library.
   *
   * @returns undefined if it cannot be opened, as temporary files that were removed
   */
  openBytes(path: string): OpenBytes | undefined {
    const { FS } = this.#module;
    try {
      const stream = FS.open(path, 'r');
      const read = (position: number, length: number): Uint8Array => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, FS.read(stream, bytes, 0, length, position));
      };
      return { read, close: () => FS.close(stream) };
    } catch {
      return undefined;
    }
  }

  /** The innermost reason in the error output of the latest call. */
  #reason(): string | undefined {
    const lines = [...this.#errorText.matchAll(ERROR_LINE)];
    return lines.filter(([, name = '']) => !PLUGIN_SEARCH.test(name)).at(-1)?.[2];
  }
}

/** Checks the status of a call, or the identifier that it returns. @throws Error if it is negative, the sign of a failure */
export function succeeded<Status extends number | bigint>(status: Status): Status {
  if (status < 0) throw new Error('unknown reason');
  return status;
}

/** Lets a function receive what the module writes to its standard error stream. */
function captureStandardError({ FS }: H5wasmModule, receive: (text: string) => void): void {
  const latin1 = new TextDecoder('latin1');
  const write = (_: unknown, memory: Int8Array, offset: number, length: number): number => {
    receive(latin1.decode(new Uint8Array(memory.buffer, memory.byteOffset + offset, length)));
    return length;
  };
  // A character device that can be written, in the terms of a POSIX file system.
  Object.assign(FS.streams[2], { stream_ops: { write }, node: { mode: 0o20666 }, flags: 1, seekable: false });
}

/** Whether the library is in an unknown state after an error: an abort, a trap, or an overflow of the stack. */
function isAbort(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError || !(error instanceof Error);
}

/** Without the stack, since Node prints the source line of h5wasm, which is 4 MB long. */
function shortened(error: unknown): Error {
  const short = new Error((error instanceof Error ? error.message : String(error)).slice(0, 500));
  delete short.stack;
  return short;
}

/** Error HDF5_CORRUPT (65). */
export function corruptFile(file: string, found: string, options?: ErrorOptions): CherenkitError {
  const message = `${file} is a corrupt HDF5 file: ${found}. Create it again or fetch another copy.`;
  return new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message, options);
}

/** Error HDF5_UNSUPPORTED (65). */
export function unsupportedInFile(file: string, feature: string, remedy: string): CherenkitError {
  const message = `${file} uses an unsupported feature of HDF5: ${feature}. ${remedy}`;
  return new CherenkitError('HDF5_UNSUPPORTED', ExitCode.BAD_INPUT, message);
}

const TRUNCATED = /^truncated file: eof = (\d+), .*stored_eof = (\d+)/;

/** Error HDF5_CORRUPT (65) for a reason of the library. */
function failure(file: string, doing: string, reason: string): CherenkitError {
  if (reason === 'file signature not found') {
    const message = `${file} is not an HDF5 file: expected its signature at byte 0.`;
    return new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message);
  }
  const [, found, expected] = TRUNCATED.exec(reason) ?? [];
  if (expected !== undefined) return corruptFile(file, `it is truncated, expected ${expected} bytes, found ${found}`);
  if (reason === 'filter returned failure during read') {
    return corruptFile(file, `${doing} failed: a chunk has a wrong checksum or cannot be decompressed`);
  }
  return corruptFile(file, `${doing} failed: ${reason}`);
}

/** Error HDF5_LIBRARY_ABORTED (65). */
export function libraryAborted(file: string, abortedOn: string): CherenkitError {
  const message = `Cannot read ${file}: the HDF5 library aborted on ${abortedOn}. Remove that file and run again, or open files in a worker.`;
  return new CherenkitError('HDF5_LIBRARY_ABORTED', ExitCode.BAD_INPUT, message);
}

/** Error INPUT_CLOSED (2). */
export function inputClosed(file: string): CherenkitError {
  const message = `${file} is closed. Read from it before it is closed, as at the end of an "await using" block, or open it again.`;
  return new CherenkitError('INPUT_CLOSED', ExitCode.USAGE, message);
}
