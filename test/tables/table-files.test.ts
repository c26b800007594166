import { writeFileSync } from 'node:fs';
import { fitsBytes } from '@cherenkit/plugin-fits';
import { columnFrom, ecsvText, Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../support/ctapipe-python.js';

/** A column of each type, with the values at the limits. */
const COLUMNS = [
  columnFrom('flag', { type: 'bool', values: Uint8Array.of(1, 0, 1) }),
  columnFrom('i1', { type: 'int8', values: Int8Array.of(-128, 0, 127) }),
  columnFrom('u1', { type: 'uint8', values: Uint8Array.of(0, 1, 255) }),
  columnFrom('i2', { type: 'int16', values: Int16Array.of(-32768, 0, 32767) }),
  columnFrom('u2', { type: 'uint16', values: Uint16Array.of(0, 1, 65535) }),
  columnFrom('i4', { type: 'int32', values: Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1) }),
  columnFrom('u4', { type: 'uint32', values: Uint32Array.of(0, 1, 2 ** 32 - 1) }),
  columnFrom('i8', { type: 'int64', values: BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n) }),
  columnFrom('u8', { type: 'uint64', values: BigUint64Array.of(0n, 1n, 2n ** 64n - 1n) }),
  columnFrom('f4', { type: 'float32', unit: 'g.cm**-2', values: Float32Array.of(0.1, NaN, Infinity) }),
  columnFrom('f8', { type: 'float64', unit: 'deg**-1', values: Float64Array.of(0.1, 1e-300, -Infinity) }),
  columnFrom('text', {
    type: 'string',
    values: ['', 'with "quotes" and spaces', 'größer'],
    description: "Some: 'text'",
  }),
  columnFrom('list', { type: 'float64', shape: [2], values: Float64Array.of(1, 2, 3.5, 4, 5, 6) }),
  columnFrom('image', { type: 'int32', shape: [2, 3], values: Int32Array.from({ length: 18 }, (_, i) => i) }),
];

const META = {
  SHORT: "it's",
  LONG: `/a/path/with/${'many/'.repeat(40)}it's'`,
  'some longer name': 'value',
  COUNT: 3n,
  VALUE: 1e-7,
  WHOLE: 2,
  YES: true,
};

const READ = `
import sys, json
import numpy as np
from astropy.table import Table
t = Table.read(sys.argv[1])
if sys.argv[1].endswith('.fits'):
    from astropy.io import fits
    with fits.open(sys.argv[1]) as f: f.verify('exception')
    t.convert_bytestring_to_unicode()
print(json.dumps([[c, t[c].dtype.newbyteorder('=').name, str(t[c].unit), [repr(x) for x in np.asarray(t[c]).ravel().tolist()]] for c in t.colnames]))
print(json.dumps({k.lower(): [type(v).__name__, v] for k, v in t.meta.items() if k not in ('comments',)}))`;

describe('files of tables', function () {
  this.timeout(60_000);
  before(skipWithoutCtapipe);

  const formats = [
    ['table.fits', fitsBytes(new Table(COLUMNS, META), { checksum: false })],
    ['table.ecsv', ecsvText(new Table(COLUMNS, META))],
  ] as const;
  for (const [name, content] of formats) {
    it(`in the format of ${name} are read by astropy, with types, units and metadata`, async () => {
      using folder = new TemporaryFolder();
      const path = folder.join(name);
      writeFileSync(path, content);
      const [columns, meta] = (await ctapipePython(['-c', READ, path], { cwd: folder.path })).trim().split('\n');
      const found = JSON.parse(columns) as [string, string, string, string[]][];
      expect(found.map(([column, type]) => `${column} ${type.replace(/^str\d+/, 'str')}`)).to.deep.equal([
        'flag bool',
        `i1 ${name.endsWith('fits') ? 'int16' : 'int8'}`,
        'u1 uint8',
        'i2 int16',
        'u2 uint16',
        'i4 int32',
        'u4 uint32',
        'i8 int64',
        'u8 uint64',
        'f4 float32',
        'f8 float64',
        'text str',
        'list float64',
        'image int32',
      ]);
      const values = Object.fromEntries(found.map(([column, , , texts]) => [column, texts]));
      expect(values).to.deep.include({
        flag: ['True', 'False', 'True'],
        i1: ['-128', '0', '127'],
        u2: ['0', '1', '65535'],
        u4: ['0', '1', '4294967295'],
        i8: ['-9223372036854775808', '0', '9223372036854775807'],
        u8: ['0', '1', '18446744073709551615'],
        f4: ['0.10000000149011612', 'nan', 'inf'],
        f8: ['0.1', '1e-300', '-inf'],
        list: ['1.0', '2.0', '3.5', '4.0', '5.0', '6.0'],
        image: Array.from({ length: 18 }, (_, i) => String(i)),
      });
      expect(values['text'][1]).to.equal(`'with "quotes" and spaces'`);
      const units = Object.fromEntries(found.map(([column, , unit]) => [column, unit]));
      expect(units).to.include({ f4: 'g / cm2', f8: '1 / deg', i1: 'None' });
      expect(JSON.parse(meta)).to.deep.equal({
        short: ['str', META.SHORT],
        long: ['str', META.LONG],
        'some longer name': ['str', 'value'],
        count: ['int', 3],
        value: ['float', 1e-7],
        whole: ['float', 2],
        yes: ['bool', true],
      });
    });
  }
});
