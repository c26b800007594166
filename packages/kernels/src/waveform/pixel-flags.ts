/**
 * Copies pixel flags, with some bits set for the selected pixels and cleared for the others.
 *
 * @param flags - one per pixel; not changed
 * @param bits - the bits to set or clear
 * @param kept - 1 for each selected pixel; undefined for all
 */
export function flagKeptPixels(flags: Uint8Array, bits: number, kept: Uint8Array | undefined): Uint8Array {
  const flagged = new Uint8Array(flags.length);
  if (kept === undefined) {
    for (let pixel = 0; pixel < flags.length; pixel++) flagged[pixel] = flags[pixel] | bits;
    return flagged;
  }
  for (let pixel = 0; pixel < flags.length; pixel++) {
    flagged[pixel] = kept[pixel] !== 0 ? flags[pixel] | bits : flags[pixel] & ~bits;
  }
  return flagged;
}
