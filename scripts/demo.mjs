// Runs `cherenkit demo` in this clone: simulates showers, or reads a file, reconstructs them and shows the results.
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
// npm runs scripts in the root of the clone, but paths are relative to the directory where npm was called.
const options = process.argv.slice(2).map((text) => {
  const path = resolve(from, text);
  return !text.startsWith('-') && existsSync(path) ? relative(root, path) : text;
});
const { status } = spawnSync(process.execPath, [command, 'demo', '--folder', 'demo', ...options], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
