import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { FitsFile, fitsBytes } from '@cherenkit/plugin-fits';
import { columnFrom, Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../support/ctapipe-python.js';

/** Writes a column of each type that FITS has, and prints what is in the file. */
const WRITE = `
import sys, json
import numpy as np
from astropy.io import fits
rng = np.random.default_rng(1)
n = 5
C = fits.Column
ragged = np.empty(n, dtype=object); ragged[:] = [np.arange(k, dtype=float) + k for k in (2, 0, 3, 1, 0)]
ragged_int = np.empty(n, dtype=object); ragged_int[:] = [np.arange(k, dtype=np.int16) for k in (0, 0, 1, 2, 4)]
columns = [
    C('flag', 'L', array=np.arange(n) % 2 == 0),
    C('bits', '11X', array=rng.integers(0, 2, (n, 11)).astype(bool)),
    C('u1', 'B', array=rng.integers(0, 256, n).astype(np.uint8)),
    C('i1', 'B', bzero=-128, array=np.array([-128, -1, 0, 1, 127], dtype=np.int8)),
    C('i2', '2I', array=rng.integers(-2**15, 2**15, (n, 2)).astype(np.int16)),
    C('u2', 'I', bzero=2**15, array=np.array([0, 1, 2**15, 2**16-1, 7], dtype=np.uint16)),
    C('u4', 'J', bzero=2**31, array=np.array([0, 1, 2**31, 2**32-1, 7], dtype=np.uint32)),
    C('i8', 'K', array=np.array([-2**63, -1, 0, 2**53 + 1, 2**63-1])),
    C('u8', 'K', bzero=2**63, array=np.array([0, 1, 2**63, 2**64-1, 7], dtype=np.uint64)),
    C('f4', 'E', unit='MeV-1 s-1 sr-1', array=np.array([0.1, np.nan, np.inf, -np.inf, 2.5], dtype=np.float32)),
    C('image', '6D', dim='(3,2)', unit='m2', array=rng.random((n, 2, 3))),
    C('c', 'C', array=(rng.random(n) + 1j * rng.random(n)).astype(np.complex64)),
    C('m', '2M', array=rng.random((n, 2)) + 1j * rng.random((n, 2))),
    C('text', '12A', array=['', 'a', "it's", 'trailing  ', 'x' * 12]),
    C('words', '8A', dim='(4,2)', array=np.array([['a', 'bcd'], ['', 'x'], ['1234', ''], ['p', 'q'], ['r', 's']])),
    C('ragged', 'PD()', array=ragged),
    C('ragged_int', 'QI()', array=ragged_int),
]
hdu = fits.BinTableHDU.from_columns(columns, name='ALL')
hdu.header['LONG'] = 'a/' * 120
hdu.header['HIERARCH CTA PRODUCT ID'] = 'abc'
hdu.header['PI'] = 3.125e-7
hdu.header['N'] = 2**40
hdu.header['YES'] = True
hdu.header['QUOTE'] = "it's"
hdu.header['COMMENT'] = 'a comment'
raw = np.array([1, 2, -1, 4, 5], dtype=np.int16)
scaled = fits.BinTableHDU.from_columns([C('s', 'I', array=raw)], name='SCALED')
scaled.header.update(TSCAL1=0.5, TZERO1=10, TNULL1=-1)
fits.HDUList([fits.PrimaryHDU(np.arange(12.0).reshape(3, 4)), fits.ImageHDU(np.zeros((3, 5), np.int16), name='IMAGE'), hdu, scaled]).writeto(sys.argv[1], checksum=True)

def plain(x):
    x = np.asarray(x)
    if x.dtype.kind == 'c': x = np.stack([x.real, x.imag], -1)
    return [str(v) if x.dtype.kind in 'iuU' else repr(float(v)) for v in x.ravel().tolist()]
data = fits.getdata(sys.argv[1], 'ALL')
print(json.dumps({c: plain(data[c]) for c in data.columns.names if not c.startswith('ragged')}))`;

const READ = `
import sys, json, warnings
import numpy as np
warnings.simplefilter('error')
from astropy.io import fits
with fits.open(sys.argv[1], checksum=True) as file:
    file.verify('exception')
    for hdu in file: assert hdu.verify_checksum() == 1 and hdu.verify_datasum() == 1, hdu.name
    t = file['DATA'].data
    print(json.dumps({c: [repr(v) for v in np.asarray(t[c]).ravel().tolist()] for c in t.names}))
    print(json.dumps({k: [type(file['DATA'].header[k]).__name__, file['DATA'].header[k]] for k in sys.argv[2:]}))`;

const WRITTEN = new Table(
  [
    columnFrom('flag', { type: 'bool', values: Uint8Array.of(1, 0, 1) }),
    columnFrom('u2', { type: 'uint16', values: Uint16Array.of(0, 1, 65535) }),
    columnFrom('u8', { type: 'uint64', values: BigUint64Array.of(0n, 1n, 2n ** 64n - 1n) }),
    columnFrom('i8', { type: 'int64', values: BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n) }),
    columnFrom('f4', { type: 'float32', unit: 'g.cm**-2', values: Float32Array.of(0.5, NaN, Infinity) }),
    columnFrom('image', { type: 'float64', shape: [2, 3], values: Float64Array.from({ length: 18 }, (_, i) => i / 8) }),
    columnFrom('text', ['', "it's", 'longer than others']),
    columnFrom('words', { type: 'string', shape: [2], values: ['a', 'b', 'cc', '', 'd', 'e'] }),
  ],
  { LONG: `it's ${'a/'.repeat(90)}`, 'long name': 'x', PI: 3.5e-7, COUNT: 2n ** 40n, YES: true },
);

describe('FITS files and other programs', function () {
  this.timeout(60_000);

  it('what astropy writes is read: all types, scales, texts, arrays of variable length, checksums', async function () {
    skipWithoutCtapipe.call(this);
    using folder = new TemporaryFolder();
    const path = folder.join('all.fits');
    const expected = JSON.parse(await ctapipePython(['-c', WRITE, path], { cwd: folder.path })) as Record<
      string,
      string[]
    >;
    await using file = await FitsFile.open(path);
    expect(file.hdus.map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['PRIMARY', 'image'],
      ['IMAGE', 'image'],
      ['ALL', 'table'],
      ['SCALED', 'table'],
    ]);
    expect(await file.checksumProblems()).to.deep.equal([]);
    const table = await file.readTable('ALL');
    for (const [name, texts] of Object.entries(expected)) {
      const { values, type } = table.column(name);
      const found = Array.from(values as ArrayLike<unknown>, String);
      if (type === 'string') expect(found, name).to.deep.equal(texts.map((text) => text.trimEnd()));
      else if ((name.startsWith('i') && name !== 'image') || name.startsWith('u'))
        expect(found, name).to.deep.equal(texts.map((text) => text.replace(/\.0$/, '')));
      else expect(found.map(Number), name).to.deep.equal(texts.map((text) => Number(text.replace('inf', 'Infinity'))));
    }
    expect([...table.columns.values()].map(({ name, type, shape }) => `${name} ${type} ${shape.join('x')}`.trim())).to.deep.equal([
      'flag bool', 'bits bool 11', 'u1 uint8', 'i1 int8', 'i2 int16 2', 'u2 uint16', 'u4 uint32', 'i8 int64', 'u8 uint64',
      'f4 float32', 'image float64 2x3', 'c float32 2', 'm float64 2x2', 'text string', 'words string 2', 'ragged float64 3',
      'ragged_int int16 4',
    ]); // prettier-ignore
    expect(table.column('f4').unit).to.equal('MeV**-1.s**-1.sr**-1');
    expect(table.column('image').unit).to.equal('m**2');
    const ragged = [2, 3, NaN, NaN, NaN, NaN, 3, 4, 5, 1, NaN, NaN, NaN, NaN, NaN];
    expect([...table.numbers('ragged')]).to.deep.equal(ragged);
    expect([...table.numbers('ragged_int')]).to.deep.equal([
      -1, -1, -1, -1, -1, -1, -1, -1, 0, -1, -1, -1, 0, 1, -1, -1, 0, 1, 2, 3,
    ]);
    expect(table.meta).to.deep.equal({
      LONG: 'a/'.repeat(120),
      'CTA PRODUCT ID': 'abc',
      PI: 3.125e-7,
      N: 2n ** 40n,
      YES: true,
      QUOTE: "it's",
    });
    expect([...(await file.readTable('SCALED')).numbers('s')]).to.deep.equal([10.5, 11, NaN, 12, 12.5]);
  });

  it('what is written is read by astropy, without a warning', async function () {
    skipWithoutCtapipe.call(this);
    using folder = new TemporaryFolder();
    const path = folder.join('data.fits');
    writeFileSync(path, fitsBytes(WRITTEN, { name: 'DATA' }));
    const keys = Object.keys(WRITTEN.meta);
    const [columns, meta] = (await ctapipePython(['-c', READ, path, ...keys], { cwd: folder.path })).trim().split('\n');
    expect(JSON.parse(columns)).to.deep.equal({
      flag: ['True', 'False', 'True'],
      u2: ['0', '1', '65535'],
      u8: ['0', '1', '18446744073709551615'],
      i8: ['-9223372036854775808', '0', '9223372036854775807'],
      f4: ['0.5', 'nan', 'inf'],
      image: Array.from({ length: 18 }, (_, i) => (Number.isInteger(i / 8) ? `${i / 8}.0` : String(i / 8))),
      text: ["''", `"it's"`, "'longer than others'"],
      words: ["'a'", "'b'", "'cc'", "''", "'d'", "'e'"],
    });
    const types = { bigint: 'int', number: 'float', string: 'str', boolean: 'bool' } as Record<string, string>;
    expect(JSON.parse(meta)).to.deep.equal(
      Object.fromEntries(
        Object.entries(WRITTEN.meta).map(([key, value]) => [
          key,
          [types[typeof value], typeof value === 'bigint' ? Number(value) : value],
        ]),
      ),
    );
  });

  it('what is written passes fitsverify', function () {
    using folder = new TemporaryFolder();
    const path = folder.join('data.fits');
    // Programs are advised of long texts by a keyword that the standard no longer has.
    writeFileSync(path, fitsBytes(new Table(WRITTEN.columns.values(), { PI: 3.5e-7 }), { name: 'DATA' }));
    let output: string;
    try {
      output = execFileSync('fitsverify', ['-l', path], { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        throw new Error(String((error as { stdout: string }).stdout), { cause: error });
      console.log('      skipped: install fitsverify');
      this.skip();
    }
    expect(output).to.match(/0 errors\.|and 0 error\(s\)/);
  });
});
