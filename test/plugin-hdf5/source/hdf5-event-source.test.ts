import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { LOGGER, FunctionLogger, provide } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import hdf5, { HDF5EventSource } from '@cherenkit/plugin-hdf5';
import { conformance, TemporaryFolder } from '@cherenkit/testing';
import { EventSource, type ArrayEvent, type EventSourceOptions } from 'cherenkit';
import { expect } from 'chai';
import { eventDifferences, type Json } from '../../support/compare-event-json.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../../support/ctapipe-python.js';
import { errorOf } from '../../support/error-of.js';
import { inTestData, skipWithoutTestData, TEST_DATA } from '../../support/test-data.js';

interface Reference {
  readonly file: string;
  readonly focal_length_choice: 'EFFECTIVE' | 'EQUIVALENT';
  readonly data_levels: readonly string[];
  readonly obs_ids: readonly number[];
  readonly is_simulation: boolean;
  readonly scheduling_blocks: Readonly<Record<string, Json>>;
  readonly observation_blocks: Readonly<Record<string, Json>>;
  readonly simulation_config: Readonly<Record<string, Json>>;
  readonly events: readonly Json[];
}

/** ctapipe does not read core_psi, which its files have. */
const NOT_READ_BY_CTAPIPE = /\.parameters\.core\.psi$/;

const FOLDERS = ['data/hdf5', 'reference', 'reference/tables'];

function pathOf(file: string): string {
  const paths = FOLDERS.map((folder) => inTestData(folder, file));
  return paths.find((path) => existsSync(path)) ?? file;
}

async function eventsOf(source: EventSource): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

/** File of two events with four telescopes each, images, parameters, showers and simulation. */
const TWO_EVENTS = 'gamma_600.obs11.v7.6.0.dl2.h5';

/** Copies the file of two events and changes the copy, `f`, by a script for PyTables. */
async function edited(folder: TemporaryFolder, script: string): Promise<string> {
  const path = folder.join('edited.h5');
  copyFileSync(inTestData('data/hdf5', TWO_EVENTS), path);
  const code = [
    'import sys, os, tables, numpy as np',
    'os.chmod(sys.argv[1], 0o644)',
    'def rewrite(node, rows):',
    '    path, name, attributes = node._v_parent._v_pathname, node._v_name, {k: node._v_attrs[k] for k in node._v_attrs._f_list("user")}',
    '    f.remove_node(node)',
    '    table = f.create_table(path, name, obj=rows)',
    '    for key, value in attributes.items(): table._v_attrs[key] = value',
    'def rows_of_events():',
    '    return [t for g in ("/dl1", "/dl2", "/simulation") for t in f.walk_nodes(g, "Table") if "event_id" in t.colnames and t._v_pathname != "/dl1/event/subarray/trigger"]',
    'with tables.open_file(sys.argv[1], "a") as f:',
    ...script
      .trim()
      .split('\n')
      .map((line) => `    ${line}`),
  ].join('\n');
  await ctapipePython(['-c', code, path], { cwd: folder.path });
  return path;
}

interface ReadFile {
  readonly events: readonly unknown[];
  readonly warnings: readonly string[];
}

/** Reads all events of a file as JSON, and the warnings. */
async function read(path: string, options: EventSourceOptions = {}): Promise<ReadFile> {
  const warnings: string[] = [];
  const logger = new FunctionLogger((_, message) => warnings.push(message), 'warning');
  await using source = await EventSource.open(path, options, { services: [provide(LOGGER, logger)] });
  const events = await eventsOf(source);
  return { events: events.map((event) => JSON.parse(JSON.stringify(event)) as unknown), warnings };
}

describe('HDF5EventSource', function () {
  this.timeout(60_000);

  describe('compared with ctapipe', () => {
    before(skipWithoutTestData);
    const folder = TEST_DATA === undefined ? undefined : inTestData('reference', 'tables');
    const references =
      folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.events.json.gz'));
    for (const name of references) {
      it(`reads the events of ${name.replace('.events.json.gz', '')}`, async () => {
        const packed = readFileSync(inTestData('reference', 'tables', name));
        const reference = JSON.parse(gunzipSync(packed).toString()) as Reference;
        const focalLengthChoice = reference.focal_length_choice;
        await using source = await EventSource.open(pathOf(reference.file), { focalLengthChoice });
        const { run } = source;
        expect(source.name).to.equal('HDF5EventSource');
        expect(run.dataLevels).to.deep.equal(reference.data_levels);
        expect(run.isSimulation).to.equal(reference.is_simulation);
        expect([...run.observationBlocks.keys()]).to.deep.equal(reference.obs_ids);
        const options = { telIds: run.subarray.telIds, ignored: NOT_READ_BY_CTAPIPE };
        const blocks = [
          [reference.scheduling_blocks, run.schedulingBlocks],
          [reference.observation_blocks, run.observationBlocks],
          [reference.simulation_config, run.simulationConfig],
        ] as const;
        const differences = blocks.flatMap(([theirs, ours]) =>
          Object.entries(theirs).flatMap(([id, block]) => {
            const found = ours.get(Number(id));
            return found ? eventDifferences(block, found, options, id) : [`block ${id} is missing`];
          }),
        );
        const events = await eventsOf(source);
        expect(events).to.have.lengthOf(reference.events.length);
        events.forEach((event, i) => {
          differences.push(...eventDifferences(reference.events[i] ?? null, event, options, `event ${i}`));
        });
        expect(differences.slice(0, 40).join('\n')).to.equal('');
      });
    }
  });

  describe('reads', () => {
    before(skipWithoutTestData);

    it('telescopes of a selection, without events that none of them triggered', async () => {
      const path = inTestData('data/hdf5', TWO_EVENTS);
      await using source = await EventSource.open(path, { allowedTels: [7, 3] });
      expect(source.subarray.telIds).to.deep.equal([3, 7]);
      const [event, ...others] = await eventsOf(source);
      expect(others).to.deep.equal([]);
      expect([event?.count, event?.index.eventId]).to.deep.equal([0, 4312]);
      expect(event?.trigger.telsWithTrigger).to.deep.equal([3, 7]);
      for (const level of [event?.trigger, event?.dl1, event?.monitoring, event?.dl2, event?.simulation]) {
        expect([...(level?.tel.keys() ?? [])]).to.deep.equal([3, 7]);
      }
    });

    it('at most max_events', async () => {
      const path = inTestData('data/hdf5', TWO_EVENTS);
      expect((await read(path, { maxEvents: 1 })).events).to.deep.equal((await read(path)).events.slice(0, 1));
    });

    it('files without events', async () => {
      const path = inTestData('reference', 'gamma_diffuse_north_alpha_602.dl2.h5');
      expect(await read(path)).to.deep.equal({ events: [], warnings: [] });
    });

    it('events that share no memory', async () => {
      const path = inTestData('data/hdf5', TWO_EVENTS);
      const { events } = await read(path);
      await using source = await EventSource.open(path);
      let count = 0;
      for await (const event of source) {
        expect(JSON.parse(JSON.stringify(event))).to.deep.equal(events[count++]);
        for (const { image, peakTime, imageMask } of event.dl1.tel.values()) {
          image?.fill(NaN);
          peakTime?.fill(NaN);
          imageMask?.fill(0);
        }
        event.monitoring.pointing.arrayAltitude = NaN;
        for (const { pointing } of event.monitoring.tel.values()) pointing.altitude = NaN;
      }
    });
  });

  describe('matches rows by their ids', () => {
    before(skipWithoutCtapipeOrTestData);

    it('in any order', async () => {
      using folder = new TemporaryFolder();
      const reversed = await edited(folder, 'for t in rows_of_events(): rewrite(t, np.ascontiguousarray(t[:][::-1]))');
      const { events, warnings } = await read(reversed);
      expect(warnings).to.deep.equal([]);
      expect(events).to.deep.equal((await read(inTestData('data/hdf5', TWO_EVENTS))).events);
    });

    it('where rows are missing or of other events, with a warning', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(
        folder,
        `
t = f.root.dl1.event.telescope.images.tel_010
rows = t[:]
rows['event_id'] = 77
rewrite(t, rows)`,
      );
      const { events, warnings } = await read(path);
      const expected = (await read(inTestData('data/hdf5', TWO_EVENTS))).events as { dl1: { tel: object } }[];
      const { image, peakTime, imageMask, ...rest } =
        (expected[0]?.dl1.tel as Record<string, Record<string, unknown>>)['10'] ?? {};
      expect([image, peakTime, imageMask]).not.to.include(undefined);
      const found = (events[0] as { dl1: { tel: Record<string, Record<string, unknown>> } }).dl1.tel['10'];
      expect(found).to.deep.equal({ ...rest, isValid: false });
      expect(warnings).to.have.length(2);
      expect(warnings[0]).to.match(
        /: tables have no rows for .* events, which have no such data: \/dl1\/event\/telescope\/images\/tel_\* \(1\)\.$/,
      );
      expect(warnings[1]).to.match(/: tables have rows of no .*: \/dl1\/event\/telescope\/images\/tel_\* \(1\)\.$/);
    });

    it('where rows are missing in many tables, with one warning', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(
        folder,
        `
for t in [*f.walk_nodes('/dl1/event/telescope/images', 'Table'), *f.walk_nodes('/dl1/event/telescope/parameters', 'Table')]:
    rewrite(t, t[:0])`,
      );
      const { warnings } = await read(path);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.match(/images\/tel_\* \(\d+\), .*parameters\/tel_\* \(\d+\)\.$/);
    });

    it('and columns of results by the names of their fields, if their prefix is not the algorithm', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(
        folder,
        `
for t in f.walk_nodes('/dl2/event', 'Table'):
    rows = t[:]
    rows.dtype.names = [n.replace('HillasReconstructor_', 'own_') for n in rows.dtype.names]
    rewrite(t, rows)`,
      );
      const { events, warnings } = await read(path);
      expect(warnings).to.deep.equal([]);
      expect(events).to.deep.equal((await read(inTestData('data/hdf5', TWO_EVENTS))).events);
    });

    it('with negative ids, which events without number have in sim_telarray files', async () => {
      using folder = new TemporaryFolder();
      const script = `
for t in [f.root.dl1.event.subarray.trigger, *rows_of_events()]:
    rows = t[:]
    rows['event_id'] -= 10000
    rewrite(t, rows)`;
      const idsOf = ({ events }: ReadFile): number[] =>
        (events as { index: { eventId: number } }[]).map(({ index }) => index.eventId);
      const { warnings, ...negative } = await read(await edited(folder, script));
      const original = await read(inTestData('data/hdf5', TWO_EVENTS));
      expect(warnings).to.deep.equal([]);
      expect(idsOf({ warnings, ...negative })).to.deep.equal(idsOf(original).map((id) => id - 10_000));
      const imagesOf = ({ events }: ReadFile): unknown => (events as { dl1: unknown }[]).map(({ dl1 }) => dl1);
      expect(imagesOf({ warnings, ...negative })).to.deep.equal(imagesOf(original));
    });

    it('and names tables and columns that are not in the data model', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(
        folder,
        `
from numpy.lib import recfunctions
for t in list(f.root.dl1.event.telescope.parameters):
    rows, name = t[:], t._v_name
    rewrite(t, np.asarray(recfunctions.append_fields(rows, ['own_width', 'own_length'], [np.ones(len(rows)), np.ones(len(rows))], usemask=False)))
    f.create_table('/dl1/event/telescope/own', name, obj=rows, createparents=True)
f.create_table('/dl2/event/subarray/mass', 'Own', obj=f.root.dl1.event.subarray.trigger[:], createparents=True)`,
      );
      const { events, warnings } = await read(path);
      expect(warnings.map((warning) => warning.slice(path.length))).to.have.members([
        ': /dl1/event/telescope/own/tel_* is not in the data model; it is not read.',
        ': /dl2/event/subarray/mass/Own is not in the data model; it is not read.',
        ': /dl1/event/telescope/parameters/tel_* has columns that are not in the data model; they are not read: own_width, own_length.',
      ]);
      expect(events).to.deep.equal((await read(inTestData('data/hdf5', TWO_EVENTS))).events);
    });

    it('and names links that are not followed', async () => {
      using folder = new TemporaryFolder();
      const script = `
f.create_soft_link('/dl1', 'loop', '/dl1/loop')
f.create_soft_link('/dl1', 'nothing', '/nowhere')
f.create_external_link('/dl1', 'outside', 'other.h5:/dl1')`;
      const { events, warnings } = await read(await edited(folder, script));
      expect(events).to.have.length(2);
      expect(warnings.map((each) => each.replace(/^.*edited\.h5: /, ''))).to.have.members([
        '/dl1/loop is a broken symbolic link to /dl1/loop; it is not read.',
        '/dl1/nothing is a broken symbolic link to /nowhere; it is not read.',
        '/dl1/outside is a link to another file, other.h5, which is not followed; it is not read.',
      ]);
    });

    it('refuses rows in another order with equal ids', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(
        folder,
        `
t = f.root.dl1.event.telescope.trigger
rows = t[:]
rewrite(t, np.concatenate([rows[4:], rows[4:], rows[:4]]))`,
      );
      const error = await errorOf(read(path, { allowedTels: [2, 9] }).then(() => read(path)));
      expect(error).to.include({ code: 'HDF5_ROWS_AMBIGUOUS' });
    });

    it('without true images, true parameters and true impact distances', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(folder, "f.remove_node('/simulation/event/telescope', recursive=True)");
      const { events } = await read(path);
      const [first] = events as { simulation: { shower: object; tel: object }; dl1: { tel: object } }[];
      expect(first?.simulation.tel).to.deep.equal({});
      expect(first?.simulation.shower).to.have.property('energy');
      expect(Object.keys(first?.dl1.tel ?? {})).to.deep.equal(['9', '10', '12', '13']);
    });
  });

  describe('interpolates measured pointings', () => {
    before(skipWithoutCtapipeOrTestData);

    const POINTINGS = (start: number, stop: number): string => `
from astropy.table import Table
from astropy.time import Time
import astropy.units as u
from ctapipe.io import read_table, write_table
trigger = read_table(f, '/dl1/event/telescope/trigger')
for tel in sorted(set(trigger['tel_id'])):
    time = trigger['time'][0] + np.arange(${start}, ${stop}) * u.s
    angle = np.deg2rad(359.5 + 0.1 * np.arange(${start}, ${stop})) % (2 * np.pi)
    write_table(Table({'time': time, 'azimuth': angle * u.rad, 'altitude': angle / 10 * u.rad}), f, f'/dl0/monitoring/telescope/pointing/tel_{tel:03d}')`;

    it('as ctapipe does', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(folder, POINTINGS(-20, 20));
      const script = [
        'import sys, json; from ctapipe.io import EventSource',
        'print(json.dumps([{int(t): [float(m.pointing.azimuth.to_value("rad")), float(m.pointing.altitude.to_value("rad"))] for t, m in e.monitoring.tel.items()} for e in EventSource(sys.argv[1])]))',
      ].join('\n');
      const theirs = JSON.parse(await ctapipePython(['-c', script, path], { cwd: folder.path })) as Record<
        string,
        [number, number]
      >[];
      await using source = await EventSource.open(path);
      const ours = await eventsOf(source);
      expect(ours).to.have.lengthOf(theirs.length);
      ours.forEach(({ monitoring }, i) => {
        for (const [telId, [azimuth, altitude]] of Object.entries(theirs[i] ?? {})) {
          const pointing = monitoring.tel.get(Number(telId))?.pointing;
          // The telescope moves by 1e-7 rad within a microsecond, the resolution of days as float64.
          expect(pointing?.azimuth).to.be.closeTo(azimuth, 5e-7);
          expect(pointing?.altitude).to.be.closeTo(altitude, 5e-7);
        }
      });
    });

    it('refuses triggers outside the measurements', async () => {
      using folder = new TemporaryFolder();
      const path = await edited(folder, POINTINGS(20, 40));
      expect(await errorOf(read(path))).to.include({ code: 'POINTING_UNKNOWN' });
    });
  });

  describe('refuses by name', () => {
    before(skipWithoutCtapipeOrTestData);

    const cases: [title: string, script: string, code: string, message: RegExp][] = [
      [
        'another data model',
        "f.root._v_attrs['CTA PRODUCT DATA MODEL VERSION'] = 'v8.0.0'",
        'HDF5_UNSUPPORTED',
        /has the data model v8\.0\.0; expected .*v4\.0\.0 to v7\.6\.0/,
      ],
      [
        'files without a data model',
        "del f.root._v_attrs['CTA PRODUCT DATA MODEL VERSION']",
        'HDF5_UNSUPPORTED',
        /has no attribute CTA PRODUCT DATA MODEL VERSION/,
      ],
      [
        'tables without ids',
        `
t = f.root.dl1.event.telescope.images.tel_010
rows = t[:]
rewrite(t, rows[[n for n in rows.dtype.names if n != 'event_id']].copy())`,
        'HDF5_UNSUPPORTED',
        /images\/tel_010 has no column event_id/,
      ],
      [
        'files without an array',
        "f.remove_node('/configuration/instrument', recursive=True)",
        'HDF5_TABLE_MISSING',
        /edited\.h5 has no \/configuration\/instrument\/subarray\/layout/,
      ],
      [
        'a trigger table in another file',
        `
f.remove_node('/dl1/event/subarray/trigger')
f.create_external_link('/dl1/event/subarray', 'trigger', 'other.h5:/trigger')`,
        'HDF5_TABLE_MISSING',
        /has no table .*\/trigger \(it is a link to another file, other\.h5, which is not followed\), .* has rows of events in/,
      ],
      [
        'a trigger table that is a link to itself',
        `
f.remove_node('/dl1/event/subarray/trigger')
f.create_soft_link('/dl1/event/subarray', 'trigger', '/dl1/event/subarray/trigger')`,
        'HDF5_TABLE_MISSING',
        /has no table .*\/trigger \(it is a broken symbolic link to \/dl1\/event\/subarray\/trigger\), .* has rows of events in/,
      ],
      [
        'columns without their unit',
        "del f.get_node('/configuration/telescope/pointing/tel_010')._v_attrs['CTAFIELD_2_UNIT']",
        'HDF5_CORRUPT',
        /edited\.h5: Column "telescope_pointing_azimuth": cannot convert/,
      ],
      [
        'columns of another shape',
        `
t = f.root.dl1.event.subarray.trigger
rows = t[:]
rewrite(t, rows[['obs_id', 'event_id', 'time', 'event_type']].copy())
from numpy.lib import recfunctions
rewrite(f.root.dl1.event.subarray.trigger, np.asarray(recfunctions.append_fields(f.root.dl1.event.subarray.trigger[:], 'tels_with_trigger', np.ones(len(rows), bool), usemask=False)))`,
        'HDF5_CORRUPT',
        /trigger: column tels_with_trigger has cells of shape \[\], expected 13 values/,
      ],
    ];
    for (const [title, script, code, message] of cases) {
      it(title, async () => {
        using folder = new TemporaryFolder();
        const error = await errorOf(read(await edited(folder, script)));
        expect(error.message).to.match(message);
        expect(error).to.include({ code });
      });
    }
  });

  if (TEST_DATA !== undefined) {
    const path = inTestData('data/hdf5', TWO_EVENTS);
    conformance(HDF5EventSource, { plugins: [hdf5], openInput: () => openFile(path) });
  }
});
