import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Reads a whole file. @throws the error of the file system; RangeError if it is larger than `limit`, bytes */
export function readFile(path: string, limit: number): Uint8Array {
  const { size } = statSync(path);
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
