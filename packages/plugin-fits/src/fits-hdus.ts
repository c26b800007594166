import type { ByteSource } from '@cherenkit/io';
import { BLOCK, CARD } from './fits-block.js';
import { corruptFits, notFits } from './fits-error.js';
import { FitsHdu } from './fits-hdu.js';
import { FitsHeader } from './fits-header.js';

/** Limit of the size of a header, bytes: 100,000 lines. */
const MAX_HEADER = Math.ceil((100_000 * CARD) / BLOCK) * BLOCK;

/**
 * Yields the parts of a file in order, without comparing the size of their data with that of the file.
 *
 * @param source - seekable, with a known size
 * @throws CherenkitError FITS_CORRUPT, FITS_UNSUPPORTED (65)
 */
export async function* fitsHdus(source: ByteSource): AsyncGenerator<FitsHdu, void, undefined> {
  const size = source.size ?? 0;
  let index = 0;
  for (let offset = 0; offset < size;) {
    const first = new TextDecoder('latin1').decode(await source.read(offset, Math.min(9, size - offset)));
    if (offset === 0 && !first.startsWith('SIMPLE  =')) {
      throw notFits(source.name, first);
    }
    // What follows the last HDU may be anything.
    if (offset > 0 && !first.startsWith('XTENSION')) break;
    const { header, end } = await readHeader(source, offset, size);
    const hdu = new FitsHdu(source.name, index++, header, offset, end);
    yield hdu;
    offset = hdu.end;
  }
  if (index === 0) throw corruptFits(source.name, 0, 'the file is empty');
}

async function readHeader(
  source: ByteSource,
  offset: number,
  size: number,
): Promise<{ header: FitsHeader; end: number }> {
  const latin1 = new TextDecoder('latin1');
  let text = '';
  for (let at = offset; at + BLOCK <= size && at - offset < MAX_HEADER; at += BLOCK) {
    const block = latin1.decode(await source.read(at, BLOCK));
    text += block;
    for (let line = 0; line < BLOCK; line += CARD) {
      if (block.slice(line, line + CARD).trimEnd() === 'END')
        return { header: FitsHeader.parse(text), end: at + BLOCK };
    }
  }
  throw corruptFits(source.name, offset, 'the header has no END');
}
