import { CherenkitError, ExitCode, type ComponentCatalog, type Json, type PluginRegistry } from '@cherenkit/core';
import { decompressed, openFile, type ByteSource } from '@cherenkit/io';

/** An input, with the event source that reads it. */
export interface Input {
  /** The class of the event source. */
  readonly sourceName: string;
  /** Missing where the URL names no bytes. */
  readonly bytes: ByteSource | undefined;
}

const SHOWN_BYTES = 8;
/** More than any format needs to be known by. */
const COMPARED_BYTES = 64;

/** What else a file may be, for the message: by its first bytes, in hexadecimal. */
const KNOWN_FORMATS: readonly (readonly [magic: string, name: string])[] = [
  ['894844460d0a1a0a', 'HDF5'],
  ['53494d504c45', 'FITS'],
  ['504b0304', 'a ZIP archive'],
  ['425a68', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['25504446', 'PDF'],
];

/** What a configuration says of the input: `composition` is one. */
export interface InputChoice {
  configuredValue(name: string, trait: string): Json | undefined;
  readonly plan: { readonly settings: ReadonlyMap<string, { readonly value: Json | undefined }> };
}

/**
 * The input that the configuration names, for event sources or for one of them.
 *
 * @throws CherenkitError INPUT_NOT_NAMED
 */
export function inputUrl(choice: InputChoice, catalog: ComponentCatalog): string {
  for (const name of ['EventSource', ...catalog.idsOfKind('EventSource')]) {
    const url = choice.configuredValue(name, 'input_url');
    if (typeof url === 'string' && url !== '') return url;
  }
  const message = 'No input is named: give --input FILE or EventSource.input_url.';
  throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
}

/**
 * Finds the event source for a URL: by its scheme, or by the first bytes of the file after decompression and the end of
 * its name. Manifests tell what sources recognise: no code of any is imported.
 *
 * @param choice - may name the source, by `event_source_type` of the tool
 * @throws CherenkitError INPUT_MISSING, INPUT_EMPTY, INPUT_UNKNOWN, INPUT_AMBIGUOUS
 */
export async function openInput(
  url: string,
  { catalog, failureHint }: PluginRegistry,
  choice?: InputChoice,
): Promise<Input> {
  const chosen = choice?.plan.settings.get('event_source_type')?.value;
  const all = catalog.idsOfKind('EventSource');
  const candidates = typeof chosen === 'string' ? all.filter((id) => id === catalog.idOf(chosen)) : all;
  const sources = candidates.flatMap((id) => {
    const recognises = catalog.find(id)?.entry.recognises ?? [];
    return recognises.map((signature) => ({ id, ...signature }));
  });
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  const byScheme = sources.filter((source) => source.scheme !== undefined && source.scheme === scheme);
  if (byScheme.length > 0) return { sourceName: onlyOne(byScheme, url, catalog), bytes: undefined };

  const bytes = await openFile(url);
  const start = await firstBytes(bytes);
  if (start === '') {
    throw new CherenkitError('INPUT_EMPTY', ExitCode.BAD_INPUT, `${url} is empty; expected the data of events.`);
  }
  if (typeof chosen === 'string' && candidates[0] !== undefined) return { sourceName: candidates[0], bytes };
  const name = url.toLowerCase().replace(/\.(?:gz|zst)$/, '');
  const fitting = sources.filter(
    ({ magic, extension }) =>
      (magic !== undefined || extension !== undefined) &&
      start.startsWith(magic ?? '') &&
      name.endsWith(extension ?? ''),
  );
  if (fitting.length > 0) return { sourceName: onlyOne(fitting, url, catalog), bytes };
  throw unknownInput(url, start, all, failureHint('EventSource'));
}

/** @throws CherenkitError INPUT_AMBIGUOUS */
function onlyOne(sources: readonly { readonly id: string }[], url: string, catalog: ComponentCatalog): string {
  const ids = [...new Set(sources.map(({ id }) => id))];
  const [id = ''] = ids;
  if (ids.length === 1) return id;
  const names = ids.map((each) => `${each} of plugin ${catalog.find(each)?.plugin}`).join(' and ');
  throw new CherenkitError(
    'INPUT_AMBIGUOUS',
    ExitCode.USAGE,
    `Several event sources read ${url}: ${names}. Choose one, --ProcessorTool.event_source_type=${id}, or use the plugins ` +
      'that are needed only, with --no-discovery.',
  );
}

function unknownInput(url: string, start: string, sources: readonly string[], hint: string): CherenkitError {
  const format = KNOWN_FORMATS.find(([magic]) => start.startsWith(magic))?.[1];
  const shown = start
    .slice(0, 2 * SHOWN_BYTES)
    .replace(/../g, '$& ')
    .trim();
  const found = format === undefined ? `it begins with the bytes ${shown}` : `it is ${format}`;
  const message = `No event source reads ${url}: ${found}. There are ${sources.join(', ')}${hint}.`;
  return new CherenkitError('INPUT_UNKNOWN', ExitCode.BAD_INPUT, message);
}

/**
 * In hexadecimal; empty for an empty input.
 *
 * @throws CherenkitError of the decompression, naming the file
 */
async function firstBytes(bytes: ByteSource): Promise<string> {
  try {
    for await (const chunk of decompressed(bytes)) {
      return Array.from(chunk.subarray(0, COMPARED_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
  } catch (cause) {
    if (!CherenkitError.is(cause)) throw cause;
    const message = `${bytes.name}: ${cause.message}. It breaks before its first event.`;
    throw new CherenkitError(cause.code, cause.exitCode, message, { cause });
  }
  return '';
}
