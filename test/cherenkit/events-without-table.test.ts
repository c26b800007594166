import { Hdf5File, Hdf5Writer, readTable, writeTable } from '@cherenkit/plugin-hdf5';
import { FileSink } from '@cherenkit/io/node';
import { columnFrom, type Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { TableLoader } from 'cherenkit';
import { expect } from 'chai';
import { errorOf } from '../support/error-of.js';
import { cherenkit } from '../support/run-command.js';

const TRIGGER = '/dl1/event/subarray/trigger';
const LAYOUT = '/configuration/instrument/subarray/layout';

/** Returns undefined to leave the table out. */
type Change = (table: Table) => Table | undefined;

interface Case {
  readonly title: string;
  readonly path: string;
  readonly change: Change;
  readonly message: RegExp;
}

const CASES: readonly Case[] = [
  {
    title: 'no trigger table, but telescope events',
    path: TRIGGER,
    change: () => undefined,
    message:
      /has no table \/dl1\/event\/subarray\/trigger, which lists the array events, but has rows of events in \/dl1/,
  },
  {
    title: 'no event ids',
    path: TRIGGER,
    change: (table) => table.without('event_id'),
    message: /trigger: column event_id is missing; found obs_id, /,
  },
  {
    title: 'no triggered telescopes',
    path: TRIGGER,
    change: (table) => table.without('tels_with_trigger'),
    message: /trigger: column tels_with_trigger is missing; found obs_id, /,
  },
  {
    title: 'an event id that is not a number',
    path: TRIGGER,
    change: (table) => replaced(table, 'event_id', { type: 'float64', values: [1, NaN] }),
    message: /trigger: column event_id has NaN in row 1, expected whole numbers/,
  },
  {
    title: 'an observation id that is not whole',
    path: TRIGGER,
    change: (table) => replaced(table, 'obs_id', { type: 'float64', values: [1.5, 1] }),
    message: /trigger: column obs_id has 1\.5 in row 0, expected whole numbers/,
  },
  {
    title: 'event ids that are texts',
    path: TRIGGER,
    change: (table) => replaced(table, 'event_id', { type: 'string', values: ['a', 'b'] }),
    message: /trigger: column event_id has text, expected numbers/,
  },
  {
    title: 'no description of the array',
    path: LAYOUT,
    change: () => undefined,
    message: /has no \/configuration\/instrument\/subarray\/layout/,
  },
];

function replaced(table: Table, name: string, column: Parameters<typeof columnFrom>[1]): Table {
  return table.withColumn(name, columnFrom(name, column));
}

describe('files whose events cannot be told apart', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  before(async () => {
    const flags = ['--write-showers', '--quiet'];
    await cherenkit(['process', '-i', 'toymodel:?events=2', '-o', 'toy.h5', ...flags], folder.path);
  });

  /** Writes a copy of the file with one table changed. */
  async function changed(path: string, change: Change): Promise<string> {
    const output = folder.join('changed.h5');
    const writer = new Hdf5Writer(new FileSink(output, { overwrite: true }));
    await using file = await Hdf5File.open(folder.join('toy.h5'));
    for (const [name, value] of await file.attributes('/')) {
      if (typeof value === 'string') writer.setAttributes('/', { [name]: value });
    }
    for (const each of await file.paths()) {
      const table = await readTable(file, each);
      const written = each === path ? change(table) : table;
      if (written) writeTable(writer, each, written);
    }
    await writer.finish();
    return output;
  }

  for (const { title, path, change, message } of CASES) {
    it(`are refused by name: ${title}`, async () => {
      const file = await changed(path, change);
      const commands = [
        ['events', file],
        ['process', '-i', file, '-o', 'out.h5', '--quiet'],
        ['merge', file, '-o', 'out.h5'],
      ];
      for (const command of commands.slice(0, path === LAYOUT ? 2 : 3)) {
        const { stderr, exitCode } = await cherenkit(command, folder.path);
        expect({ exitCode, command }).to.deep.equal({ exitCode: 65, command });
        expect(stderr).to.match(message).and.include('changed.h5');
        expect(stderr).not.to.match(/\n +at /);
      }
      const opened = async (): Promise<unknown> => {
        await using loader = await TableLoader.open(file);
        return await loader.readSubarrayEvents();
      };
      const error = await errorOf(opened());
      expect(error)
        .to.have.property('code')
        .that.match(/^HDF5_(?:CORRUPT|TABLE_MISSING)$/);
      expect(error.message).to.match(message).and.include('changed.h5');
    });
  }

  it('are refused by name: tables without the trigger table that a merge excludes', async () => {
    const args = ['merge', 'toy.h5', '-o', 'out.h5', '--exclude', TRIGGER];
    const { stderr, exitCode } = await cherenkit(args, folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include(`--exclude leaves out ${TRIGGER}, which lists the events of `);
  });

  it('are read with a warning without the times of events', async () => {
    const file = await changed(TRIGGER, (table) => table.without('time'));
    const { stderr, exitCode } = await cherenkit(['process', '-i', file, '-o', 'out.h5', '--overwrite'], folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stderr).to.include(`${TRIGGER} has no column time; these values are unknown.`);
  });
});
