import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

const MAIN = pathToFileURL(join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'dist', 'main.js')).href;
// The terminal is simulated: `isTTY` and the colours of the stream.
const AS_ON_TERMINAL = `
  const hasColors = () => process.env.TERM !== 'dumb';
  Object.assign(process.stderr, { isTTY: true, hasColors, columns: 80, getWindowSize: () => [80, 24] });
  await (await import(${JSON.stringify(MAIN)})).main(process.argv.slice(1));
`;

function stderrOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  using folder = new TemporaryFolder();
  const script = ['--input-type=module', '-e', AS_ON_TERMINAL, '--', ...args];
  const { NO_COLOR: _, ...rest } = process.env;
  const options = { cwd: folder.path, encoding: 'utf8', env: { ...rest, TERM: 'xterm', ...env } } as const;
  return spawnSync(process.execPath, script, options).stderr;
}

describe('colours on a terminal', () => {
  it('highlight the start of an error message', () => {
    expect(stderrOf(['proces'])).to.include('\x1b[31merror[COMMAND_UNKNOWN]\x1b[39m: There');
  });

  it('highlight the level of a message', () => {
    const args = ['process', '-i', 'toymodel:?events=1', '-o', 'o.h5', '--no-write-parameters'];
    expect(stderrOf(args)).to.include('\x1b[33mWARNING\x1b[39m [');
  });

  it('are disabled by NO_COLOR and on a terminal without colours', () => {
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect(stderrOf(['proces'], env)).to.match(/^error\[COMMAND_UNKNOWN\]: There/);
    }
  });
});
