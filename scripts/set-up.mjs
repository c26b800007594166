// Installs dependencies if they are missing and builds, so that each script works in a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

const installed = existsSync(join(root, 'node_modules', '.package-lock.json'));
if (!installed) run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', root]);
run(process.execPath, [join(root, 'scripts', 'bundle.mjs')]);
run(process.execPath, [join(root, 'scripts', 'build-viewer.mjs')]);
