import type { ByteSource } from '@cherenkit/io';
import { NO_EVENTS_REMEDY, ZfitsError } from '../container/zfits-error.js';
import { ZfitsFile } from '../container/zfits-file.js';
import type { ZfitsTable } from '../container/zfits-table.js';
import { readMessages, type ReadMessagesOptions } from '../messages/read-messages.js';
import type { MessageFields, MessageOf, MessageType } from '../messages/message-type.js';
import { baseName, type StreamFiles } from './multi-files.js';

/** Options of {@link EventStream}. */
export interface EventStreamOptions {
  /** Called when a file is opened. */
  readonly onFile: (source: ByteSource) => void;
  /** Called for a file that ends too early, whose events before are kept. Undefined: the error is thrown. */
  readonly onTruncated: ((error: ZfitsError) => void) | undefined;
}

/** The events of the files of one stream, in order. A file is opened when its first event is read, and closed after its last. */
export class EventStream<F extends MessageFields> implements AsyncDisposable {
  readonly #events: AsyncGenerator<MessageOf<F>, void, undefined>;

  /**
   * @param input - the input of the run, which is one of the files and is not closed
   * @param reading - name of the table (default: Events), the fields to decode (default: all), and a check of each file besides the
   *   input, which throws if it is not of the same run
   */
  constructor(
    private readonly input: ByteSource,
    files: StreamFiles,
    private readonly type: MessageType<F>,
    private readonly options: EventStreamOptions,
    private readonly reading: {
      readonly table?: string;
      readonly fields?: ReadMessagesOptions<F>['fields'];
      readonly check?: (file: ZfitsFile) => Promise<void>;
    } = {},
  ) {
    this.#events = this.#read(files);
  }

  /** The next event; undefined after the last one. */
  async next(): Promise<MessageOf<F> | undefined> {
    const next = await this.#events.next();
    return next.done ? undefined : next.value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#events.return();
  }

  async *#read(files: StreamFiles): AsyncGenerator<MessageOf<F>, void, undefined> {
    for (const file of files) {
      const isInput = baseName(file) === baseName(this.input.name);
      const source = isInput ? this.input : await this.input.folder?.open(file);
      if (source === undefined) continue;
      try {
        this.options.onFile(source);
        const { table = 'Events', fields, check } = this.reading;
        const opened = await ZfitsFile.open(source);
        const events = requiredTable(opened, table);
        if (!isInput) await check?.(opened);
        yield* readMessages(events, this.type, { fields });
      } catch (error) {
        const { onTruncated } = this.options;
        if (!(error instanceof ZfitsError && error.isRecoverable && onTruncated)) throw error;
        onTruncated(error);
      } finally {
        if (!isInput) await source[Symbol.asyncDispose]();
      }
    }
  }
}

/** A stream with the event that it yields next. */
interface StreamHead<E> {
  readonly stream: { next(): Promise<E | undefined> };
  event: E;
}

/** Number of files of a sequence that are written in parallel, so that their first events may be in another order. */
const N_PARALLEL = 4;

/** Options of {@link mergedEvents}. */
export interface MergeOptions {
  /**
   * Whether the streams are in the order of their first events, up to those that are written in parallel, for long sequences of
   * files: a stream is then opened when its first event may be the next one. Otherwise, all are opened at once.
   */
  readonly isSequence?: boolean;
}

/** Yields the events of several streams, the one with the smallest id first. */
export async function* mergedEvents<E extends { readonly eventId: bigint }>(
  streams: readonly { next(): Promise<E | undefined> }[],
  { isSequence = false }: MergeOptions = {},
): AsyncGenerator<E, void, undefined> {
  const heads: StreamHead<E>[] = [];
  let nOpened = 0;
  /** First ids of the streams that were opened last. */
  const lastFirsts = new Array<bigint>(N_PARALLEL).fill(-1n);
  const isNextDue = (head: StreamHead<E> | undefined): boolean =>
    !isSequence || head === undefined || lastFirsts.some((id) => id <= head.event.eventId);
  for (;;) {
    let first = earliest(heads);
    while (nOpened < streams.length && isNextDue(first)) {
      const stream = streams[nOpened++];
      const event = await stream.next();
      if (event === undefined) continue;
      heads.push({ stream, event });
      lastFirsts.shift();
      lastFirsts.push(event.eventId);
      first = earliest(heads);
    }
    if (first === undefined) return;
    yield first.event;
    const next = await first.stream.next();
    if (next === undefined) heads.splice(heads.indexOf(first), 1);
    else first.event = next;
  }
}

/** The head with the smallest id; of equal ones, the first. */
function earliest<E extends { readonly eventId: bigint }>(heads: readonly StreamHead<E>[]): StreamHead<E> | undefined {
  let first: StreamHead<E> | undefined;
  for (const head of heads) if (first === undefined || head.event.eventId < first.event.eventId) first = head;
  return first;
}

/** @throws ZfitsError ZFITS_NO_TABLE, ZFITS_TRUNCATED (65) */
export function requiredTable(file: ZfitsFile, name: string): ZfitsTable {
  const table = file.table(name);
  if (table !== undefined) return table;
  const names = file.tables.map((each) => each.name).join(', ');
  const place = { file: file.name, table: undefined };
  if (file.truncatedAt !== undefined) {
    const sentence = `the file ends within the table ${file.tables.at(-1)?.name}, expected a table ${name} behind it`;
    throw new ZfitsError('ZFITS_TRUNCATED', place, file.truncatedAt, sentence, { remedy: NO_EVENTS_REMEDY });
  }
  throw new ZfitsError('ZFITS_NO_TABLE', place, 0, `expected a table ${name}, found ${names}`);
}
