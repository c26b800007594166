import { mergedEvents } from '@cherenkit/plugin-zfits/zfits';
import { expect } from 'chai';

interface Event {
  readonly eventId: bigint;
}

/** Streams of events with these ids, and the numbers of the streams in the order in which they were opened. */
function streamsOf(ids: readonly (readonly number[])[]): {
  readonly streams: readonly { next(): Promise<Event | undefined> }[];
  readonly opened: Set<number>;
} {
  const opened = new Set<number>();
  const streams = ids.map((each, stream) => {
    const events = each.map((id) => ({ eventId: BigInt(id) }));
    return {
      next: () => {
        opened.add(stream);
        return Promise.resolve(events.shift());
      },
    };
  });
  return { streams, opened };
}

async function idsOf(events: AsyncGenerator<Event>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { eventId } of events) ids.push(Number(eventId));
  return ids;
}

/** Ids of events that four writers get one after the other, each into files of three; the first one of the second files is the third. */
const SEQUENCE = [
  [1, 5, 9],
  [2, 6, 10],
  [3, 7, 11],
  [4, 8, 12],
  [15, 19, 23],
  [16, 20, 24],
  [13, 17, 21],
  [14, 18, 22],
  [25, 29],
];

describe('mergedEvents', () => {
  const ascending = SEQUENCE.flat().sort((a, b) => a - b);

  it('sorts the events of parallel streams, of which some may be empty', async () => {
    const { streams, opened } = streamsOf([[2, 4], [], [1, 3, 5]]);
    expect(await idsOf(mergedEvents(streams))).to.deep.equal([1, 2, 3, 4, 5]);
    expect(opened.size).to.equal(3);
  });

  it('sorts those of a sequence of files, whose order is that of their first events but for parallel ones', async () => {
    for (const isSequence of [false, true]) {
      expect(await idsOf(mergedEvents(streamsOf(SEQUENCE).streams, { isSequence }))).to.deep.equal(ascending);
    }
  });

  it('opens the files of a sequence when their events are due', async () => {
    const { streams, opened } = streamsOf(SEQUENCE);
    const events = mergedEvents(streams, { isSequence: true });
    const openedAt: number[] = [];
    for await (const { eventId } of events) openedAt[Number(eventId)] = opened.size;
    expect(openedAt[1]).to.equal(5);
    expect(openedAt[4]).to.equal(8);
    expect(openedAt[12]).to.equal(8);
    expect(openedAt[16]).to.equal(9);
  });
});
