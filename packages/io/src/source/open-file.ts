import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { byteSource, type ByteSource } from './byte-source.js';

/**
 * Opens a URL in a browser. The source is seekable if the server supports range requests.
 *
 * @throws CherenkitError INPUT_MISSING (66) if the server responds with an error, INPUT_CHANGED (66) when it is read after
 *   it changed, for servers with `ETag`
 */
export async function openFile(address: string | URL): Promise<ByteSource> {
  const name = String(address);
  const head = await fetch(address, { method: 'HEAD' });
  if (!head.ok) throw missing(name, head);
  const length = head.headers.get('content-length');
  const size = length === null ? undefined : Number(length);
  const hasRanges = size !== undefined && head.headers.get('accept-ranges') === 'bytes';
  const tag = head.headers.get('etag');
  const read = hasRanges ? (offset: number, count: number) => readRange(name, tag, offset, count) : undefined;
  return byteSource({ name, size, stream: () => chunksOf(name, tag), read });
}

async function readRange(address: string, tag: string | null, offset: number, length: number): Promise<Uint8Array> {
  if (length === 0) return new Uint8Array(0);
  const response = await fetch(address, { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
  expectUnchanged(address, tag, response);
  if (response.status !== 206) throw missing(address, response);
  return new Uint8Array(await response.arrayBuffer());
}

async function* chunksOf(address: string, tag: string | null): AsyncGenerator<Uint8Array> {
  const response = await fetch(address);
  expectUnchanged(address, tag, response);
  if (!response.ok || response.body === null) throw missing(address, response);
  const reader = response.body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

function expectUnchanged(name: string, tag: string | null, { headers }: Response): void {
  const found = headers.get('etag');
  if (tag === null || found === null || found === tag) return;
  const message = `${name} changed after it was opened. Open it again.`;
  throw new CherenkitError('INPUT_CHANGED', ExitCode.NO_INPUT, message);
}

function missing(name: string, { status, statusText }: Response): CherenkitError {
  return new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `Cannot read ${name}: ${status} ${statusText}.`);
}
