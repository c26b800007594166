import { EMPTY_OUTCOME, FunctionLogger, LOGGER, provide, type ArrayEvent } from '@cherenkit/core';
import hdf5Plugin, { HDF5DataWriter, readTable } from '@cherenkit/plugin-hdf5';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { createPipeline, EventSource } from 'cherenkit';

const TELESCOPES = ['tel_001', 'tel_002', 'tel_003', 'tel_004'];

/** Processes toy events, each modified by `change`, and returns the columns of the tables of telescopes, and the warnings. */
async function columnsOf(
  table: string,
  change: (event: ArrayEvent, index: number) => void,
): Promise<{ columns: Set<string>; warnings: string[] }> {
  using folder = new TemporaryFolder();
  await using source = await EventSource.open('toymodel:?events=3&seed=1');
  const { subarray } = source;
  const { calibrator, imageProcessor } = await createPipeline({ subarray });
  const warnings: string[] = [];
  const logger = new FunctionLogger((_, message) => warnings.push(message), 'warning');
  const traits = { outputPath: folder.join('out.h5'), writeDl1Images: true };
  const services = [provide(LOGGER, logger)];
  await using writer = await buildComponent(HDF5DataWriter, { subarray, traits, plugins: [hdf5Plugin], services });
  await writer.open(source.run);
  let index = 0;
  for await (const event of source) {
    change(event, index++);
    calibrator.calibrate(event);
    imageProcessor.process(event);
    await writer.write(event);
  }
  await writer.finish(EMPTY_OUTCOME);
  const columns = new Set<string>();
  for (const telescope of TELESCOPES) {
    const found = await readTable(folder.join('out.h5'), `${table}/${telescope}`).catch(() => undefined);
    for (const { name, type } of found?.columns.values() ?? []) columns.add(`${name} ${type}`);
  }
  return { columns, warnings };
}

function withoutTrueImages({ simulation }: ArrayEvent): void {
  for (const camera of simulation?.tel.values() ?? []) camera.trueImage = camera.trueImage?.fill(-1);
}

describe('the types of columns', () => {
  const table = '/simulation/event/telescope/parameters';

  it('do not depend on whether the first event has a true image', async () => {
    const { columns } = await columnsOf(table, () => undefined);
    expect(columns).to.include('true_leakage_intensity_width_1 float64');
    const first = await columnsOf(table, (event, index) => index === 0 && withoutTrueImages(event));
    const later = await columnsOf(table, (event, index) => index > 0 && withoutTrueImages(event));
    for (const other of [first, later]) expect([...other.columns]).to.deep.equal([...columns]);
  });

  it('that the first row of a table has no value for are mentioned in a warning, if a later row has one', async () => {
    const { columns, warnings } = await columnsOf('/simulation/event/telescope/images', (event, index) => {
      if (index > 0) return;
      for (const camera of event.simulation?.tel.values() ?? []) camera.trueImage = undefined;
    });
    expect([...columns].join()).not.to.include('true_image int32');
    expect(warnings).to.have.length.greaterThan(0);
    expect(warnings[0]).to.match(
      /^\/simulation\/event\/telescope\/images\/tel_\d+, row \d: the values of true_image are not written/,
    );
  });
});
