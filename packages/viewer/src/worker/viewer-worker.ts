import { CherenkitError, installedPlugin, PluginRegistry, type Plugin } from '@cherenkit/core';
import type {
  CallName,
  Config,
  EventRow,
  RequestMessage,
  ViewerCalls,
  ViewerError,
  WorkerMessage,
} from '../protocol.js';
import { parseConfig, ViewerSession } from './viewer-session.js';

/** The part of `DedicatedWorkerGlobalScope` that is used. */
interface WorkerScope {
  postMessage(message: WorkerMessage): void;
  addEventListener(type: 'message', listener: (event: { readonly data: RequestMessage }) => void): void;
}

/** Time between two messages with listed events, ms. */
const ROWS_INTERVAL = 150;
/** Time between two messages about the events that are read, ms. */
const PROGRESS_INTERVAL = 100;
/** Time after the last change of the settings until events are listed with them, ms: while a slider moves, they are not. */
const LISTING_DELAY = 300;

class Superseded extends Error {}

/** Answers the messages of the page, one after the other. While there is none, the next event is prepared, and events are listed. */
export class ViewerWorker {
  readonly #plugins: PluginRegistry;
  readonly #waiting: RequestMessage[] = [];
  #session: ViewerSession | undefined;
  #listing: Listing | undefined;
  #wake: () => void = () => undefined;
  #shown = 0;
  #prefetched = -1;

  constructor(
    private readonly scope: WorkerScope,
    plugins: readonly Plugin[],
  ) {
    this.#plugins = new PluginRegistry(plugins.map((plugin) => installedPlugin(plugin)));
    scope.addEventListener('message', ({ data }) => {
      this.#waiting.push(data);
      this.#wake();
    });
    scope.postMessage({ kind: 'ready' });
    void this.#serve();
  }

  async #serve(): Promise<never> {
    for (;;) {
      const request = this.#waiting.shift();
      if (request) await this.#answer(request);
      else await this.#rest(await this.#workAhead());
      // Messages that came in the meantime are received.
      await nextTask();
    }
  }

  /** Waits for a message, or for a time, ms; not at all for 0. */
  async #rest(time: number): Promise<void> {
    if (time === 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (time < Infinity) setTimeout(resolve, time);
    });
  }

  async #answer(request: RequestMessage): Promise<void> {
    const { id } = request;
    try {
      if (this.#isSuperseded(request)) throw new Superseded();
      this.scope.postMessage({ kind: 'result', id, result: await this.#call(request) });
    } catch (error) {
      if (error instanceof Superseded) this.scope.postMessage({ kind: 'superseded', id });
      else this.scope.postMessage({ kind: 'error', id, error: asMessage(error) });
    }
  }

  #call({ call, parameters }: RequestMessage): Promise<unknown> {
    const calls: { [Name in CallName]: (given: ViewerCalls[Name]['parameters']) => Promise<unknown> } = {
      open: async (given) => {
        await this.#session?.[Symbol.asyncDispose]();
        this.#session = this.#listing = undefined;
        this.#prefetched = -1;
        this.#session = await ViewerSession.open(given, this.#plugins);
        return await this.#session.describe();
      },
      configure: (given) => this.#open.configure(given.config),
      parse: parseConfig,
      event: async (given) => {
        const result = await this.#open.view(given, { onRead: this.#onRead });
        this.#shown = result.index;
        const { config, without } = given;
        const key = JSON.stringify([config, without]);
        if (this.#listing?.key !== key) {
          const generation = (this.#listing?.generation ?? 0) + 1;
          const begin = this.#listing ? performance.now() + LISTING_DELAY : 0;
          this.#listing = { key, config, without, generation, begin, next: 0, rows: [] };
        }
        return result;
      },
      waveforms: (given) => this.#open.waveforms(given),
      pixels: (given) => this.#open.pixels(given),
    };
    return (calls[call] as (given: unknown) => Promise<unknown>)(parameters);
  }

  /** Prepares the next event, or lists some events. Returns the time until there is something else to do, ms. */
  async #workAhead(): Promise<number> {
    const [session, listing] = [this.#session, this.#listing];
    if (!session || !listing) return Infinity;
    if (this.#prefetched !== this.#shown) {
      this.#prefetched = this.#shown;
      await session.prepare(this.#shown + 1, listing.config, listing.without).catch(() => undefined);
      return 0;
    }
    if (listing.isComplete) return Infinity;
    const start = performance.now();
    if (start < listing.begin) return listing.begin - start;
    let problem: ViewerError | undefined;
    try {
      do {
        const row = await session.row(listing.next, listing.config, listing.without, { onRead: this.#giveWay });
        if (row) listing.rows.push(row);
        listing.next++;
        listing.isComplete = row === undefined;
        await nextTask();
      } while (!listing.isComplete && this.#waiting.length === 0 && performance.now() - start < ROWS_INTERVAL);
    } catch (error) {
      // A message came while events before the next one were read again; the next call goes on with them.
      if (error instanceof Superseded) return 0;
      listing.isComplete = true;
      problem = asMessage(error);
    }
    const { generation, rows, isComplete = false } = listing;
    const { warnings } = session;
    this.scope.postMessage({ kind: 'rows', generation, rows: rows.splice(0), isComplete, warnings, problem });
    return 0;
  }

  #lastProgress = 0;

  readonly #onRead = async (nRead: number): Promise<void> => {
    const now = performance.now();
    if (now - this.#lastProgress > PROGRESS_INTERVAL) {
      this.#lastProgress = now;
      this.scope.postMessage({ kind: 'progress', fraction: this.#session?.store.fraction, nRead });
    }
    await nextTask();
    if (this.#waiting.some(({ call }) => call === 'event' || call === 'open')) throw new Superseded();
  };

  /** Receives messages, and throws if there are any. */
  readonly #giveWay = async (): Promise<void> => {
    await nextTask();
    if (this.#waiting.length > 0) throw new Superseded();
  };

  #isSuperseded({ call }: RequestMessage): boolean {
    return (call === 'event' || call === 'open') && this.#waiting.some((later) => later.call === call);
  }

  get #open(): ViewerSession {
    if (!this.#session) throw new Error('No file is open.');
    return this.#session;
  }
}

/** Events that are being listed with a configuration. */
interface Listing {
  readonly key: string;
  readonly config: Config;
  readonly without: readonly number[];
  readonly generation: number;
  /** Time at which the listing begins, by the clock of the worker, ms. */
  readonly begin: number;
  next: number;
  readonly rows: EventRow[];
  isComplete?: boolean;
}

const CHANNEL = new MessageChannel();
const TASKS: (() => void)[] = [];
CHANNEL.port1.onmessage = () => TASKS.shift()?.();

/** Lets the messages of the page be received. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    TASKS.push(resolve);
    CHANNEL.port2.postMessage(0);
  });
}

function asMessage(error: unknown): ViewerError {
  if (CherenkitError.is(error)) return { code: error.code, message: error.message };
  if (error instanceof DOMException && error.name === 'NotReadableError') {
    return { code: 'FILE_CHANGED', message: 'The file changed, or was removed, after it was opened. Open it again.' };
  }
  // A path in the settings is no address.
  if (error instanceof TypeError && /(parse|valid) URL/i.test(error.message)) {
    const message =
      'The settings name a file that the page cannot read: remove its path, or start cherenkit view FILE -c CONFIGURATION, which serves it.';
    return { code: 'INPUT_MISSING', message };
  }
  // The message of browsers names neither the file nor the reason.
  if (error instanceof TypeError && /fetch/i.test(error.message)) {
    const message = 'The file cannot be read any more: the program that served it has ended, or cannot be reached.';
    return { code: 'INPUT_MISSING', message };
  }
  return { code: undefined, message: error instanceof Error ? error.message : String(error) };
}
