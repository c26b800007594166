import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource } from 'cherenkit';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { protoR1Run, r1v1Run } from '../../support/lst-run.js';

const nameOf = (stream: number): string => `LST-1.${stream}.Run00077.0000.fits.fz`;

describe('streams of a run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-streams-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function idsOf(...streams: readonly Uint8Array[]): Promise<number[]> {
    streams.forEach((stream, i) => writeFileSync(join(folder, nameOf(i + 1)), stream));
    await using source = await EventSource.open(join(folder, nameOf(1)));
    const ids: number[] = [];
    for await (const { index } of source) ids.push(index.eventId);
    return ids;
  }

  for (const [name, run] of [
    ['until 2023', protoR1Run],
    ['of the R1 data model', r1v1Run],
  ] as const) {
    it(`are merged if they have the same ids, in messages ${name}`, async () => {
      const stream = (id: number): Uint8Array => run({ events: [{ id, ucts: 1n }] });
      expect(await idsOf(stream(2), stream(1))).to.deep.equal([1, 2]);
    });

    it(`are refused if they are of another telescope or run, in messages ${name}`, async () => {
      for (const [ids, sentence] of [
        [{ telId: 2 }, 'the file is of telescope 2, but'],
        [{ runId: 78 }, 'the file is of run 78, but'],
      ] as const) {
        const error = await errorOf(idsOf(run(), run(ids)));
        expect(error).to.include({ code: 'ZFITS_MESSAGE', exitCode: 65 });
        expect(error.message).to.include(nameOf(1)).and.to.include(nameOf(2)).and.to.include(sentence);
      }
    });
  }

  it('may have no events of another telescope or run', async () => {
    for (const [ids, sentence] of [
      [{ telId: 3 }, 'event 3 is of telescope 3 and run 77, but the configuration of telescope 1 and run 77'],
      [{ runId: 999 }, 'event 3 is of telescope 1 and run 999, but the configuration of telescope 1 and run 77'],
    ] as const) {
      const error = await errorOf(idsOf(r1v1Run({ events: [{ id: 1 }, { id: 3, ...ids }] })));
      expect(error).to.include({ code: 'ZFITS_MESSAGE', exitCode: 65 });
      expect(error.message).to.include(sentence);
    }
    const unset = { telId: 0, runId: 0 };
    expect(await idsOf(r1v1Run({ events: [{ id: 1, ...unset }] }), r1v1Run({ events: [{ id: 2 }] }))).to.include(1);
  });
});
