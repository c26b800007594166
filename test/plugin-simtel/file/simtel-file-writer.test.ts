import { byteSourceFrom, MemorySink, ByteOutput, openFile } from '@cherenkit/io';
import { SimtelFile, SimtelFileWriter } from '@cherenkit/plugin-simtel/eventio';
import { expect } from 'chai';
import { eventDifferences } from '../../support/event-differences.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { openSimtel } from '../../support/open-simtel.js';

/** The bytes of a file written from the header, the events and the histograms of another one. */
async function rewritten(path: string): Promise<Uint8Array> {
  await using file = await SimtelFile.open(await openFile(path));
  const sink = new MemorySink();
  await using output = await ByteOutput.open(sink, 'rewritten.simtel');
  const writer = new SimtelFileWriter(output);
  await writer.writeHeader(file.header);
  for await (const event of file.events()) await writer.writeEvent(event);
  if (file.histograms !== undefined) await writer.writeHistograms(file.histograms);
  await output.publish();
  return sink.bytes ?? new Uint8Array(0);
}

describe('SimtelFileWriter', function () {
  before(skipWithoutTestData);

  // One and two gain channels, sums instead of samples, calibration events, old object versions, disabled pixels.
  for (const name of [
    'proton_north_alpha_700.simtel.zst',
    'gamma_prod6_tel_event_header_v4.simtel.zst',
    'calib_events.simtel.gz',
    'calib_true_pe.simtel.zst',
    'gct_checs_muons.simtel.zst',
    'lst_muons.simtel.zst',
    'n_hv_disabled.simtel.gz',
    'ff-1m_flasher.simtel.zst',
  ]) {
    it(`writes ${name} with the same content`, async () => {
      const bytes = await rewritten(inTestData('data', name));
      const options = { skipCalibrationEvents: false, focalLengthChoice: 'EQUIVALENT' };
      await using original = await openSimtel(name, options);
      await using written = await openSimtel(byteSourceFrom(bytes, 'rewritten'), options);
      expect(written.subarray.equals(original.subarray)).to.equal(true);
      expect(eventDifferences(original.run.simulationConfig, written.run.simulationConfig)).to.deep.equal([]);
      expect(eventDifferences(original.run.observationBlocks, written.run.observationBlocks)).to.deep.equal([]);
      expect(
        eventDifferences(original.run.atmosphereDensityProfile, written.run.atmosphereDensityProfile),
      ).to.deep.equal([]);
      const events = written[Symbol.asyncIterator]();
      let count = 0;
      for await (const event of original) {
        const next = await events.next();
        expect(eventDifferences(event, next.value)).to.deep.equal([]);
        count += 1;
      }
      expect(count).to.be.greaterThan(0);
      expect((await events.next()).done).to.equal(true);
      expect(
        eventDifferences(original.outcome.simulatedShowerDistributions, written.outcome.simulatedShowerDistributions),
      ).to.deep.equal([]);
    });
  }
});
