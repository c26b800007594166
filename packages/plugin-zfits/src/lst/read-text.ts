import { decompressed, joinParts, openFile, type ByteSource } from '@cherenkit/io';

/**
 * Reads a text file, which may be compressed.
 *
 * @param input - path or URL, or an open source, which is not closed
 * @throws CherenkitError INPUT_MISSING (66), INPUT_CORRUPT, INPUT_TRUNCATED (65)
 */
export async function readText(input: string | ByteSource): Promise<string> {
  if (typeof input === 'string') {
    await using source = await openFile(input);
    return await readText(source);
  }
  const parts: Uint8Array[] = [];
  for await (const part of decompressed(input)) parts.push(part);
  return new TextDecoder().decode(joinParts(parts));
}
