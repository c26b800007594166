import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * Reads a whole file.
 *
 * @throws the error of the file system; an error with the code `NOT_A_FILE` for directories, pipes and devices, which may have no
 * end; RangeError if the file is larger than `limit`, bytes
 */
export function readFile(path: string, limit: number): Uint8Array {
  const found = statSync(path);
  if (!found.isFile()) {
    const kind = found.isDirectory() ? 'a directory' : found.isFIFO() ? 'a pipe' : 'no regular file';
    throw Object.assign(new Error(`it is ${kind}`), { code: 'NOT_A_FILE' });
  }
  const { size } = found;
  if (size > limit) throw new RangeError(`it has ${size} bytes, expected at most ${limit}`);
  return readFileSync(path);
}

/** Decompresses gzip. @throws RangeError if the result is larger than `limit`, bytes */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: limit });
}

/** Writes to standard output. */
export function writeText(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Size of a file, bytes. */
export function fileSize(path: string): number {
  return statSync(path).size;
}

/** Version of Node. */
export function programVersion(): string {
  return process.version;
}
