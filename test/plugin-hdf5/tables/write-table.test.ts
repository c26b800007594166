import { DataWriter, EMPTY_OUTCOME, EventSource, Table } from 'cherenkit';
import { readTable } from '@cherenkit/plugin-hdf5';
import { expect } from 'chai';
import { TemporaryFolder } from '@cherenkit/testing';

describe('DataWriter.writeTable', () => {
  it('adds a table created by a script to the file', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('events.h5');
    const factors = Table.of(
      {
        tel_id: Int16Array.of(1, 2),
        factor: { values: [1.1, 0.9], description: 'Throughput', unit: 'm' },
        name: ['a', 'größer'],
      },
      { night: 7n },
    );
    await using source = await EventSource.open('toymodel:');
    await using writer = await DataWriter.open(path, { source });
    await writer.writeTable('/mine/calibration', factors);
    const again = await writer.writeTable('/mine/calibration', factors).catch((error: unknown) => String(error));
    expect(again).to.contain('/mine/calibration already exists in the file.');
    await writer.finish(EMPTY_OUTCOME);
    const read = await readTable(path, '/mine/calibration');
    expect(read.toRows()).to.deep.equal(factors.toRows());
    expect(read.meta).to.deep.equal({ night: 7n });
    expect(read.column('factor')).to.include({ description: 'Throughput', unit: 'm' });
  });
});
