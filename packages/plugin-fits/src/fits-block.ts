/** Headers and data of FITS files fill blocks of this size, bytes. */
export const BLOCK = 2880;
/** Size of a line of a header, bytes. */
export const CARD = 80;

/** Size of data with the padding to whole blocks. */
export function paddedSize(bytes: number): number {
  return Math.ceil(bytes / BLOCK) * BLOCK;
}
