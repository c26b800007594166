import {
  ArrayEvent,
  DL1CameraContainer,
  DL1Container,
  HillasParametersContainer,
  ImageParametersContainer,
  ReconstructedGeometryContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  timeFromUnix,
  TriggerContainer,
} from '@cherenkit/core';
import { EventReport } from '@cherenkit/plugin-display/internal';
import { expect } from 'chai';
import { arrayOf } from '../../support/test-array.js';

const subarray = arrayOf({ 1: 'LST_A_B', 2: 'MST_C_D' });

const HEAD = {
  input: 'file',
  software: 'cherenkit',
  configuration: '{}',
  outcome: {
    events: 0,
    telescopeEvents: 0,
    reconstructed: {},
    notReconstructed: {},
    rejected: {},
    rejectedBySource: {},
    skippedBySource: {},
    failures: [],
    truncated: false,
  },
};

/** A reconstructed event; the charge of its image is different for each. */
function eventOf(count: number): ArrayEvent {
  const parameters = new ImageParametersContainer({
    hillas: new HillasParametersContainer({ intensity: 50 + (count % 997), length: 0.003, width: 0.001 }),
  });
  const event = new ArrayEvent({
    count,
    trigger: new TriggerContainer({ time: timeFromUnix(1_700_000_000 + count) }),
    dl1: new DL1Container({ tel: new Map([[1 + (count % 2), new DL1CameraContainer({ parameters })]]) }),
    simulation: new SimulatedEventContainer({
      shower: new SimulatedShowerContainer({ energy: 10 ** ((count % 30) / 10 - 1), alt: 1.2, az: 0 }),
    }),
  });
  event.dl2.stereo.geometry.set(
    'HillasReconstructor',
    new ReconstructedGeometryContainer({ isValid: true, alt: 1.2 + 1e-5 * (count % 100), az: 0, telescopes: [1, 2] }),
  );
  return event;
}

async function pageOf(nEvents: number, maxPictures = 60): Promise<string> {
  const report = new EventReport(subarray, { maxPictures });
  for (let i = 0; i < nEvents; i++) await report.add(eventOf(i));
  return report.page(HEAD, '');
}

describe('EventReport', function () {
  this.timeout(60_000);

  it('says that there is nothing to draw without events', async () => {
    const page = await pageOf(0);
    expect(page).to.include('There is nothing to draw.').and.not.to.include('Bias and resolution');
    expect(page).not.to.include('mean rate');
  });

  it('reports a single event', async () => {
    const page = await pageOf(1);
    expect(page).to.include('<th scope="row">first event</th><td>2023-11-14T22:13:20.000Z</td>');
    expect(page).to.include('Charges of the images').and.to.include('Bias and resolution');
    expect(page).not.to.include('mean rate');
  });

  it('has charges by telescope type, biases, and the rate of the events', async () => {
    const page = await pageOf(40);
    for (const text of ['LST_A_B', 'MST_C_D', 'bias in altitude (deg)', 'Angular resolution'])
      expect(page).to.include(text);
    expect(page).to.include('<td>39 s</td>').and.to.include('1 events per second');
  });

  it('has the pictures of a bounded number of many events', async () => {
    const [few, many] = [await pageOf(1000, 5), await pageOf(10_000, 5)];
    // 25 numbers per event, compressed.
    expect(many.length - few.length).to.be.below(9000 * 60);
    expect(many).to.include('Pictures of 5 events are in this page');
  });

  it('has the colours that the reader prefers', async () => {
    const page = await pageOf(3);
    expect(page).to.include('prefers-color-scheme: dark').and.to.include('fill="var(--page)"');
  });
});
