import { openSync, readFileSync } from 'node:fs';
import { systemReason } from '@cherenkit/errors';
import { expect } from 'chai';

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe('systemReason', () => {
  it('says in words why a file cannot be created', () => {
    const create = (path: string) => systemReason(thrownBy(() => openSync(path, 'w')));
    expect(create(`${process.execPath}/file`)).to.equal('a part of its path is not a folder');
    expect(create('x'.repeat(300))).to.equal('its name is too long');
    expect(create('/')).to.equal('it is a folder');
  });

  it('gives the statement of other errors of the system, without call and path', () => {
    const error = Object.assign(new Error("EXDEV: cross-device link not permitted, link 'a, b' -> 'c'"), {
      code: 'EXDEV',
    });
    expect(systemReason(error)).to.equal('cross-device link not permitted');
    expect(systemReason(thrownBy(() => readFileSync(12345)))).to.equal('bad file descriptor');
    expect(systemReason(new Error('any other'))).to.equal('any other');
    expect(systemReason('a text')).to.equal('a text');
  });
});
