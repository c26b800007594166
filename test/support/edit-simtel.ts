import { writeFileSync } from 'node:fs';
import { decompressed, openFile } from '@cherenkit/io';
import { eventioObjects, ReadingContext, type EventioObject } from '@cherenkit/plugin-simtel/eventio';

/** All bytes of a file, decompressed. */
export async function decompressedBytes(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressed(await openFile(path))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The objects at the top level of some bytes. */
export async function* topLevelObjects(bytes: Uint8Array): AsyncGenerator<EventioObject> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  yield* eventioObjects(whole(), new ReadingContext('bytes'));
}

/** Writes a file of those objects at the top level of another one that are to be kept. */
export async function editSimtel(from: string, to: string, isKept: (object: EventioObject) => boolean): Promise<void> {
  const bytes = await decompressedBytes(from);
  const kept: Uint8Array[] = [];
  for await (const object of topLevelObjects(bytes)) {
    const { offset, contentOffset, header } = object;
    if (isKept(object)) kept.push(bytes.subarray(offset, contentOffset + header.length));
  }
  writeFileSync(to, Buffer.concat(kept));
}
