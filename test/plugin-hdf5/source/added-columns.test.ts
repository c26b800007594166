import {
  Container,
  EMPTY_OUTCOME,
  field,
  FunctionLogger,
  LOGGER,
  provide,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  TelescopeReconstructedContainer,
  type ArrayEvent,
  type Field,
} from '@cherenkit/core';
import hdf5Plugin, { HDF5DataWriter, Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { EventSource } from 'cherenkit';
import { expect } from 'chai';

/** A field of each kind that a plugin may add to its results. */
const ADDED = {
  depth: field.float64('Depth of the maximum', { unit: 'g.cm**-2' }),
  angle_2: field.float32('Some angle', { unit: 'deg' }),
  rate: { ...field.float64('Rate'), column: { type: 'float64', unit: 'Hz' } } as unknown as Field<number>,
  nSteps: field.int32('Steps of the fit'),
  bigCount: field.uint64('Some count'),
  small: { ...field.int16('Small'), column: { type: 'uint8' }, initial: () => 255 } as Field<number>,
  hasConverged: field.boolean('Whether the fit converged'),
  status: field.string('Status of the fit', 'none', { bytes: 90 }),
  started: field.time('When the fit started'),
  quality: field.enumeration('Quality', 'EventQuality', { BAD: 0, GOOD: 1 }, 0),
  used: field.telescopes('Telescopes in the second fit'),
  covariance: field.float64Array('Covariance', { unit: 'deg', dims: ['2', '3'], length: 6 }),
  steps: field.float32Array('Values of the steps', { length: 4 }),
  flags: field.mask('Flags', { length: 3 }),
};

class AddedGeometry extends Container.withFields('', ReconstructedGeometryContainer.fields, ADDED) {}
class AddedEnergy extends Container.withFields('', ReconstructedEnergyContainer.fields, ADDED) {}

function addedValues(k: number): object {
  return {
    depth: 300 + k,
    angle_2: 0.5 + k / 16,
    rate: 7.25 + k,
    nSteps: k,
    bigCount: 5 * k,
    small: 200 + k,
    hasConverged: k % 2 === 1,
    status: `${'long '.repeat(15)}${k}`,
    started: { seconds: 1_700_000_000 + k, quarterNanoseconds: 4 * k },
    quality: k % 2,
    used: [1, 2].slice(0, k % 3),
    covariance: Float64Array.from({ length: 6 }, (_, i) => i + k / 8),
    steps: Float32Array.from({ length: 4 }, (_, i) => i - k / 8),
    flags: Uint8Array.of(k % 2, 1, 0),
  };
}

async function write(source: EventSource, outputPath: string, change: (event: ArrayEvent) => void): Promise<void> {
  const traits = { outputPath, writeDl2: true, writeDl1Parameters: false };
  const { subarray } = source;
  await using writer = await buildComponent(HDF5DataWriter, { subarray, traits, plugins: [hdf5Plugin] });
  await writer.open(source.run);
  for await (const event of source) {
    change(event);
    await writer.write(event);
  }
  await writer.finish(EMPTY_OUTCOME);
}

/** Writes toy events with results that have fields of their own. */
async function writeAdded(path: string): Promise<void> {
  await using source = await EventSource.open('toymodel:?events=4&seed=1');
  await write(source, path, ({ count, dl2, trigger }) => {
    const isValid = count !== 2;
    const geometry = new AddedGeometry({ ...addedValues(count), alt: 1, az: 2, coreX: 3, coreY: 4, isValid });
    if (!isValid) geometry.reason = 'parallel axes';
    dl2.stereo.geometry.set('Own', geometry);
    for (const telId of trigger.telsWithTrigger) {
      const results = new TelescopeReconstructedContainer();
      results.energy.set('Own', new AddedEnergy({ ...addedValues(telId), energy: telId, isValid: true }));
      dl2.tel.set(telId, results);
    }
  });
}

/** Tables of results and reasons: columns with all properties, by path. */
async function resultsOf(path: string): Promise<Record<string, unknown>> {
  await using file = await Hdf5File.open(path);
  const paths = (await file.paths()).filter((each) => each.includes('/dl2/'));
  const tables: Record<string, unknown> = {};
  for (const each of paths) {
    const table = await readTable(file, each);
    tables[each] = [...table.columns.values()].map(({ name, type, shape, unit, description, meaning, values }) => {
      const cells = Array.from(values as ArrayLike<unknown>, (x) => (typeof x === 'bigint' ? String(x) : x));
      return { name, type, shape, unit, description, meaning, values: rounded(cells) };
    });
    const { columns } = await file.table(each);
    tables[`${each} types`] = columns.map(({ type }) => type);
  }
  return tables;
}

function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? Number(each.toPrecision(7)) : each)),
  );
}

async function readWithWarnings(path: string): Promise<{ events: ArrayEvent[]; warnings: string[] }> {
  const warnings: string[] = [];
  const logger = new FunctionLogger((_, message) => warnings.push(message), 'warning');
  await using source = await EventSource.open(path, {}, { services: [provide(LOGGER, logger)] });
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return { events, warnings };
}

describe('HDF5EventSource, for columns that are not in the data model', function () {
  this.timeout(60_000);

  it('makes them fields of the results, which are written again with reasons, units, types and descriptions', async () => {
    using folder = new TemporaryFolder();
    const [first, second] = [folder.join('first.h5'), folder.join('second.h5')];
    await writeAdded(first);
    await using source = await EventSource.open(first);
    await write(source, second, () => undefined);
    const expected = await resultsOf(first);
    expect(Object.keys(expected)).to.include.members([
      '/dl2/event/subarray/geometry/Own',
      '/cherenkit/dl2/event/subarray/geometry/Own',
    ]);
    expect(Object.keys(expected).some((path) => path.startsWith('/dl2/event/telescope/energy/Own/tel_'))).to.equal(
      true,
    );
    expect(await resultsOf(second)).to.deep.equal(expected);
  });

  it('gives their values in the units of memory', async () => {
    using folder = new TemporaryFolder();
    await writeAdded(folder.join('first.h5'));
    const { events, warnings } = await readWithWarnings(folder.join('first.h5'));
    expect(warnings).to.deep.equal([]);
    const found = events[1].dl2.stereo.geometry.get('Own') as unknown as AddedGeometry;
    const expected = new AddedGeometry({ ...addedValues(1), alt: 1, az: 2, coreX: 3, coreY: 4, isValid: true });
    for (const name of Object.keys(ADDED) as (keyof typeof ADDED)[]) {
      const [a, b] = [found[name], expected[name]];
      if (typeof a === 'number') expect(a, name).to.be.closeTo(b as number, 1e-6);
      else expect(rounded(a), name).to.deep.equal(rounded(b));
    }
    expect(events[2].dl2.stereo.geometry.get('Own')?.reason).to.equal('parallel axes');
  });
});
