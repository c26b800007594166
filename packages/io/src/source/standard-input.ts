/** Path of standard input. */
export const STANDARD_INPUT = '-';

const PATHS: ReadonlySet<string> = new Set([STANDARD_INPUT, '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** Whether a path is that of standard input: `-`, or the name that the system gives it. */
export function isStandardInput(path: string): boolean {
  return PATHS.has(path);
}
