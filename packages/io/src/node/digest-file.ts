import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** What a digest of a file covers: its size with its beginning and end, or its whole content. */
export type DigestScope = 'ends' | 'content';

/** Size and digest of a file. */
export interface FileDigest {
  readonly bytes: number;
  /** `ends:` and 32 hexadecimal digits, or `sha256:` and 64. */
  readonly digest: string;
}

/** Bytes at the beginning and at the end of a file that a digest of its ends covers. */
const END_BYTES = 4096;
const BUFFER_BYTES = 1 << 20;
/** Reused, since a production has 100,000 files. */
const ENDS = Buffer.alloc(2 * END_BYTES);

/**
 * Computes the digest of a file. That of its ends takes the time of opening it: it is another one for files that were truncated,
 * compressed again or made of other events, but not for one with damage in its middle.
 *
 * @returns undefined for a path that is no regular file
 * @throws the system's error if the file does not exist or cannot be read
 */
export function digestFile(path: string, scope: DigestScope): FileDigest | undefined {
  // A named pipe is not opened: closing it would end its writer.
  if (!statSync(path).isFile()) return undefined;
  const file = openSync(path, 'r');
  try {
    const { size: bytes } = fstatSync(file);
    const hash = createHash('sha256');
    if (scope === 'content') {
      const buffer = Buffer.allocUnsafe(Math.min(bytes, BUFFER_BYTES) || 1);
      for (let at = 0, count = 1; count > 0; at += count) {
        count = readSync(file, buffer, 0, buffer.length, at);
        hash.update(buffer.subarray(0, count));
      }
      return { bytes, digest: `sha256:${hash.digest('hex')}` };
    }
    const start = Math.min(bytes, END_BYTES);
    const end = Math.min(bytes - start, END_BYTES);
    const count = readSync(file, ENDS, 0, start, 0) + readSync(file, ENDS, start, end, bytes - end);
    hash.update(`${bytes} `).update(ENDS.subarray(0, count));
    return { bytes, digest: `ends:${hash.digest('hex').slice(0, 32)}` };
  } finally {
    closeSync(file);
  }
}

/**
 * Digest of the ends of a file; for what is no file, the path itself. Configurations that name equal files in different places are
 * equal with these in place of the paths.
 */
export function digestOrPath(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return path;
  return digestFile(path, 'ends')?.digest ?? path;
}

/** What the digest of a file covers. */
export function scopeOfDigest(digest: string): DigestScope {
  return digest.startsWith('ends:') ? 'ends' : 'content';
}

/** Digest of a text: `sha256:` and 64 hexadecimal digits. */
export function digestText(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
