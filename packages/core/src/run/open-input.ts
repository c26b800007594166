import { CherenkitError, didYouMean, ExitCode, nameSome } from '@cherenkit/errors';
import { concatenate, decompressed, isStandardInput, openFile, type ByteSource } from '@cherenkit/io';
import type { PluginRegistry } from '../framework/plugin/index.js';
import type { ComponentCatalog } from '../framework/plugin/component-catalog.js';
import type { EventSource } from '../source/index.js';

/** An open input and the event source that reads it. */
export interface Input {
  /** Class of the event source. */
  readonly sourceName: string;
  /** Undefined for a URL without bytes. The caller must dispose it. */
  readonly bytes: ByteSource | undefined;
}

const SHOWN_BYTES = 8;
/** Longer than any magic number. */
const COMPARED_BYTES = 64;
/** Size of the beginning of a file in which texts are searched, bytes. */
const SEARCHED_BYTES = 2 ** 15;

/** Magic numbers of common formats, in hexadecimal, for the message about unknown input. */
const KNOWN_FORMATS: readonly (readonly [magic: string, name: string])[] = [
  ['894844460d0a1a0a', 'HDF5'],
  ['53494d504c45', 'FITS'],
  ['504b0304', 'a ZIP archive'],
  ['425a68', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['25504446', 'PDF'],
];

/** An event source, or a component that draws files, with one of its input signatures. */
interface Candidate {
  readonly id: string;
  readonly scheme?: string;
  readonly magic?: string;
  readonly contains?: readonly string[];
  readonly extension?: string;
}

/**
 * Finds the event source for the scheme of a URL, from manifests alone.
 *
 * @param chosen - event source set in the configuration; others are not considered
 * @returns undefined for a file
 * @throws CherenkitError INPUT_AMBIGUOUS
 */
export function sourceOfScheme(url: string, catalog: ComponentCatalog, chosen?: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  const only = chosen === undefined ? undefined : catalog.idOf(chosen);
  const matching = candidatesIn(catalog).filter(
    (each) => each.scheme !== undefined && each.scheme === scheme && (only === undefined || each.id === only),
  );
  return matching.length > 0 ? requireSingle(matching, url, catalog) : undefined;
}

/** What is needed of the plugins to find the event source of an input. */
type InputPlugins = Pick<PluginRegistry, 'catalog' | 'failureHint' | 'load'>;

/**
 * Opens an input and finds the event source that reads it: by URL scheme, or by the first bytes after decompression and the
 * file name extension. If several sources recognise these, they are asked whether they accept the content.
 *
 * @param input - path, URL or bytes
 * @param chosen - event source set in the configuration
 * @throws CherenkitError INPUT_MISSING, INPUT_EMPTY, INPUT_UNKNOWN, INPUT_AMBIGUOUS
 */
export async function openInput(input: string | ByteSource, plugins: InputPlugins, chosen?: string): Promise<Input> {
  const { catalog } = plugins;
  if (typeof input !== 'string') {
    return { sourceName: await sourceOfBytes(input.name, input, plugins, chosen), bytes: input };
  }
  const sourceName = sourceOfScheme(input, catalog, chosen);
  if (sourceName !== undefined) return { sourceName, bytes: undefined };
  const bytes = await openFile(input).catch((error: unknown) => {
    throw withDirectoryHint(withSchemeHint(error, input, catalog));
  });
  try {
    const name = isStandardInput(input) ? bytes.name : input;
    return { sourceName: await sourceOfBytes(name, bytes, plugins, chosen), bytes };
  } catch (error) {
    await bytes[Symbol.asyncDispose]();
    throw error;
  }
}

/** Adds to the error for a directory which file to give. */
function withDirectoryHint(error: unknown): unknown {
  if (!CherenkitError.is(error) || !error.message.endsWith(' it is a directory.')) return error;
  const hint = ' Give one of its files; those of a run of a telescope are read with its first one, of stream 1.';
  return new CherenkitError(error.code, error.exitCode, `${error.message}${hint}`, { cause: error });
}

/** Adds a suggestion to the error for a missing file that looks like a URL with a misspelt scheme, `toymodl:`. */
function withSchemeHint(error: unknown, url: string, catalog: ComponentCatalog): unknown {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1];
  if (scheme === undefined || !CherenkitError.is(error) || error.code !== 'INPUT_MISSING') return error;
  const schemes = [...candidatesIn(catalog).flatMap((each) => each.scheme ?? []), 'file'];
  if (schemes.includes(scheme.toLowerCase())) return error;
  const hint = didYouMean(
    `${scheme}:`,
    schemes.map((each) => `${each}:`),
  );
  const message = `${error.message.replace(/\.$/, '')}${hint || '.'}`;
  return new CherenkitError(error.code, error.exitCode, message, { cause: error });
}

/**
 * Finds the component that draws a file without events, by its first bytes after decompression and its file name extension.
 *
 * @returns undefined for other inputs, for those that can be read only once, and for those that cannot be read
 */
export async function fileDisplayOf(url: string, catalog: ComponentCatalog): Promise<string | undefined> {
  if (isStandardInput(url) || sourceOfScheme(url, catalog) !== undefined) return undefined;
  try {
    await using bytes = await openFile(url);
    if (!bytes.canSeek) return undefined;
    const [sources, displays] = [candidatesIn(catalog), candidatesIn(catalog, 'FileDisplay')];
    const first = await firstBytes(bytes, [...sources, ...displays]);
    // Files of events may have the same first bytes.
    if (recognising(sources, url, first).length > 0) return undefined;
    return recognising(displays, url, first)[0]?.id;
  } catch (error) {
    if (CherenkitError.is(error)) return undefined;
    throw error;
  }
}

/** Candidates that recognise a file by its first bytes and its name. */
function recognising(candidates: readonly Candidate[], url: string, first: Uint8Array): Candidate[] {
  const name = url.toLowerCase().replace(/\.(?:gz|zst)$/, '');
  const start = hexadecimal(first);
  const text = new TextDecoder('latin1').decode(first);
  return candidates.filter(
    ({ magic, contains, extension }) =>
      (magic !== undefined || extension !== undefined) &&
      start.startsWith(magic ?? '') &&
      (contains ?? []).every((each) => text.includes(each)) &&
      name.endsWith(extension ?? ''),
  );
}

async function sourceOfBytes(
  url: string,
  bytes: ByteSource,
  plugins: InputPlugins,
  chosen: string | undefined,
): Promise<string> {
  const { catalog, failureHint } = plugins;
  const candidates = candidatesIn(catalog);
  const first = await firstBytes(bytes, candidates);
  if (first.length === 0) {
    throw new CherenkitError('INPUT_EMPTY', ExitCode.BAD_INPUT, `${url} is empty; expected event data.`);
  }
  const id = chosen === undefined ? undefined : catalog.idOf(chosen);
  if (id !== undefined) return id;
  const matching = await accepting(recognising(candidates, url, first), bytes, plugins);
  if (matching.length > 0) return requireSingle(matching, url, catalog, !bytes.canSeek);
  throw unknownInput(url, hexadecimal(first), catalog.idsOfKind('EventSource'), failureHint('EventSource'));
}

/** Of several event sources that recognise an input, those that accept its content; all for a pipe, which is read only once. */
async function accepting(
  matching: readonly Candidate[],
  bytes: ByteSource,
  plugins: InputPlugins,
): Promise<readonly Candidate[]> {
  const ids = [...new Set(matching.map(({ id }) => id))];
  if (ids.length < 2 || !bytes.canSeek) return matching;
  const accepted = new Set<string>();
  for (const id of ids) {
    const { plugin = '', className } = plugins.catalog.find(id) ?? {};
    const { components } = await plugins.load(plugin);
    const source = components.find(({ name }) => name === className) as Partial<typeof EventSource> | undefined;
    if ((await source?.accepts?.(bytes)) !== false) accepted.add(id);
  }
  return matching.filter(({ id }) => accepted.has(id));
}

function candidatesIn(catalog: ComponentCatalog, kind = 'EventSource'): Candidate[] {
  return catalog
    .idsOfKind(kind)
    .flatMap((id) => (catalog.find(id)?.entry.recognises ?? []).map((signature) => ({ id, ...signature })));
}

/** @throws CherenkitError INPUT_AMBIGUOUS */
function requireSingle(sources: readonly Candidate[], url: string, catalog: ComponentCatalog, isPipe = false): string {
  const ids = [...new Set(sources.map(({ id }) => id))];
  const [id = ''] = ids;
  if (ids.length === 1) return id;
  const hasOthers = new Set(ids.map((each) => catalog.find(each)?.plugin)).size > 1;
  const remedy = isPipe
    ? ', or write the input to a file, whose content decides'
    : hasOthers
      ? ', or disable the search for plugins with --no-discovery'
      : '';
  const names = ids.map((each) => `${each} of plugin ${catalog.find(each)?.plugin}`).join(' and ');
  throw new CherenkitError(
    'INPUT_AMBIGUOUS',
    ExitCode.USAGE,
    `Several event sources can read ${url}: ${names}. Choose one with --ProcessorTool.event_source_type=${id}${remedy}.`,
  );
}

function unknownInput(url: string, start: string, sources: readonly string[], hint: string): CherenkitError {
  const format = KNOWN_FORMATS.find(([magic]) => start.startsWith(magic))?.[1];
  const shown = start
    .slice(0, 2 * SHOWN_BYTES)
    .replace(/../g, '$& ')
    .trim();
  const found = format === undefined ? `it begins with the bytes ${shown}` : `it is ${format}`;
  const message = `No event source can read ${url}: ${found}. Available: ${nameSome(sources)}${hint}.`;
  return new CherenkitError('INPUT_UNKNOWN', ExitCode.BAD_INPUT, message);
}

/** The bytes that magic numbers are compared with. */
function hexadecimal(first: Uint8Array): string {
  return Array.from(first.subarray(0, COMPARED_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Returns the first bytes of the decompressed content, as many as the candidates compare or search texts in; empty for an
 * empty input.
 *
 * @throws CherenkitError of the decompression, with the name of the file
 */
async function firstBytes(bytes: ByteSource, candidates: readonly Candidate[]): Promise<Uint8Array> {
  const searching = candidates.filter(({ contains }) => contains !== undefined);
  let first: Uint8Array = new Uint8Array(0);
  try {
    for await (const chunk of decompressed(bytes)) {
      first = concatenate(first, chunk.subarray(0, SEARCHED_BYTES - first.length));
      const start = hexadecimal(first);
      if (first.length >= SEARCHED_BYTES || !searching.some(({ magic = '' }) => start.startsWith(magic))) break;
    }
  } catch (cause) {
    // What was read before the defect suffices to find the event source, which reports it with its place.
    if (first.length > 0) return first;
    if (!CherenkitError.is(cause) || cause.code === 'INPUT_READ_FAILED') throw cause;
    const message = `${bytes.name}: ${cause.message}. The error is before the first event.`;
    throw new CherenkitError(cause.code, cause.exitCode, message, { cause });
  }
  return first;
}
