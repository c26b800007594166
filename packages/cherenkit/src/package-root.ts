import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Package folder of cherenkit. All bundled modules are directly in `dist`. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Version of cherenkit. */
export function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return version;
}
