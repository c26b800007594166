import { EventSource } from 'cherenkit';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const DL0 = ['dl0v1', 'DL0'];
const DATE = ['ctao-acada-n', 'acada-adh'];
const RUN = '20231013T220427_SBID0000000002000002008_OBSID0000000002000002108';

/** Inputs of all event sources of zfits files that need no further files. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  LSTEventSource: ['lst_evb', 'LST-1.1.Run02008.0000.fits.fz'],
  NectarCAMEventSource: ['nectarcam_r1v1', 'NectarCAM.Run6000.0000.fits.fz'],
  ProtozfitsDL0EventSource: [
    ...DL0,
    'ARRAY',
    ...DATE,
    'triggers',
    '2023',
    '10',
    '13',
    `SUB001_SWAT001_${RUN}_SUBARRAY_CHUNK000.fits.fz`,
  ],
  ProtozfitsDL0TelescopeEventSource: [
    ...DL0,
    'LSTN-01',
    ...DATE,
    'events',
    '2023',
    '10',
    '13',
    `TEL001_SDH0001_${RUN}_TEL_SHOWER_CHUNK000.fits.fz`,
  ],
};

describe('event sources of zfits files', () => {
  before(skipWithoutTestData);

  for (const [name, path] of Object.entries(INPUTS)) {
    it(`refuse to read events a second time, as some were read before: ${name}`, async () => {
      await using source = await EventSource.open(inTestData('data', 'zfits', ...path));
      expect(source.constructor.name).to.equal(name);
      let count = 0;
      for await (const _event of source) if (++count === 2) break;
      const again = source[Symbol.asyncIterator]();
      const error: unknown = await again.next().catch((cause: unknown) => cause);
      expect(error).to.include({ code: 'EVENTS_ALREADY_READ', exitCode: 2 });
    });
  }
});
