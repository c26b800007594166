import { CherenkitError, ExitCode } from '@cherenkit/core';
import { stageForWorker, startWorker } from '#hdf5-host';
import type { AttributeContent, FileAccess, NodeKind } from '../file-access.js';
import type { DatasetLayout } from '../dataset-layout.js';
import { corruptFile, inputClosed, libraryAborted } from '../h5wasm/hdf5-library.js';
import type { Hdf5Source } from '../hdf5-source.js';
import type { StartedWorker, WorkerError, WorkerRequest, WorkerResponse, WorkerSource } from './worker-messages.js';

/** A file opened by the library in a worker. */
export interface OpenedInWorker {
  readonly name: string;
  readonly size: number;
  readonly access: FileAccess;
}

let shared: LibraryWorker | undefined;
let nOpened = 0;

/**
 * Opens a file by the library in a worker, which all files of this thread share. If the library aborts on a file, its
 * worker ends with the files that are open in it, and the next file is opened in a new one. The same happens if a request
 * takes longer than the timeout: on some damaged files the library does not return.
 *
 * @param timeout - ms
 */
export async function openInWorker(source: Hdf5Source, timeout: number): Promise<OpenedInWorker> {
  const { name, given, opened, release } = await stageForWorker(source);
  if (shared?.hasEnded !== false) shared = new LibraryWorker(startWorker());
  const access = new WorkerAccess(shared, nOpened++, name, timeout, release);
  try {
    const { size } = await access.open(given);
    opened();
    return { name, size, access };
  } catch (error) {
    release();
    throw error;
  }
}

/** A request that has not been answered. */
interface Waiting {
  readonly timeout: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Requests to the library in a worker, which answers them in their order. */
class LibraryWorker {
  readonly #worker: StartedWorker;
  readonly #waiting = new Map<number, Waiting>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nRequests = 0;
  #hasAnswered = false;
  hasEnded = false;

  constructor(worker: StartedWorker) {
    this.#worker = worker;
    worker.keepAlive(false);
    worker.onMessage((message) => this.#receive(message as WorkerResponse));
    worker.onEnd((reason) => this.#end(this.#hasAnswered ? new WorkerEnded() : new WorkerNotStarted(reason)));
  }

  /** @throws WorkerEnded, WorkerNotStarted, RequestTimeout, and what the library throws */
  async request(request: Omit<WorkerRequest, 'id'>, timeout: number): Promise<unknown> {
    if (this.hasEnded) throw new WorkerEnded();
    const id = this.#nRequests++;
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { timeout, resolve, reject }));
    this.#worker.send({ id, ...request } satisfies WorkerRequest);
    if (this.#waiting.size === 1) this.#await();
    return await answered;
  }

  /** Waits for the answer to the oldest request. */
  #await(): void {
    clearTimeout(this.#timer);
    const [oldest] = this.#waiting.values();
    this.#worker.keepAlive(oldest !== undefined);
    if (!oldest) return;
    this.#timer = setTimeout(() => {
      oldest.reject(new RequestTimeout());
      this.#end();
    }, oldest.timeout);
  }

  #receive({ id, result, error, hasAborted }: WorkerResponse): void {
    this.#hasAnswered = true;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(errorFrom(error));
    else waiting?.resolve(result);
    if (hasAborted) this.#end();
    else this.#await();
  }

  #end(error = new WorkerEnded()): void {
    this.hasEnded = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#worker.terminate();
  }
}

/** The worker has ended, since the library aborted on a file. */
class WorkerEnded extends Error {}
/** The worker has ended without an answer; the message is the reason, if known. */
class WorkerNotStarted extends Error {}
/** The library did not return in time. */
class RequestTimeout extends Error {}

class WorkerAccess implements FileAccess {
  readonly #worker: LibraryWorker;
  readonly #file: number;
  readonly #name: string;
  readonly #timeout: number;
  readonly #release: () => void;
  #isClosed = false;

  constructor(worker: LibraryWorker, file: number, name: string, timeout: number, release: () => void) {
    this.#worker = worker;
    this.#file = file;
    this.#name = name;
    this.#timeout = timeout;
    this.#release = release;
  }

  open(source: WorkerSource): Promise<{ readonly size: number }> {
    return this.#request('open', source);
  }

  nodes(place: string): Promise<ReadonlyMap<string, NodeKind>> {
    return this.#request('nodes', place);
  }

  kindOf(path: string): Promise<NodeKind | undefined> {
    return this.#request('kindOf', path);
  }

  attributes(path: string, wanted?: RegExp): Promise<ReadonlyMap<string, AttributeContent>> {
    return this.#request('attributes', path, wanted);
  }

  brokenLinks(): Promise<ReadonlyMap<string, string>> {
    return this.#request('brokenLinks');
  }

  layout(path: string): Promise<DatasetLayout> {
    return this.#request('layout', path);
  }

  read(path: string, start: readonly number[], count: readonly number[], elementBytes?: number): Promise<Uint8Array> {
    return this.#request('read', path, start, count, elementBytes);
  }

  async convert<T>(
    path: string,
    start: readonly number[],
    count: readonly number[],
    elementBytes: number,
    convert: (bytes: Uint8Array) => T,
  ): Promise<T> {
    return convert(await this.read(path, start, count, elementBytes));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    try {
      if (!this.#worker.hasEnded) await this.#request('close');
    } finally {
      this.#isClosed = true;
      this.#release();
    }
  }

  async #request<T>(method: WorkerRequest['method'], ...parameters: readonly unknown[]): Promise<T> {
    if (this.#isClosed) throw inputClosed(this.#name);
    try {
      return (await this.#worker.request({ file: this.#file, method, parameters }, this.#timeout)) as T;
    } catch (error) {
      if (error instanceof WorkerNotStarted) throw workerMissing(this.#name, error.message);
      if (error instanceof WorkerEnded) throw libraryAborted(this.#name, 'a file in the same worker');
      if (!(error instanceof RequestTimeout)) throw error;
      throw corruptFile(this.#name, `the HDF5 library did not return within ${this.#timeout / 1000} s`);
    }
  }
}

/** Error HDF5_LIBRARY_MISSING (66). */
function workerMissing(file: string, reason: string): CherenkitError {
  const message =
    `Cannot read ${file}: the worker dist/hdf5-worker.js of @cherenkit/plugin-hdf5 did not start${reason && `, ${reason}`}. ` +
    'Install the package again, or let the bundler of the page include the worker: see "HDF5 files in a browser" in docs/scripts.md.';
  return new CherenkitError('HDF5_LIBRARY_MISSING', ExitCode.NO_INPUT, message);
}

function errorFrom({ name, message, code, exitCode }: WorkerError): Error {
  if (code !== undefined) return new CherenkitError(code, exitCode ?? ExitCode.BAD_INPUT, message);
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}
