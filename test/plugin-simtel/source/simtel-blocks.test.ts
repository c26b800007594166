import type { ArrayEvent, EventBlock } from '@cherenkit/core';
import { expect } from 'chai';
import { openSimtel } from '../../support/open-simtel.js';
import { skipWithoutTestData } from '../../support/test-data.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';
/** Smaller than each event: blocks have one event. */
const BYTES = 1;

/** A block whose memory was moved to another thread and back. */
function movedAndBack(block: EventBlock): EventBlock {
  return { ...block, memory: block.memory?.map((buffer) => structuredClone(buffer, { transfer: [buffer] })) };
}

const sumsOf = ({ index, r1 }: ArrayEvent): object => ({
  index,
  sums: Array.from(r1.tel, ([telId, { waveform }]) => [telId, waveform?.samples.reduce((sum, each) => sum + each, 0)]),
});

describe('SimtelBlocks', () => {
  before(skipWithoutTestData);

  it('reads blocks whose memory was moved away and back, and uses it for further blocks', async () => {
    await using source = await openSimtel(PROTONS);
    const expected: object[] = [];
    for await (const event of source) expected.push(sumsOf(event));

    await using other = await openSimtel(PROTONS);
    const { blocks } = other;
    const found: object[] = [];
    const returnedMemory = new Set<ArrayBuffer>();
    let nReused = 0;
    for await (const block of blocks.cut({ bytes: BYTES })) {
      nReused += block.memory?.filter((buffer) => returnedMemory.has(buffer)).length ?? 0;
      const returned = movedAndBack(block);
      for await (const event of blocks.read(returned)) found.push(sumsOf(event));
      blocks.done?.(returned);
      returned.memory?.forEach((buffer) => returnedMemory.add(buffer));
    }
    expect(found).to.deep.equal(expected);
    expect(nReused).to.be.greaterThan(0);
  });
});
