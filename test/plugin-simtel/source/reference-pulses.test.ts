import { readFileSync } from 'node:fs';
import { byteSourceFrom } from '@cherenkit/io';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { applyRecipe } from '../../fuzz/recipe.js';
import { openSimtel } from '../../support/open-simtel.js';
import { cherenkit } from '../../support/run-command.js';

const CAMERA_ORGANIZATION = 2003;

describe('the reference pulses of a sim_telarray file', () => {
  it('are those of all gain channels if there is one', async () => {
    using folder = new TemporaryFolder();
    await cherenkit(['simulate', '--array', 'chec', '-n', '1', '-t', '1', '-o', 'one.simtel'], folder.path);
    const bytes = readFileSync(folder.join('one.simtel'));
    const twoGains = { do: 'number', object: [CAMERA_ORGANIZATION, 0], at: 8, size: 4, value: 2 } as const;
    const edited = await applyRecipe(bytes, [twoGains], () => Promise.resolve(bytes));
    await using one = await openSimtel(byteSourceFrom(bytes, 'one'), { focalLengthChoice: 'EQUIVALENT' });
    await using two = await openSimtel(byteSourceFrom(edited, 'two'), { focalLengthChoice: 'EQUIVALENT' });
    const [pulse] = one.subarray.telescope(1).camera.readout.referencePulseShape;
    const { nChannels, referencePulseShape } = two.subarray.telescope(1).camera.readout;
    expect(pulse).to.have.length.greaterThan(10);
    expect(nChannels).to.equal(2);
    expect(referencePulseShape).to.deep.equal([pulse, pulse]);
  });
});
