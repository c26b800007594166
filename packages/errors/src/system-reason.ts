import { messageOf } from './cherenkit-error.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is exceeded',
  ENOMEM: 'the system has no free memory',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its symbolic links lead back to themselves',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'input or output error of the device',
  EFBIG: 'it is larger than the file system or the limit of the process (ulimit -f) allows',
  ESTALE: 'the file system of the network no longer has it',
};

/** A message of Node.js about a call of the system: `EINVAL: invalid argument, open '/tmp/x'`. */
const SYSTEM_MESSAGE = /^E[A-Z0-9]+: (.+?), [a-z]\w*(?: '.*')?$/s;

/** Says in words why the system refused to read a file, without the path; other errors as they are. */
export function readingReason(cause: unknown): string {
  const { code } = Object(cause) as { readonly code?: string };
  return code === 'ENOENT' ? 'there is no such file' : systemReason(cause);
}

/** Says in words why the system refused to create or write a file, without the path; other errors as they are. */
export function systemReason(cause: unknown): string {
  const { code = '' } = Object(cause) as { readonly code?: string };
  const message = messageOf(cause);
  return REASONS[code] ?? SYSTEM_MESSAGE.exec(message)?.[1] ?? message;
}
