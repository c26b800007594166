import { Ajv } from 'ajv';
import { expect } from 'chai';
import {
  filesOfShard,
  findShard,
  formatProductionManifest,
  PRODUCTION_SCHEMA,
  readProductionManifest,
  type ProductionManifest,
} from '@cherenkit/core';
import { errorMessage } from '../../support/error-message.js';
import { errorOf } from '../../support/error-of.js';

const MANIFEST: ProductionManifest = {
  format: 'cherenkit-production',
  version: 1,
  software: { cherenkit: '0.1.0', plugins: { 'plane-fit': '1.2.3' } },
  configuration: { DataWriter: { write_dl2: true } },
  configurationDigest: 'sha256:00',
  resources: { memoryBytes: 5e8, seconds: 12.5 },
  shards: [
    {
      name: 'a.0-10',
      inputs: [{ path: 'a.simtel', bytes: 5, digest: 'ends:00' }],
      events: [0, 10],
      output: 'a.0-10.h5',
    },
    { name: 'b', inputs: [{ path: 'toymodel:?events=3' }], output: 'b.h5' },
    {
      name: 'c+1',
      inputs: [
        { path: 'c.1.fits', bytes: 5, digest: 'ends:01', others: [{ path: 'c.2.fits', bytes: 6, digest: 'ends:02' }] },
        { path: 'd.fits', bytes: 7, digest: 'ends:03' },
      ],
      output: 'c+1.h5',
    },
  ],
};

async function textOf(...manifest: Parameters<typeof formatProductionManifest>): Promise<string> {
  let text = '';
  for await (const part of formatProductionManifest(...manifest)) text += part;
  return text;
}

describe('ProductionManifest', () => {
  it('is written with a shard per line, and read again', async () => {
    const { shards, ...head } = MANIFEST;
    const text = await textOf(head, shards);
    expect(await readProductionManifest(text, 'm.json')).to.deep.equal(MANIFEST);
    expect(text.split('\n').filter((line) => line.includes('"name"'))).to.have.lengthOf(3);
    expect(await readProductionManifest(`\uFEFF${text}`, 'm.json')).to.deep.equal(MANIFEST);
  });

  it('has a JSON Schema', () => {
    const ajv = new Ajv({ strict: true, allErrors: true });
    const validate = ajv.compile(PRODUCTION_SCHEMA);
    expect(validate(MANIFEST), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...MANIFEST, shards: [{ name: 'a' }] })).to.equal(false);
  });

  const broken: readonly (readonly [mistake: string, text: string, message: RegExp])[] = [
    ['text', 'shards', /^m\.json is no manifest of a production: it is no JSON \(/],
    ['another version', JSON.stringify({ ...MANIFEST, version: 2 }), /: version is 2; expected 1\. Write it again/],
    ['a list', '[]', /: the content is \[\]; expected a mapping/],
    ['an unknown member', JSON.stringify({ ...MANIFEST, shard: 1 }), /: the content has an unknown member shard/],
    [
      'a shard without output',
      JSON.stringify({ ...MANIFEST, shards: [{ name: 'a', inputs: [{ path: 'a' }] }] }),
      /: shards\.0\.output is missing; expected a string/,
    ],
    ['no shards', JSON.stringify({ ...MANIFEST, shards: [] }), /: shards is \[\]; expected a list of at least 1/],
    [
      'an unknown digest',
      JSON.stringify(MANIFEST).replace('ends:00', 'md5:00'),
      /: the digest of a\.simtel in the shard a\.0-10 is md5:00; expected ends:\.\.\. or sha256:/,
    ],
    [
      'a name of two shards',
      JSON.stringify({ ...MANIFEST, shards: [MANIFEST.shards[1], { ...MANIFEST.shards[1], output: 'c.h5' }] }),
      /: several shards have the name b; expected one/,
    ],
  ];
  const withRanges = (...ranges: readonly (readonly [first: number, end: number] | undefined)[]): string => {
    const shards = ranges.map((events, i) => ({ name: `s${i}`, inputs: [{ path: 'a' }], events, output: `${i}.h5` }));
    return JSON.stringify({ ...MANIFEST, shards });
  };
  const brokenRanges: typeof broken = [
    [
      'a gap between ranges',
      withRanges([0, 4], [8, 12]),
      /: the shard s1 of a begins with event 8; expected event 4, /,
    ],
    ['ranges that overlap', withRanges([0, 6], [4, 8]), /: the shard s1 of a begins with event 4; expected event 6, /],
    [
      'ranges in another order',
      withRanges([4, 8], [0, 4]),
      /: the shard s0 of a begins with event 4; expected event 0/,
    ],
    [
      'a range twice',
      withRanges([0, 4], [0, 4]),
      /: the shard s1 of a begins with event 0; expected event 4, where s0/,
    ],
    ['all events twice', withRanges(undefined, undefined), /event 0; all events of a are in the shard s0\. Write/],
    ['a reversed range', withRanges([4, 0]), /: shards\.0\.events is \[4,0\]; expected an end above the first event/],
    ['an empty range', withRanges([0, 4], [4, 4]), /: shards\.1\.events is \[4,4\]; expected an end above/],
    ['infinity', withRanges([0, 9]).replace('9', '1e400'), /: shards\.0\.events\.1 is /],
    ['inexact numbers', withRanges([0, 9]).replace('9', '9007199254740993'), /: shards\.0\.events\.1 is /],
  ];
  for (const [mistake, text, message] of [...broken, ...brokenRanges]) {
    it(`refuses ${mistake}`, async () => {
      const error = await errorOf(readProductionManifest(text, 'm.json'));
      expect(error).to.include({ code: 'MANIFEST_INVALID', exitCode: 65 });
      expect(error.message).to.match(message);
    });
  }

  it('refuses ranges of events of several inputs, and an input in two shards', async () => {
    const [, b, c] = MANIFEST.shards;
    const faultOf = async (...shards: readonly object[]): Promise<string> =>
      (await errorOf(readProductionManifest(JSON.stringify({ ...MANIFEST, shards }), 'm.json'))).message;
    expect(await faultOf({ ...c, events: [0, 4] })).to.include(
      'the shard c+1 has 2 inputs and a range of events; expected one input',
    );
    expect(await faultOf({ ...c }, { ...b, inputs: c?.inputs.slice(1) })).to.include(
      'the shard b of d.fits begins with event 0; all events of d.fits are in the shard c+1',
    );
  });

  it('names all files of a shard in their order', () => {
    expect(MANIFEST.shards.map((shard) => filesOfShard(shard).map(({ path }) => path))).to.deep.equal([
      ['a.simtel'],
      ['toymodel:?events=3'],
      ['c.1.fits', 'c.2.fits', 'd.fits'],
    ]);
  });

  it('finds shards by number and by name', () => {
    expect(findShard(MANIFEST, '1', 'm.json')).to.equal(MANIFEST.shards[1]);
    expect(findShard(MANIFEST, 'a.0-10', 'm.json')).to.equal(MANIFEST.shards[0]);
    expect(errorMessage(() => findShard(MANIFEST, '3', 'm.json'))).to.equal(
      'SHARD_UNKNOWN: m.json has no shard 3; expected numbers from 0 to 2. Correct what follows # in --shard.',
    );
    expect(errorMessage(() => findShard(MANIFEST, 'a.0-11', 'm.json'))).to.match(
      /m\.json has no shard a\.0-11; expected a number from 0 to 2 or a name: a\.0-10, b, c\+1; did you mean "?a\.0-10/i,
    );
  });
});
