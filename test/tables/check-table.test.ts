import {
  checkTable,
  columnsIn,
  fillPlaceholders,
  findSpec,
  isBefore,
  matchPath,
  type ColumnHeader,
  type TableSpec,
} from '@cherenkit/tables';
import { expect } from 'chai';

const SPEC: TableSpec = {
  path: '/dl2/event/{algorithm}/{telescope}',
  row: 'one telescope event',
  ids: ['event_id'],
  columns: [
    { name: 'event_id', type: 'int64', description: 'Array event', otherTypes: ['int32'] },
    {
      name: 'time',
      type: 'uint32',
      description: 'Time',
      dims: ['2'],
      meaning: { kind: 'time', format: 'ctao_high_res' },
    },
    { name: '{algorithm}_alt', type: 'float64', description: 'Altitude', unit: 'deg' },
    { name: 'image', type: 'float32', description: 'Image', dims: ['n_channels?', 'n_pixels'], mayBeFixedPoint: true },
    { name: 'image_mask', type: 'bool', description: 'Mask', dims: ['n_pixels'], written: ['writeDl1Parameters'] },
    { name: 'wide', type: 'float64', description: 'In one frame', variant: 'a' },
    { name: 'both', type: 'float64', description: 'In one frame', unit: 'deg', variant: 'a' },
    { name: 'both', type: 'float64', description: 'In the other', unit: 'm', variant: 'b' },
    { name: 'high', type: 'float64', description: 'In the other', variant: 'b' },
    { name: 'new', type: 'float64', description: 'New', since: 'v7.1.0' },
    { name: 'old', type: 'float64', description: 'Old', until: 'v6.0.0' },
    { name: 'size', type: 'uint16', description: 'Size', earlier: [{ before: 'v7.0.0', type: 'int16' }] },
  ],
  written: ['writeDl2'],
  merge: 'append',
  origin: 'ctapipe',
  hasDescriptions: true,
  earlierPath: { before: 'v7.2.0', path: '/dl2/old/{algorithm}/{telescope}' },
};

const RIGHT: readonly ColumnHeader[] = [
  { name: 'event_id', type: 'int64' },
  { name: 'time', type: 'uint32', shape: [2], meaning: { kind: 'time', format: 'ctao_high_res' } },
  { name: 'Hillas_alt', type: 'float64', unit: 'deg' },
  { name: 'image', type: 'float32', shape: [7] },
  { name: 'wide', type: 'float64' },
  { name: 'both', type: 'float64', unit: 'deg' },
  { name: 'new', type: 'float64' },
  { name: 'size', type: 'uint16' },
];

const OPTIONS = { placeholders: { algorithm: 'Hillas', telescope: 1 }, version: 'v7.6.0' } as const;

/** The deviations found after replacing, adding or removing columns of a valid table. */
function found(changes: Record<string, ColumnHeader | undefined>, options: object = {}, spec = SPEC): string[] {
  const columns = RIGHT.flatMap((column) => (column.name in changes ? (changes[column.name] ?? []) : column));
  const added = Object.entries(changes).flatMap(([name, column]) =>
    column && !RIGHT.some((known) => known.name === name) ? column : [],
  );
  return checkTable(spec, [...columns, ...added], { ...OPTIONS, ...options }).map(
    ({ kind, column, expected, found: got }) => `${column} ${kind}: ${expected}, found ${got}`,
  );
}

describe('checkTable', () => {
  it('finds no deviation in valid tables', () => {
    expect(found({})).to.deep.equal([]);
    expect(found({ event_id: { name: 'event_id', type: 'int32' } })).to.deep.equal([]);
    expect(found({ image_mask: { name: 'image_mask', type: 'bool', shape: [7] } })).to.deep.equal([]);
    expect(found({ image: { name: 'image', type: 'float32', shape: [2, 7] } })).to.deep.equal([]);
    const scale = { scale: 10, offset: 0, nan: 1, positiveInfinity: 2, negativeInfinity: 3 };
    const stored = { name: 'image', type: 'int16', shape: [7], meaning: { kind: 'fixed point', scale } } as const;
    expect(found({ image: stored })).to.deep.equal([]);
  });

  it('reports missing and unknown columns', () => {
    expect(found({ event_id: undefined })).to.deep.equal(['event_id missing: int64, found no column']);
    expect(found({ x: { name: 'x', type: 'int8' } })).to.deep.equal(['x unknown: no column, found int8']);
    expect(found({ x: { name: 'x', type: 'int8' } }, {}, { ...SPEC, isExtensible: true })).to.deep.equal([]);
  });

  it('reports deviating types, units, meanings and shapes', () => {
    expect(found({ event_id: { name: 'event_id', type: 'float64' } })).to.deep.equal([
      'event_id type: int64 or int32, found float64',
    ]);
    expect(found({ Hillas_alt: { name: 'Hillas_alt', type: 'float64', unit: 'rad' } })).to.deep.equal([
      'Hillas_alt unit: deg, found rad',
    ]);
    expect(found({ time: { name: 'time', type: 'uint32', shape: [2] } })).to.deep.equal([
      'time meaning: time (ctao_high_res), found plain values',
    ]);
    expect(found({ time: { ...RIGHT[1], shape: [3] } })).to.deep.equal(['time shape: [2] with 2 = 2, found [3]']);
    expect(found({ image: { name: 'image', type: 'float32' } })).to.deep.equal([
      'image shape: [n_channels?, n_pixels], found []',
    ]);
    const pixels = { image_mask: { name: 'image_mask', type: 'bool', shape: [8] } } as const;
    expect(found(pixels)).to.deep.equal(['image_mask shape: [n_pixels] with n_pixels = 7, found [8]']);
    expect(found({}, { dimensions: { n_pixels: 9 } })).to.deep.equal([
      'image shape: [n_channels?, n_pixels] with n_pixels = 9, found [7]',
    ]);
  });

  it('requires the columns of one of several mutually exclusive sets', () => {
    const other = {
      wide: undefined,
      both: { name: 'both', type: 'float64', unit: 'm' },
      high: { name: 'high', type: 'float64' },
    } as const;
    expect(found(other)).to.deep.equal([]);
    expect(found({ ...other, both: RIGHT[5] })).to.deep.equal(['both unit: m, found deg']);
    expect(found({ wide: undefined, both: undefined })).to.deep.equal([
      'wide missing: float64, found no column',
      'both missing: float64, found no column',
    ]);
  });

  it('supports columns of earlier versions', () => {
    const version = 'v5.1.0';
    const earlier = {
      new: undefined,
      old: { name: 'old', type: 'float64' },
      size: { name: 'size', type: 'int16' },
    } as const;
    expect(found(earlier, { version })).to.deep.equal([]);
    expect(found({}, { version })).to.deep.equal([
      'old missing: float64, found no column',
      'size type: int16, found uint16',
      'new unknown: no column, found float64',
    ]);
    expect(columnsIn(SPEC, 'v6.0.0').map(({ name }) => name)).to.not.include.members(['old', 'new']);
    expect(isBefore('v4.0.0', 'v10.0.0')).to.equal(true);
    expect(isBefore('v7.1.0', 'v7.1.0')).to.equal(false);
  });
});

describe('table paths', () => {
  it('have placeholders that are filled and parsed', () => {
    const path = fillPlaceholders(SPEC.path, { algorithm: 'Hillas', telescope: 4 });
    expect(path).to.equal('/dl2/event/Hillas/tel_004');
    expect(matchPath(SPEC.path, path)).to.deep.equal({ algorithm: 'Hillas', telescope: 4 });
    expect(matchPath(SPEC.path, '/dl2/event/Hillas/tel_1234')).to.deep.equal({ algorithm: 'Hillas', telescope: 1234 });
    expect(matchPath(SPEC.path, '/dl2/event/Hillas/deeper/tel_004')).to.equal(undefined);
    expect(matchPath(SPEC.path, '/dl2/event/Hillas/other')).to.equal(undefined);
    expect(() => fillPlaceholders(SPEC.path, { algorithm: 'x' })).to.throw(
      RangeError,
      'missing value of the placeholder {telescope}',
    );
  });

  it('are resolved for earlier versions', () => {
    expect(findSpec([SPEC], '/dl2/event/x/tel_001', 'v7.6.0')?.placeholders).to.deep.equal({
      algorithm: 'x',
      telescope: 1,
    });
    expect(findSpec([SPEC], '/dl2/old/x/tel_001', 'v7.1.0')?.spec).to.equal(SPEC);
    expect(findSpec([SPEC], '/dl2/old/x/tel_001', 'v7.2.0')).to.equal(undefined);
    expect(findSpec([SPEC], '/dl2/event/x/tel_001', 'v7.1.0')).to.equal(undefined);
  });
});
