import type { ArrayEvent, EventSource } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { editSimtel } from '../../support/edit-simtel.js';
import { eventDifferences } from '../../support/event-differences.js';
import { openSimtel } from '../../support/open-simtel.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';
const MC_RUN_HEADER = 2001;
const DISABLED_PIXELS = 2005;
const METADATA = 75;
const ATMOSPHERE = 1216;
/** The objects that only simulations have. */
const SIMULATION = [70, 1204, ATMOSPHERE, MC_RUN_HEADER, 2020, 2021, 2026, 100];

const READ_WITH_CTAPIPE = `
import sys
from ctapipe.io import EventSource, TableLoader
with TableLoader(sys.argv[1]) as loader:
    print(len(loader.read_subarray_events()), end=" ")
with EventSource(sys.argv[1]) as source:
    print(len(list(source)), source.is_simulation)
`;

async function eventsOf(source: EventSource): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

describe('a sim_telarray file with an incomplete header', function () {
  const folder = new TemporaryFolder();
  before(skipWithoutTestData);
  after(() => folder[Symbol.dispose]());

  /** A copy of the file without the top-level objects of some types. */
  async function without(...types: readonly number[]): Promise<string> {
    const path = folder.join(`without-${types.join('-')}.simtel`);
    await editSimtel(inTestData('data', PROTONS), path, ({ type }) => !types.includes(type));
    return path;
  }

  it('without simulation run header has the same events, and a configuration without values', async () => {
    await using whole = await openSimtel(PROTONS);
    await using source = await openSimtel(await openFile(await without(MC_RUN_HEADER)));
    expect(eventDifferences(await eventsOf(whole), await eventsOf(source))).to.deep.equal([]);
    expect(source.run).to.deep.include({ isSimulation: true, subarray: whole.run.subarray });
    const [config] = source.run.simulationConfig.values();
    expect(config.runNumber).to.equal(1);
    expect([config.energyRangeMin, config.spectralIndex]).to.deep.equal([NaN, NaN]);
  });

  it('without metadata and simulation run header has the observation level of the atmosphere', async () => {
    const levelWithout = async (...types: readonly number[]): Promise<number> => {
      await using source = await openSimtel(await openFile(await without(METADATA, ...types)));
      return source.subarray.referenceLocation.geodetic.height;
    };
    const level = await levelWithout();
    expect(level).to.be.closeTo(2156, 0.1);
    expect(await levelWithout(MC_RUN_HEADER)).to.be.closeTo(level, 1e-6);
    expect(await levelWithout(MC_RUN_HEADER, ATMOSPHERE)).to.be.NaN;
  });

  it('without disabled pixels has all pixels enabled', async () => {
    await using source = await openSimtel(await openFile(await without(DISABLED_PIXELS)));
    const events = await eventsOf(source);
    expect(events.map(({ index }) => index.eventId)).to.deep.equal([401, 403, 500]);
    for (const { monitoring } of events) {
      for (const { camera } of monitoring.tel.values())
        expect(camera.coefficients.outlierMask?.indexOf(1)).to.equal(-1);
    }
  });

  it('without anything simulated contains observed events, which ctapipe reads', async function () {
    skipWithoutCtapipe.call(this);
    const input = await without(...SIMULATION);
    const output = folder.join('observed.h5');
    const { exitCode } = await cherenkit(['process', '-i', input, '-o', output, '--write-showers'], folder.path);
    expect(exitCode).to.equal(0);
    const printed = await ctapipePython(['-c', READ_WITH_CTAPIPE, output], { cwd: folder.path });
    expect(printed.trim()).to.equal('3 3 False');
  });

  it('without showers, but with the run header of a simulation, is written as ctapipe reads it', async function () {
    skipWithoutCtapipe.call(this);
    const input = await without(1204, 2020, 2021, 2026);
    const output = folder.join('without-showers.h5');
    const { exitCode } = await cherenkit(['process', '-i', input, '-o', output, '--write-showers'], folder.path);
    expect(exitCode).to.equal(0);
    const printed = await ctapipePython(['-c', READ_WITH_CTAPIPE, output], { cwd: folder.path });
    expect(printed.trim()).to.equal('3 3 True');
    const listed = await cherenkit(['events', output], folder.path);
    expect(listed.stdout.match(/no shower/g)).to.have.length(3);
  });

  for (const [types, sentence] of [
    [[MC_RUN_HEADER], 'The simulation run header (object 2001) is missing; the simulation configuration is unknown.'],
    [SIMULATION, 'without simulated showers before the first event, the events are read as observed ones.'],
    [
      [DISABLED_PIXELS],
      'The disabled pixels (object 2005) of telescopes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more are missing; all pixels are assumed to be enabled.',
    ],
  ] as const) {
    it(`is reported once: ${sentence}`, async () => {
      const args = ['-i', await without(...types), '-o', 'some.h5', '--overwrite', '--max-events', '1'];
      const { exitCode, stderr } = await cherenkit(['process', ...args], folder.path);
      expect(exitCode).to.equal(0);
      expect(stderr.match(/WARNING/g)).to.have.length(1);
      expect(stderr).to.include('.simtel, run 1: The ');
      expect(stderr).to.include(sentence);
    });
  }
});
