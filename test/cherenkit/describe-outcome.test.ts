import { describeOutcome } from 'cherenkit';
import { EMPTY_OUTCOME, type RunOutcome } from '@cherenkit/core';
import { expect } from 'chai';

function linesOf(outcome: Partial<RunOutcome>): string[] {
  return describeOutcome({ ...EMPTY_OUTCOME, events: 3, ...outcome }, [], 1)
    .trimEnd()
    .split('\n')
    .slice(1);
}

describe('describeOutcome', () => {
  it('names a range without events', () => {
    expect(describeOutcome(EMPTY_OUTCOME, [], 1, [50, 100])).to.include('the range 50:100 is beyond the last event');
    expect(describeOutcome(EMPTY_OUTCOME, [], 1, [50, Infinity])).to.include('the range 50: is beyond');
    expect(describeOutcome(EMPTY_OUTCOME, [], 1)).to.include('the input has none');
  });

  it('gives a line per file, and of many files the directory and the number', () => {
    const files = (n: number): { path: string; bytes: number }[] =>
      Array.from({ length: n }, (_, i) => ({ path: `out/a/${i % 2}/file${i}`, bytes: 1000 }));
    const linesFor = (n: number): string[] => describeOutcome({ ...EMPTY_OUTCOME, events: 3 }, files(n), 1).split('\n');
    expect(linesFor(3)[2]).to.match(/^out\/a\/0\/file2: 3 events, /);
    expect(linesFor(4)[0]).to.match(/^out\/a: 4 files, 3 events, .*, 4\.0 kB, in 1\.0 s$/);
    expect(linesFor(4)[1]).to.equal('');
  });

  it('counts the failures of a component once, whatever their messages', () => {
    const failure = {
      component: 'MaCleaner',
      plugin: 'ma',
      count: 3,
      first: 'event 1 of observation 1: value -0.02: low',
    };
    const messages = ['value -0.02: low', 'value -0.03: low', 'value -0.04: low'];
    const lines = linesOf({
      rejected: {
        ...Object.fromEntries(messages.map((each) => [`images, MaCleaner: MaCleaner of plugin ma failed: ${each}`, 1])),
        'images, ImageQualityQuery: bright': 2,
      },
      notReconstructed: Object.fromEntries(messages.map((each) => [`Fit: MaCleaner of plugin ma failed: ${each}`, 1])),
      failures: [failure],
    });
    expect(lines).to.deep.equal([
      'not reconstructed: 3 events, Fit: MaCleaner of plugin ma failed',
      'rejected: 3 images, MaCleaner: MaCleaner of plugin ma failed',
      'rejected: 2 images, ImageQualityQuery: bright',
      'FAILED: MaCleaner of plugin ma, 3 times; first for event 1 of observation 1: value -0.02: low',
    ]);
  });

  it('shows the ten most frequent reasons, and the number of the others', () => {
    const reasons = (n: number): Record<string, number> =>
      Object.fromEntries(
        Array.from({ length: n }, (_, i) => [`images, Query: reason ${String(i).padStart(2, '0')}`, i + 1]),
      );
    expect(linesOf({ rejected: reasons(10) }))
      .to.have.length(10)
      .and.include('rejected: 1 image, Query: reason 00');
    const lines = linesOf({ rejected: reasons(12), rejectedBySource: reasons(11) });
    expect(lines).to.have.length(22);
    expect([lines[0], lines[10], lines[21]]).to.deep.equal([
      'rejected: 12 images, Query: reason 11',
      'rejected: ... and 2 more reasons',
      'rejected: ... and 1 more reason',
    ]);
  });
});
