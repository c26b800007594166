import { openFile } from '@cherenkit/io';
import { pixelTriggers, R1V1_EVENT, readMessages, ZfitsFile } from '@cherenkit/plugin-zfits/zfits';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { expectSums, zfitsReference, type ReferenceSums } from '../../support/zfits-reference.js';

const MODULES = Array.from({ length: 12 }, (_, i) => 100 + i);
const N_PIXELS = 1855;

describe('trigger of NectarCAMs', () => {
  it('has the patterns of the counters', async function () {
    skipWithoutTestData.call(this);
    const { events } = zfitsReference('nectarcam_r1v1');
    await using source = await openFile(
      inTestData('data', 'zfits', 'nectarcam_r1v1', 'NectarCAM.Run6000.0000.fits.fz'),
    );
    const table = (await ZfitsFile.open(source)).table('Events');
    if (table === undefined) throw new Error('no events');
    let row = 0;
    for await (const { debug } of readMessages(table, R1V1_EVENT)) {
      const bits = pixelTriggers(debug.counters, MODULES, N_PIXELS);
      const patterns = [0, 1, 2, 3].flatMap((pattern) => [...bits].map((each) => (each >> pattern) & 1));
      expectSums(patterns, events[2 * row++].nectarcam?.trigger_pattern as ReferenceSums, 'trigger_pattern');
    }
    expect(row).to.equal(5);
  });

  it('has no triggered pixels without patterns', () => {
    expect(pixelTriggers(undefined, MODULES, N_PIXELS).some(Boolean)).to.equal(false);
    expect(pixelTriggers(new Uint8Array(16 * 12).fill(255), MODULES, N_PIXELS).some(Boolean)).to.equal(false);
  });
});
