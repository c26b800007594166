/**
 * FITS files of binary tables: a reader and a writer for Node.js and browsers.
 *
 * ```ts
 * await using file = await FitsFile.open('events.fits.gz');
 * const events = await file.readTable('EVENTS');
 * ```
 */
export { Ones32, onesSum } from './fits-checksum.js';
export type { HduKind } from './fits-hdu.js';
export { FitsFile, type FitsInput, type ReadFitsTableOptions } from './fits-file.js';
export { FitsHdu } from './fits-hdu.js';
export { fitsHdus } from './fits-hdus.js';
export { FitsHeader } from './fits-header.js';
export { seekableContent } from './seekable-content.js';
export type { FitsImage, ImageValues } from './read-image.js';
export type { FitsCard } from './parse-card.js';
export {
  fitsBytes,
  fitsSink,
  FitsWriter,
  type FitsBytesOptions,
  type FitsColumn,
  type FitsRows,
  type FitsTableOptions,
  type FitsWriterOptions,
} from './fits-writer.js';
