/** An image of a made-up file, in C order. */
export interface BuiltImage {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** A FITS file of images in double precision, by name. */
export function fitsImages(images: Readonly<Record<string, BuiltImage>>): Uint8Array {
  const parts = [
    cards([
      ['SIMPLE', 'T'],
      ['BITPIX', '8'],
      ['NAXIS', '0'],
    ]),
  ];
  for (const [name, { values, shape }] of Object.entries(images)) {
    const sizes = [...shape].reverse().map((size, i): [string, string] => [`NAXIS${i + 1}`, String(size)]);
    const axes: [string, string][] = [['NAXIS', String(shape.length)], ...sizes];
    const more: [string, string][] = [
      ['PCOUNT', '0'],
      ['GCOUNT', '1'],
      ['EXTNAME', `'${name}'`],
    ];
    parts.push(cards([['XTENSION', "'IMAGE   '"], ['BITPIX', '-64'], ...axes, ...more]));
    const data = Buffer.alloc(Math.ceil((8 * values.length) / 2880) * 2880);
    for (let i = 0; i < values.length; i++) data.writeDoubleBE(values[i], 8 * i);
    parts.push(data);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function cards(lines: readonly (readonly [string, string])[]): Buffer {
  const text = lines.map(([key, value]) => `${key.padEnd(8)}= ${value}`.padEnd(80)).join('') + 'END'.padEnd(80);
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
}
