// Packs all packages as npm publishes them, optional plugins to a folder of their own, and prints the commands to install them
// in another project.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
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

/** Plugins that are not dependencies of cherenkit, by the beginning of their files. */
const OPTIONAL = ['cherenkit-plugin-arrow-', 'cherenkit-plugin-onnx-'];

const optional = join(tarballs, 'optional');
mkdirSync(optional);
for (const file of readdirSync(tarballs).filter((name) => OPTIONAL.some((start) => name.startsWith(start)))) {
  renameSync(join(tarballs, file), join(optional, file));
}
console.log(
  `${readdirSync(tarballs).length - 1} packages in ${tarballs}. To install them, run in the folder of your project:\n`,
);
console.log(`npm install ${join(tarballs, '*.tgz')}\n`);
console.log(
  `To add optional plugins, such as the format Arrow of cherenkit export:\n\nnpm install ${join(optional, '*.tgz')}`,
);
