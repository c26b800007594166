import { realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';

/**
 * Words that run this program in other processes: `cherenkit` if that is this program in the PATH of all shells, else absolute
 * paths of Node.js and of the script.
 */
export function ownProgram(path = process.env['PATH'] ?? ''): string[] {
  const script = join(PACKAGE_ROOT, 'bin', 'cherenkit.js');
  // npx and npm put the folder of the project into the PATH of the processes that they start, but of no others.
  const folders = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !/node_modules[\\/]\.bin[\\/]?$/.test(folder));
  const first = folders.map((folder) => realPath(join(folder, 'cherenkit'))).find((found) => found !== undefined);
  return first !== undefined && first === realPath(script) ? ['cherenkit'] : [process.execPath, script];
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
