import { expect } from 'chai';
import { deflateSync } from 'node:zlib';
import { haveSameSums, mutateZfitsStructure, structureOf } from '../../fuzz/mutate-zfits-structure.js';
import { haveSameHeaders, mutateZfits, readZfits } from '../../fuzz/mutate-zfits.js';
import { block, bytesOf, counted, huffmanBlock, zfitsFile } from '../../support/zfits-builder.js';

const COUNT = Number(process.env['CHERENKIT_MUTATIONS'] ?? 600);

/** A file of two tiles with scalars, arrays and texts, compressed in several ways. */
function builtFile(): Uint8Array {
  const waveforms = [0, 1].map((n) => Uint16Array.from({ length: 60 }, (_, i) => 300 + ((i * i + n) % 17)));
  const words = new Uint16Array(counted(...waveforms).buffer);
  const tile = {
    nRows: 2,
    blocks: [
      block([0], bytesOf(BigUint64Array.of(1n, 2n))),
      block([2], huffmanBlock(words, 12)),
      block([7], deflateSync(counted(new TextEncoder().encode('LST'), new TextEncoder().encode('MAGIC')))),
      block([5, 7], deflateSync(new Uint8Array(8))),
    ],
  };
  const columns = [
    { name: 'event_id', id: '1', form: '1K', zero: '9223372036854775808' },
    { name: 'waveform', id: '11', form: '60I', zero: '32768' },
    { name: 'name', id: '12', form: '5A' },
    { name: 'pixel_status', id: '13', form: '4B' },
  ];
  return zfitsFile({ name: 'Events', message: 'R1v1.Event', columns, tiles: [tile, tile] });
}

describe('damaged zfits files', () => {
  it(`are refused by errors with codes, or have the same values: ${COUNT} of them`, async () => {
    const file = builtFile();
    const { digest } = await readZfits(file);
    expect(digest).to.be.a('string');
    const codes = new Set<string>();
    for (let index = 0; index < COUNT; index++) {
      const mutant = mutateZfits(file, 1, index);
      const found = await readZfits(mutant);
      if (found.code !== undefined) codes.add(found.code);
      else if (haveSameHeaders(file, mutant)) expect(found.digest, `mutant ${index}`).to.equal(digest);
    }
    expect([...codes]).to.include.members(['ZFITS_CHECKSUM', 'ZFITS_CORRUPT', 'ZFITS_TRUNCATED', 'FITS_CORRUPT']);
  });

  it(`are refused if their structure is damaged, or have the same values: ${COUNT} of them`, async () => {
    const file = builtFile();
    const [{ digest }, structure] = [await readZfits(file), await structureOf(file)];
    const codes = new Set<string>();
    for (let index = 0; index < COUNT; index++) {
      const mutant = mutateZfitsStructure(file, structure, 1, index);
      const found = await readZfits(mutant);
      if (found.code !== undefined) codes.add(found.code);
      else if (haveSameHeaders(file, mutant) && !haveSameSums(file, mutant, structure)) {
        expect(found.digest, `mutant ${index}`).to.equal(digest);
      }
    }
    expect([...codes]).to.include.members(['ZFITS_CHECKSUM', 'ZFITS_CORRUPT', 'ZFITS_TRUNCATED']);
  });
});
