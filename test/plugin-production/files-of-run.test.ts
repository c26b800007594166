import { filesOfRuns } from '@cherenkit/plugin-production';
import { expect } from 'chai';

describe('filesOfRuns', () => {
  const OTHERS: Readonly<Record<string, readonly string[]>> = {
    'd/LST-1.1.Run7.fz': ['LST-1.2.Run7.fz', 'LST-1.3.Run7.fz'],
    'd/LST-1.2.Run7.fz': [],
    'd/SDH1.fz': ['SDH2.fz'],
    'd/SDH2.fz': ['SDH1.fz'],
  };
  const opened: string[] = [];
  const otherFilesOf = (path: string): Promise<readonly string[] | undefined> => {
    opened.push(path);
    return Promise.resolve(OTHERS[path]);
  };
  const runsOf = async (...paths: readonly string[]): Promise<string[]> => {
    opened.length = 0;
    return (await filesOfRuns(paths, otherFilesOf)).map(({ path, others }) => [path, ...others].join(' '));
  };

  it('leaves out inputs that are read with another one, in any order', async () => {
    const run = 'd/LST-1.1.Run7.fz d/LST-1.2.Run7.fz d/LST-1.3.Run7.fz';
    expect(await runsOf('d/LST-1.1.Run7.fz', 'd/LST-1.2.Run7.fz', 'd/LST-1.3.Run7.fz')).to.deep.equal([run]);
    expect(await runsOf('./d/LST-1.2.Run7.fz', 'd/LST-1.1.Run7.fz')).to.deep.equal([run]);
    expect(await runsOf('d/SDH1.fz', 'd/SDH2.fz')).to.deep.equal(['d/SDH1.fz d/SDH2.fz']);
  });

  it('opens one input of those that are read alone and have similar names', async () => {
    expect(await runsOf('run1.zst', 'run2.zst', 'a.h5')).to.deep.equal(['run1.zst', 'run2.zst', 'a.h5']);
    expect(opened).to.deep.equal(['run1.zst', 'a.h5']);
  });
});
