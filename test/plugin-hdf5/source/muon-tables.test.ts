import { EMPTY_OUTCOME, type ArrayEvent } from '@cherenkit/core';
import hdf5Plugin, { HDF5DataWriter } from '@cherenkit/plugin-hdf5';
import muonPlugin, { MuonProcessor } from '@cherenkit/plugin-muon';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { createPipeline, EventSource } from 'cherenkit';
import { expect } from 'chai';
import { expectSameTables } from '../../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../../support/ctapipe-python.js';
import { simulationFile } from '../../support/ctapipe-reference.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const OPTIONS = { focalLengthChoice: 'EQUIVALENT' } as const;

/** A container as plain data, with 12 digits: the units of columns are other than those in memory. */
function plain(container: unknown): unknown {
  const round = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value;
  return JSON.parse(JSON.stringify(container, round));
}

/** Rings, parameters and efficiencies of the muons of an event. */
function muonsOf({ muon }: ArrayEvent): unknown[] {
  return [...muon.tel].map(([telId, { ring, parameters, efficiency }]) => plain([telId, ring, parameters, efficiency]));
}

describe('HDF5EventSource, for muons', function () {
  this.timeout(180_000);

  it('gives what was found in the events of the simulation', async function () {
    skipWithoutTestData.call(this);
    using folder = new TemporaryFolder();
    const input = simulationFile('lst_muons');
    const args = ['process', '-i', input, '-o', 'muons.h5', '-q', '--write-muon-parameters', '-m', '8'];
    const { exitCode, stderr } = await cherenkit([...args, '--focal-length-choice', 'EQUIVALENT'], folder.path);
    expect(exitCode, stderr).to.equal(0);
    const found: unknown[] = [];
    await using source = await EventSource.open(input, { ...OPTIONS, maxEvents: 8 });
    const { subarray } = source;
    const { calibrator, imageProcessor } = await createPipeline({ subarray });
    const muonProcessor = await buildComponent(MuonProcessor, { subarray, plugins: [muonPlugin] });
    for await (const event of source) {
      calibrator.calibrate(event);
      imageProcessor.process(event);
      muonProcessor.process(event);
      found.push(muonsOf(event));
    }
    await using again = await EventSource.open(folder.join('muons.h5'), OPTIONS);
    const read: unknown[] = [];
    for await (const event of again) read.push(muonsOf(event));
    expect(read.flat()).to.have.length.greaterThan(5);
    expect(read).to.deep.equal(found);
  });

  it('gives what is in the tables of ctapipe', async function () {
    skipWithoutCtapipeOrTestData.call(this);
    using folder = new TemporaryFolder();
    const [theirs, ours] = [folder.join('theirs.h5'), folder.join('ours.h5')];
    const args = ['-i', simulationFile('lst_muons'), '-o', theirs, '--write-muon-parameters', '-m', '8'];
    const focalLength = '--SimTelEventSource.focal_length_choice=EQUIVALENT';
    await ctapipePython([inTestData('tools', 'converged.py'), ...args, focalLength], { cwd: folder.path });
    await using source = await EventSource.open(theirs, OPTIONS);
    const traits = { outputPath: ours, writeDl1Parameters: true, writeMuonParameters: true };
    const { subarray } = source;
    await using writer = await buildComponent(HDF5DataWriter, { subarray, traits, plugins: [hdf5Plugin] });
    await writer.open(source.run);
    for await (const event of source) await writer.write(event);
    await writer.finish(EMPTY_OUTCOME);
    await expectSameTables(theirs, ours, ['--only', '^/dl1/event/', '--rtol', '1e-12']);
  });
});
