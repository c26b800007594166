import { ExitCode, exitCodeOf, isOutOfMemory, isTemporary } from '@cherenkit/errors';
import { expect } from 'chai';

const systemError = (code: string): Error => Object.assign(new Error(`${code}: a failure, write`), { code });

/** The error that an action throws. */
function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('temporary failures', () => {
  it('are those of full and failing disks and of networks', () => {
    for (const code of ['ENOSPC', 'EDQUOT', 'EIO', 'ESTALE', 'ETIMEDOUT', 'ENOMEM']) {
      expect(exitCodeOf(systemError(code), ExitCode.IO_FAILED), code).to.equal(75);
    }
    for (const code of ['ENOENT', 'EACCES', 'EISDIR', 'EFBIG', 'EROFS', 'ENAMETOOLONG']) {
      expect(exitCodeOf(systemError(code), ExitCode.IO_FAILED), code).to.equal(74);
    }
    for (const value of [undefined, null, 'ENOSPC', { code: 28 }]) expect(isTemporary(value)).to.equal(false);
  });

  it('include a lack of memory, but no other errors of ranges', () => {
    const withoutMemory = [
      thrownBy(() => new ArrayBuffer(2 ** 52)),
      thrownBy(() => new WebAssembly.Memory({ initial: 1, maximum: 2 }).grow(2)),
      Object.assign(new Error('terminated'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }),
    ];
    for (const error of withoutMemory) expect(isOutOfMemory(error), String(error)).to.equal(true);
    const overflow = (): number => 1 + overflow();
    for (const action of [() => new Array<number>(-1), () => new Uint8Array(4).subarray(0).set([1], 9), overflow]) {
      expect(isTemporary(thrownBy(action))).to.equal(false);
    }
  });
});
