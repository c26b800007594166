import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './repository-root.js';

describe('the documentation', () => {
  it('has pages made from the code that are up to date', function () {
    this.timeout(60_000);
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-docs.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
  });
});
