import { CherenkitError, ExitCode, type ByteSource, type ComponentCatalog } from '@cherenkit/core';
import { decompressed, openFile } from '@cherenkit/plugin-simtel';

/** An input, with the event source that reads it. */
export interface Input {
  /** The class of the event source. */
  readonly sourceName: string;
  /** Missing where the URL names no bytes. */
  readonly bytes: ByteSource | undefined;
}

const SHOWN_BYTES = 8;

/** What else a file may be, for the message: by its first bytes, in hexadecimal. */
const KNOWN_FORMATS: readonly (readonly [magic: string, name: string])[] = [
  ['894844460d0a1a0a', 'HDF5'],
  ['53494d504c45', 'FITS'],
  ['504b0304', 'a ZIP archive'],
  ['425a68', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['25504446', 'PDF'],
];

/**
 * Finds the event source for a URL: by its scheme, or by the first bytes of the file after decompression.
 *
 * @throws CherenkitError INPUT_MISSING, INPUT_EMPTY, INPUT_UNKNOWN
 */
export async function openInput(url: string, catalog: ComponentCatalog): Promise<Input> {
  const sources = catalog.idsOfKind('EventSource').flatMap((id) => {
    const recognises = catalog.find(id)?.entry.recognises ?? [];
    return recognises.map((signature) => ({ id, ...signature }));
  });
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  const byScheme = sources.find((source) => source.scheme !== undefined && source.scheme === scheme);
  if (byScheme) return { sourceName: byScheme.id, bytes: undefined };

  const bytes = await openFile(url);
  const start = await firstBytes(bytes);
  if (start === '') {
    throw new CherenkitError('INPUT_EMPTY', ExitCode.BAD_INPUT, `${url} is empty; expected the data of events.`);
  }
  const byMagic = sources.find(({ magic }) => magic !== undefined && start.startsWith(magic));
  if (byMagic) return { sourceName: byMagic.id, bytes };
  const names = [...new Set(sources.map(({ id }) => id))].join(', ');
  const format = KNOWN_FORMATS.find(([magic]) => start.startsWith(magic))?.[1];
  const found =
    format === undefined ? `it begins with the bytes ${start.replace(/../g, '$& ').trim()}` : `it is ${format}`;
  throw new CherenkitError(
    'INPUT_UNKNOWN',
    ExitCode.BAD_INPUT,
    `No event source reads ${url}: ${found}. There are ${names}.`,
  );
}

/**
 * In hexadecimal; empty for an empty input.
 *
 * @throws CherenkitError of the decompression, naming the file
 */
async function firstBytes(bytes: ByteSource): Promise<string> {
  try {
    for await (const chunk of decompressed(bytes)) {
      return Array.from(chunk.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
  } catch (cause) {
    if (!CherenkitError.is(cause)) throw cause;
    const message = `${bytes.name}: ${cause.message}. It breaks before its first event.`;
    throw new CherenkitError(cause.code, cause.exitCode, message, { cause });
  }
  return '';
}
