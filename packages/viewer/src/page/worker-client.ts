import { unpackText } from '@cherenkit/io';
import type { CallName, RequestMessage, ViewerCalls, ViewerError, WorkerMessage } from '../protocol.js';

/** Messages of the worker that answer no call. */
export type WorkerNotice = Extract<WorkerMessage, { kind: 'progress' | 'rows' }>;

/** An error of the worker. */
export class WorkerFailure extends Error {
  readonly code: string | undefined;

  constructor({ code, message }: ViewerError) {
    super(message);
    this.code = code;
  }
}

/** A newer call of the same name came before. */
export class Superseded extends Error {}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Calls the worker of the page. */
export class WorkerClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  /** Calls of which one is under way, and the newest that came meanwhile. */
  readonly #latest = new Map<CallName, ((isTurn: boolean) => void) | undefined>();
  #count = 0;
  #isTerminated = false;
  #failure: WorkerFailure | undefined;

  /** @param script - code of the worker */
  constructor(script: string, onNotice: (notice: WorkerNotice) => void) {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#worker = new Worker(address);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'ready') return URL.revokeObjectURL(address);
      // Messages that the worker had sent before arrive afterwards.
      if (this.#isTerminated) return;
      if (data.kind === 'progress' || data.kind === 'rows') return onNotice(data);
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.kind === 'result') waiting?.resolve(data.result as never);
      else waiting?.reject(data.kind === 'error' ? new WorkerFailure(data.error) : new Superseded());
    });
    this.#worker.addEventListener('error', ({ message }) => {
      this.#failure = new WorkerFailure({ code: undefined, message: `The worker failed: ${message}` });
      for (const { reject } of this.#waiting.values()) reject(this.#failure);
      this.#waiting.clear();
    });
  }

  call<Name extends CallName>(
    call: Name,
    parameters: ViewerCalls[Name]['parameters'],
  ): Promise<ViewerCalls[Name]['result']> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, parameters } satisfies RequestMessage<Name>);
    });
  }

  /** Calls once the call of the same name before is answered; if another one comes in the meantime, only that one is sent. */
  async callLatest<Name extends CallName>(
    call: Name,
    parameters: ViewerCalls[Name]['parameters'],
  ): Promise<ViewerCalls[Name]['result']> {
    if (!this.#latest.has(call)) {
      this.#latest.set(call, undefined);
    } else {
      const isTurn = await new Promise<boolean>((resolve) => {
        this.#latest.get(call)?.(false);
        this.#latest.set(call, resolve);
      });
      if (!isTurn) throw new Superseded();
    }
    try {
      return await this.call(call, parameters);
    } finally {
      const next = this.#latest.get(call);
      if (next) {
        this.#latest.set(call, undefined);
        next(true);
      } else {
        this.#latest.delete(call);
      }
    }
  }

  terminate(): void {
    this.#isTerminated = true;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Superseded());
    this.#waiting.clear();
  }
}

/** Code of a worker that is in the page as compressed text. */
export async function embeddedScript(id: string): Promise<string> {
  // It is behind the script of the page.
  if (document.readyState === 'loading') {
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  }
  const text = document.getElementById(id)?.textContent ?? '';
  return unpackText(text.trim());
}
