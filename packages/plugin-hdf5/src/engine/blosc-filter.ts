let provided: (() => Promise<Uint8Array>) | undefined;

/**
 * Sets where browsers get the Blosc filter from, in place of `filters/libH5Zblosc.so` beside the bundle: for pages of one
 * file. To be called before the first file is opened. Not used in Node.js.
 *
 * @param load - returns the content of `filters/libH5Zblosc.so` of this package
 */
export function provideBloscFilter(load: () => Promise<Uint8Array>): void {
  provided = load;
}

/** The filter that was provided. */
export function providedBloscFilter(): Promise<Uint8Array> | undefined {
  return provided?.();
}
