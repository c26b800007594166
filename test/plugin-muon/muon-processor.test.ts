import { ArrayEvent, DL1CameraContainer, type Container, type MuonTelescopeContainer } from '@cherenkit/core';
import muonPlugin, { MuonProcessor } from '@cherenkit/plugin-muon';
import { createPipeline, EventSource } from 'cherenkit';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { arrayOf } from '../support/test-array.js';
import { readCheckedIn, simulationFile } from '../support/ctapipe-reference.js';
import { skipWithoutTestData } from '../support/test-data.js';

type Row = Record<string, number | boolean | null>;

interface MuonReference {
  muons: { event_id: number; ring: Row; parameters: Row; efficiency: Row }[];
}

const OPTIONS = { plugins: [muonPlugin], config: { MuonIntensityFitter: { hole_radius_m: 0.74 } } };

function muonOf(event: ArrayEvent, telId: number): MuonTelescopeContainer {
  const muon = event.muon.tel.get(telId);
  if (muon === undefined) throw new Error(`no muon of telescope ${telId}`);
  return muon;
}

/** Compares the values of a reference row with those of a container; null requires NaN. */
function expectRow(container: Container, row: Row, tolerance: (name: string) => number, where: string): void {
  for (const [name, expected] of Object.entries(row)) {
    const field = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const actual = (container as unknown as Row)[field];
    const message = `${where}, ${name}: ${actual}, expected ${expected}`;
    if (typeof expected !== 'number') {
      expect(actual, message).to.deep.equal(expected ?? NaN);
    } else {
      expect(Math.abs((actual as number) - expected), message).to.be.at.most(tolerance(name) * Math.abs(expected));
    }
  }
}

describe('MuonProcessor', () => {
  it('gives the same muon parameters as ctapipe with a converged Minuit fit', async function () {
    skipWithoutTestData.call(this);
    const { muons } = readCheckedIn('muons.json') as MuonReference;
    await using source = await EventSource.open(simulationFile('lst_muons'), { focalLengthChoice: 'EQUIVALENT' });
    const { calibrator, imageProcessor } = await createPipeline({ subarray: source.subarray });
    const muonProcessor = await buildComponent(MuonProcessor, { ...OPTIONS, subarray: source.subarray });
    let nRings = 0;
    for await (const event of source) {
      calibrator.calibrate(event);
      imageProcessor.process(event);
      muonProcessor.process(event);
      const expected = muons.find(({ event_id: eventId }) => eventId === event.index.eventId);
      if (expected === undefined) throw new Error(`no reference for event ${event.index.eventId}`);
      const { ring, parameters, efficiency, reason } = muonOf(event, 1);
      const where = `event ${event.index.eventId}`;
      const { likelihood_value: lowest, optical_efficiency: expectedEfficiency } = expected.efficiency;
      // The uncertainties come from Minuit's numerical second derivatives; 1e-5 applies to a centre near 0.
      expectRow(ring, expected.ring, (name) => (name.endsWith('err') ? 3e-3 : 1e-5), where);
      // Images are sums in single precision; higher moments are differences of large numbers.
      expectRow(parameters, expected.parameters, (name) => (/skew|kurt/.test(name) ? 1e-3 : 3e-5), where);
      expect(reason === undefined, where).to.equal(efficiency.isValid);
      const dropped = event.rejections.filter(({ level }) => level === 'muon ring');
      expect(dropped.map((one) => `${one.component}: ${one.reason}`)).to.deep.equal(
        reason === undefined ? [] : [reason],
      );
      if (typeof lowest !== 'number') {
        expect(efficiency.likelihoodValue, where).to.be.NaN;
        continue;
      }
      nRings += 1;
      // The likelihood has kinks where minimizers may stop; ours is never far above Minuit's, and sometimes far below.
      expect(efficiency.likelihoodValue, where).to.be.at.most(lowest + 0.2);
      if (efficiency.likelihoodValue < lowest - 0.2) continue;
      expect(efficiency.opticalEfficiency / Number(expectedEfficiency), where).to.be.closeTo(1, 2e-3);
      expect(efficiency.width / Number(expected.efficiency['width']), where).to.be.closeTo(1, 2e-3);
      expect(Math.abs(efficiency.impact - Number(expected.efficiency['impact'])), where).to.be.lessThan(0.1);
    }
    expect(nRings).to.be.above(20);
  }).timeout(120_000); // fits 25 rings

  it('gives the reason for an image without ring', async () => {
    const subarray = arrayOf({ 1: 'LST_LST_LSTCam' });
    const event = new ArrayEvent();
    event.dl1.tel.set(1, new DL1CameraContainer());
    const muonProcessor = await buildComponent(MuonProcessor, { ...OPTIONS, subarray });
    muonProcessor.process(event);
    const { ring, parameters, efficiency, reason } = muonOf(event, 1);
    expect(reason).to.equal('MuonProcessor: there are no image parameters');
    expect(event.rejections).to.deep.equal([
      { level: 'muon ring', telId: 1, component: 'MuonProcessor', reason: 'there are no image parameters' },
    ]);
    expect([ring.radius, parameters.containment, efficiency.opticalEfficiency]).to.deep.equal([NaN, NaN, NaN]);
    expect([parameters.nPixelsInRing, efficiency.isValid]).to.deep.equal([-1, false]);
  });
});
