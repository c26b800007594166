import { Component, trait } from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';
import { NAMING_CONVENTIONS, parseStreamName, type NamingConvention, type StreamName } from './stream-name.js';

/** Streams that the event builder of an LST writes in parallel. */
const LST_STREAMS = ['1', '2', '3', '4'] as const;

/** Files of a stream, in the order of their events. Their paths are relative to the folder of the input. */
export type StreamFiles = readonly string[];

/**
 * Finds the files that belong to an input: a run of a telescope consists of streams, which are written in parallel, and
 * each stream of chunks. Source: `MultiFiles` of ctapipe_io_zfits 0.5 and of ctapipe_io_lst 0.31, with the traits of both.
 */
export class MultiFiles extends Component.withTraits({
  allSourceIds: trait.boolean({
    default: true,
    help: 'DL0: read the files of all data handlers (SDH0001, SDH0002, ...) in parallel.',
  }),
  allChunks: trait.boolean({
    default: true,
    help: 'DL0: read the following chunks as well. NectarCAM: read all files of the run, if the input is the first one.',
  }),
  filenameConvention: trait.oneOf(NAMING_CONVENTIONS, {
    default: 'acada_dpps_icd',
    help: 'DL0: convention of the file names.',
  }),
  ignoreTimestamp: trait.boolean({
    default: true,
    help: 'DL0: files of a run may have different times in their names.',
  }),
  allStreams: trait.boolean({
    default: true,
    help: 'LST: read all streams, if the input is one of stream 1.',
  }),
  allSubruns: trait.boolean({
    default: false,
    help: 'LST: read the following subruns as well.',
  }),
  pureProtobuf: trait.boolean({ default: false, help: 'Has no effect: messages are read without a protobuf library.' }),
  lastSubrun: trait.optional(trait.integer({ minimum: 0, help: 'LST: last subrun to read. Default: all.' })),
}) {
  static override readonly kind: string = 'MultiFiles';
  static override readonly help = 'Finds the streams and chunks of a run.';

  /**
   * The files of each stream of a telescope in a DL0 run, the one of the input first.
   *
   * @param isChosen - whether the user chose the file, and is told that chunks before it are not read
   */
  async dl0Streams(input: ByteSource, isChosen: boolean): Promise<StreamFiles[]> {
    const { allSourceIds, allChunks, filenameConvention } = this.traits;
    const files = await this.#streams(input, filenameConvention, allSourceIds, allChunks ? Infinity : undefined);
    if (allChunks) {
      if (isChosen) this.#warnOfEarlierChunks(input, filenameConvention);
      this.#warnOfShortStreams(files, filenameConvention);
    }
    return files;
  }

  /** Whether all events of a telescope in a DL0 run are read, as far as there are files. */
  get readsDl0Run(): boolean {
    return this.traits.allSourceIds && this.traits.allChunks;
  }

  /** The files of the triggers of a DL0 run. */
  async dl0Triggers(input: ByteSource): Promise<StreamFiles> {
    if (this.traits.allChunks) this.#warnOfEarlierChunks(input, 'triggers');
    const [files = []] = await this.#streams(input, 'triggers', false, this.traits.allChunks ? Infinity : undefined);
    return files;
  }

  /** The first file of a telescope among those of a DL0 run: of its first chunk. A warning names chunks before it. */
  firstDl0File(names: readonly string[]): string | undefined {
    const parsed = names.flatMap((each) => parseStreamName(each, this.traits.filenameConvention) ?? []);
    if (parsed.length === 0) return [...names].sort()[0];
    parsed.sort((a, b) => a.chunk - b.chunk || (a.name < b.name ? -1 : 1));
    const [{ chunk, name, stream }] = parsed;
    if (chunk > 0) this.#warnOfFiles('Chunk', nameRange(0, chunk - 1), `stream ${stream}`);
    return name;
  }

  /** The files of each stream of a run of an LST, the one of the input first. */
  async lstStreams(input: ByteSource): Promise<StreamFiles[]> {
    const { allStreams, allSubruns, lastSubrun = Infinity } = this.traits;
    const stream = parseStreamName(baseName(input.name), 'lst')?.stream;
    const isFirst = stream === '1';
    const readsAll = allStreams && isFirst;
    if (allStreams && stream !== undefined && !isFirst) {
      this.context.logger.warning(
        `Only stream ${stream} is read: the other streams of a run are read with the file of stream 1 as input. If they are not wanted, set MultiFiles.all_streams to false.`,
      );
    }
    const files = await this.#streams(input, 'lst', readsAll, allSubruns && isFirst ? lastSubrun : undefined);
    if (readsAll) this.#warnOfMissingStreams(files);
    if (readsAll && allSubruns) this.#warnOfShortStreams(files, 'lst');
    return files;
  }

  /**
   * The files of a run of a NectarCAM, each as a stream, in the order of their first events: several are written in parallel, and
   * followed by others.
   */
  async nectarCamStreams(input: ByteSource): Promise<StreamFiles[]> {
    const last = this.readsNectarCamRun(input) ? Infinity : undefined;
    const [files = []] = await this.#streams(input, 'nectarcam', false, last);
    return files.map((file) => [file]);
  }

  /** Whether all files of the run of a NectarCAM are read with an input: with its first file. */
  readsNectarCamRun({ name }: ByteSource): boolean {
    return this.traits.allChunks && parseStreamName(baseName(name), 'nectarcam')?.chunk === 0;
  }

  /** @param last - last chunk to read; undefined: only that of the input */
  async #streams(
    { name, folder }: ByteSource,
    convention: NamingConvention,
    allStreams: boolean,
    last: number | undefined,
  ): Promise<StreamFiles[]> {
    const file = baseName(name);
    const own = parseStreamName(file, convention);
    if (own === undefined) {
      this.context.logger.info(`${file} is not named by the convention ${convention}: other streams are not searched.`);
      return [[file]];
    }
    if (folder === undefined) return [[file]];
    const isSameRun = (each: StreamName): boolean =>
      each.run === own.run && (this.traits.ignoreTimestamp || each.timestamp === own.timestamp);
    const names = [...(await folder.list(''))].sort();
    const found = names
      .flatMap((each) => parseStreamName(each, convention) ?? [])
      .filter((each) => isSameRun(each) && (allStreams || each.stream === own.stream))
      .filter(({ chunk }) => chunk >= own.chunk && chunk <= (last ?? own.chunk));
    const streams = new Map<string, Map<number, string>>([[own.stream, new Map([[own.chunk, file]])]]);
    for (const each of found) {
      const chunks = streams.get(each.stream) ?? new Map<number, string>();
      streams.set(each.stream, chunks);
      // Of two files with the same number the later one counts: the other has the last events of the previous run.
      const isOwn = each.stream === own.stream && each.chunk === own.chunk;
      if (!isOwn) chunks.set(each.chunk, each.name);
    }
    return [...streams].map(([stream, chunks]) => {
      const sorted = [...chunks].sort(([a], [b]) => a - b);
      const numbers = sorted.map(([number]) => number);
      this.#warnOfGaps(convention, stream, own.chunk, numbers);
      return sorted.map(([, name]) => name);
    });
  }

  #warnOfMissingStreams(files: readonly StreamFiles[]): void {
    const found = files.map(([first = '']) => parseStreamName(first, 'lst')?.stream);
    const missing = LST_STREAMS.filter((each) => !found.includes(each));
    if (missing.length === 0) return;
    const [streams, verb, their] = missing.length === 1 ? ['Stream', 'is', 'its'] : ['Streams', 'are', 'their'];
    this.context.logger.warning(
      `${streams} ${missing.join(', ')} of this run ${verb} missing in the folder of the input; ${their} events are not read. If there are no others, set MultiFiles.all_streams to false.`,
    );
  }

  /** Warns of an input that is not the first file of its run. */
  #warnOfEarlierChunks({ name }: ByteSource, convention: NamingConvention): void {
    const { chunk = 0 } = parseStreamName(baseName(name), convention) ?? {};
    if (chunk === 0) return;
    const earlier = nameRange(0, chunk - 1);
    const chunks = chunk === 1 ? `chunk ${earlier} before it is` : `chunks ${earlier} before it are`;
    this.context.logger.warning(
      `The input is chunk ${chunk} of its run: ${chunks} not read. Give the file of chunk 0 to read all, or set MultiFiles.all_chunks to false to read this file alone.`,
    );
  }

  /** Warns of streams that end before others: those of a telescope begin new files at about the same time. */
  #warnOfShortStreams(files: readonly StreamFiles[], convention: NamingConvention): void {
    const ends = files.flatMap((each) => parseStreamName(each.at(-1) ?? '', convention) ?? []);
    const last = Math.max(...ends.map(({ chunk }) => chunk));
    for (const { stream, chunk } of ends) {
      if (chunk === last) continue;
      this.#warnOfFiles(nounOf(convention), nameRange(chunk + 1, last), `stream ${stream}, which other streams have,`);
    }
  }

  #warnOfGaps(convention: NamingConvention, stream: string, first: number, numbers: readonly number[]): void {
    const missing = numbers.flatMap((number, i) => {
      const next = i === 0 ? first : numbers[i - 1] + 1;
      return next < number ? nameRange(next, number - 1) : [];
    });
    if (missing.length === 0) return;
    this.#warnOfFiles(nounOf(convention), missing.join(', '), stream === '' ? 'the run' : `stream ${stream}`);
  }

  #warnOfFiles(noun: string, numbers: string, owner: string): void {
    const [files, verb] = /\D/.test(numbers) ? [`${noun}s`, 'are'] : [noun, 'is'];
    this.context.logger.warning(`${files} ${numbers} of ${owner} ${verb} missing; the events are not read.`);
  }
}

/** What the numbered files of a stream are called. */
function nounOf(convention: NamingConvention): string {
  if (convention === 'lst') return 'Subrun';
  return convention === 'nectarcam' ? 'File' : 'Chunk';
}

/** `3`, or `3 to 5`. */
function nameRange(first: number, last: number): string {
  return first === last ? String(first) : `${first} to ${last}`;
}

/** The files of a run besides the input. */
export function filesBeside(input: ByteSource, files: readonly StreamFiles[]): string[] {
  return files.flat().filter((each) => each !== baseName(input.name));
}

/** Name of a file without its folders. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
