import { messageOf } from '@cherenkit/errors';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is exceeded',
};

/** Says in words why the system refused to create or write a file; other errors as they are. */
export function systemReason(cause: unknown): string {
  const { code = '' } = Object(cause) as Partial<NodeJS.ErrnoException>;
  return REASONS[code] ?? messageOf(cause);
}
