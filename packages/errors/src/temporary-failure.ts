import { ExitCode, messageOf } from './cherenkit-error.js';

/** Codes of errors of the system that are due to its state: full or failing disks, lost connections, too little memory. */
const TEMPORARY_CODES: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'ENOMEM',
  'ENOBUFS',
  'ENFILE',
  'EAGAIN',
  'EBUSY',
  'EINTR',
  'ENOLCK',
  // Network file systems.
  'ESTALE',
  'ETIMEDOUT',
  'ENOTCONN',
  'ENOLINK',
  'EREMOTEIO',
  'ECONNRESET',
  'ECONNABORTED',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ESHUTDOWN',
  // A worker thread of Node.js.
  'ERR_WORKER_OUT_OF_MEMORY',
]);

/** Messages of V8 about memory that it cannot allocate. */
const OUT_OF_MEMORY =
  /allocation failed|could not allocate memory|out of memory|unable to grow|maximum memory size exceeded/i;

/** Whether an error of the system or of the JavaScript engine may not occur again if the same is repeated later or elsewhere. */
export function isTemporary(cause: unknown): boolean {
  const { code } = Object(cause) as { readonly code?: unknown };
  return (typeof code === 'string' && TEMPORARY_CODES.has(code)) || isOutOfMemory(cause);
}

/** Whether the JavaScript engine could not allocate memory. */
export function isOutOfMemory(cause: unknown): boolean {
  const { code } = Object(cause) as { readonly code?: unknown };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return true;
  return cause instanceof RangeError && OUT_OF_MEMORY.test(messageOf(cause));
}

/**
 * Returns the exit code for a failure of the system.
 *
 * @param otherwise - exit code of failures that will occur again
 */
export function exitCodeOf(cause: unknown, otherwise: ExitCode): ExitCode {
  return isTemporary(cause) ? ExitCode.TEMPORARY : otherwise;
}
