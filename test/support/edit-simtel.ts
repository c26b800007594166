import { writeFileSync } from 'node:fs';
import { decompressed, openFile } from '@cherenkit/io';
import { eventioObjects, ReadingContext, type EventioObject } from '@cherenkit/plugin-simtel/eventio';

/** The decompressed bytes of a file. */
export async function decompressedBytes(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressed(await openFile(path))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The top-level objects in decompressed bytes. */
export async function* topLevelObjects(bytes: Uint8Array): AsyncGenerator<EventioObject> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  yield* eventioObjects(whole(), new ReadingContext('bytes'));
}

/** Writes a copy of a file with the top-level objects for which `isKept` is true. */
export async function editSimtel(from: string, to: string, isKept: (object: EventioObject) => boolean): Promise<void> {
  const bytes = await decompressedBytes(from);
  const kept: Uint8Array[] = [];
  for await (const object of topLevelObjects(bytes)) {
    const { offset, payloadOffset, header } = object;
    if (isKept(object)) kept.push(bytes.subarray(offset, payloadOffset + header.length));
  }
  writeFileSync(to, Buffer.concat(kept));
}
