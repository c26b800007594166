import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder of the installed cherenkit. All bundled files lie in `dist`, whichever module they hold. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The version of cherenkit. */
export function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return version;
}
