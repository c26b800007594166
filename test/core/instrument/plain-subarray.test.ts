import { plainSubarray, subarrayFrom, type SubarrayDescription } from '@cherenkit/core';
import { expect } from 'chai';
import { EventSource } from 'cherenkit';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

async function subarrayOf(url: string): Promise<SubarrayDescription> {
  await using source = await EventSource.open(url, { focalLengthChoice: 'EQUIVALENT' });
  return source.subarray;
}

describe('plainSubarray', () => {
  it('gives the same subarray back, also after structuredClone', async () => {
    const subarray = await subarrayOf('toymodel:?events=1');
    const copy = subarrayFrom(structuredClone(plainSubarray(subarray)));
    expectEqual(copy, subarray);
    expect(plainSubarray(subarray).cameras).to.have.length.below(subarray.nTels);
  });

  it('gives the same subarray back for a real file', async function () {
    skipWithoutTestData.call(this);
    const subarray = await subarrayOf(inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst'));
    expectEqual(subarrayFrom(structuredClone(plainSubarray(subarray))), subarray);
  });

  it('refuses a telescope whose camera is absent', async () => {
    const plain = plainSubarray(await subarrayOf('toymodel:?events=1'));
    expect(() => subarrayFrom({ ...plain, cameras: [] })).to.throw(
      RangeError,
      'Telescope 1: expected an index below 0',
    );
  });
});

/** More than `equals`, which compares positions with a tolerance. */
function expectEqual(copy: SubarrayDescription, subarray: SubarrayDescription): void {
  expect(copy.equals(subarray)).to.equal(true);
  expect(plainSubarray(copy)).to.deep.equal(plainSubarray(subarray));
  expect(copy.cameraTypes.map(({ geometry }) => geometry.toTelescopeFrame())).to.deep.equal(
    subarray.cameraTypes.map(({ geometry }) => geometry.toTelescopeFrame()),
  );
}
