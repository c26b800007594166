// Runs `cherenkit demo` in this clone: simulates showers, or takes a file, reconstructs them and shows what came out.
//
// usage: npm run demo -- [FILE] [OPTION of cherenkit demo]...
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const from = process.env.INIT_CWD ?? '.';
// npm starts scripts in the root of the clone; paths are meant from where it was called.
const options = process.argv.slice(2).map((text) => {
  const path = resolve(from, text);
  return !text.startsWith('-') && existsSync(path) ? relative(root, path) : text;
});
const { status } = spawnSync(process.execPath, [command, 'demo', '--folder', 'demo', ...options], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
