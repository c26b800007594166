// Decodes columns of a zfits file, in Node.js and in a page; used by bench-zfits.mjs.
import { freeMemory } from '@cherenkit/io';
import { ZfitsFile } from '@cherenkit/plugin-zfits/zfits';

/**
 * Decodes all values of all tables, or those of one column. Large columns are read in parts and large arrays are freed, as by event sources.
 *
 * @returns the number of bytes
 */
export async function decodeZfits(source, name) {
  let bytes = 0;
  for (const table of (await ZfitsFile.open(source)).tables) {
    const columns = name === undefined ? undefined : table.columns.filter((column) => column.name === name);
    if (columns?.length === 0) continue;
    for await (const tile of table.tiles({ columns, inParts: true })) {
      const readers = await Promise.all((columns ?? table.columns).map((column) => tile.open(column)));
      for (let row = 0; row < tile.nRows; row++) {
        const reading = tile.prepareRow();
        if (reading !== undefined) await reading;
        for (const next of readers) {
          const value = next?.();
          bytes += value?.byteLength ?? 8;
          // Values of small columns are parts of their block.
          if (value?.byteLength > 0 && value.byteLength === value.buffer.byteLength) freeMemory(value);
        }
      }
    }
  }
  return bytes;
}
