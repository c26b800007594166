import { byteSource, CherenkitError, ExitCode, type ByteSource } from '@cherenkit/core';

/**
 * The bytes behind an address.
 *
 * @throws CherenkitError INPUT_MISSING when the server does not give them
 */
export async function openFile(address: string | URL): Promise<ByteSource> {
  const name = String(address);
  const head = await fetch(address, { method: 'HEAD' });
  if (!head.ok) throw missing(name, head);
  const length = head.headers.get('content-length');
  return byteSource(name, length === null ? undefined : Number(length), () => chunksOf(name));
}

async function* chunksOf(address: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok || response.body === null) throw missing(address, response);
  const reader = response.body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

function missing(name: string, { status, statusText }: Response): CherenkitError {
  return new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `Cannot read ${name}: ${status} ${statusText}.`);
}
