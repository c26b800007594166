import { CherenkitError, ExitCode, type ShardFile } from '@cherenkit/core';
import { digestFile } from '#production-host';

/**
 * Describes an input by its size and digest. A URL without bytes is described by itself.
 *
 * @param scope - what the digest covers
 * @throws CherenkitError INPUT_MISSING (66)
 */
export function describeInput(path: string, scope: 'ends' | 'content'): ShardFile {
  try {
    const digest = digestFile(path, scope);
    if (digest) return { path, ...digest };
  } catch (cause) {
    if (isUrl(path)) return { path };
    const message = `${path} cannot be read (${(cause as Error).message}); expected a file. Check the path.`;
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message, { cause });
  }
  const message = `${path} is no regular file; expected one, since each shard reads its input. Write it to a file first.`;
  throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message);
}

/** Whether an input is a URL without bytes. */
export function isUrl(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(path) && !path.startsWith('file:');
}
