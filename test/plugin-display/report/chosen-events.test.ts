import { ChosenEvents } from '@cherenkit/plugin-display/internal';
import { expect } from 'chai';
import fc from 'fast-check';

describe('ChosenEvents', () => {
  it('chooses the best of each score in turn, whatever their order', async () => {
    const score = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(NaN));
    const events = fc.array(fc.tuple(score, score), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 0, max: 12 }), async (scores, limit) => {
        const chosen = new ChosenEvents(limit, 2);
        for (const [row, each] of scores.entries())
          await chosen.offer(row, each, () => Promise.resolve(`event ${row}`));
        const rankings = [0, 1].map((i) =>
          [...scores.keys()]
            .filter((row) => !Number.isNaN(scores[row][i]))
            .sort((a, b) => scores[b][i] - scores[a][i] || a - b),
        );
        const expected = new Set<number>();
        for (let place = 0; place < scores.length; place++) {
          for (const ranking of rankings) if (place in ranking && expected.size < limit) expected.add(ranking[place]);
        }
        expect([...chosen.events]).to.deep.equal(
          [...expected].sort((a, b) => a - b).map((row) => [row, `event ${row}`]),
        );
      }),
    );
  });

  it('packs an event only if it is among the best', async () => {
    const chosen = new ChosenEvents(2, 1);
    let packed = 0;
    for (let row = 0; row < 100; row++) {
      await chosen.offer(row, [100 - row], () => {
        packed++;
        return Promise.resolve('');
      });
    }
    expect(packed).to.equal(2);
  });
});
