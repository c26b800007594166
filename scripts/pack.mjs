// Packs all packages as npm publishes them, and prints the command to install them in another project.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './set-up.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tarballs = join(root, 'tarballs');

rmSync(tarballs, { recursive: true, force: true });
mkdirSync(tarballs);
const { status } = spawnSync('npm', ['pack', '--workspaces', '--silent', '--pack-destination', tarballs], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
if (status !== 0) process.exit(status ?? 1);
console.log(
  `${readdirSync(tarballs).length} packages in ${tarballs}. To install them, run in the folder of your project:\n`,
);
console.log(`npm install ${join(tarballs, '*.tgz')}`);
