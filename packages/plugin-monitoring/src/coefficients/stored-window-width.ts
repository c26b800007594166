import type { Hdf5File } from '@cherenkit/plugin-hdf5';

const CONFIGURATION = '/cherenkit/configuration';
const EXTRACTOR = 'CameraCalibrator.image_extractor_type';
/** Extractors whose charges are sums of the samples of a window. */
const WINDOW_SUM = /Window(?:Max)?Sum$/;

/** The trait of an image extractor that is the width of its window. */
export interface StoredWindowWidth {
  readonly trait: string;
  /** Samples. */
  readonly width: number;
}

/**
 * Reads the width of the window of the image extractor with which the images of a file were made, from its stored configuration;
 * undefined if it has none, or other settings for some telescopes.
 */
export async function storedWindowWidth(file: Hdf5File): Promise<StoredWindowWidth | undefined> {
  if (!(await file.has(CONFIGURATION))) return undefined;
  const { trait, value } = await (await file.table(CONFIGURATION)).read(['trait', 'value']);
  const names = Array.from(trait, String);
  const valueOf = (end: string): unknown => {
    const row = names.findIndex((name) => name.endsWith(`.${end}`));
    return row < 0 ? undefined : JSON.parse(String(value[row]));
  };
  const extractor = valueOf(EXTRACTOR);
  if (typeof extractor !== 'string' || !WINDOW_SUM.test(extractor)) return undefined;
  const width = valueOf(`CameraCalibrator.${extractor}.window_width`);
  return typeof width === 'number' ? { trait: `${extractor}.window_width`, width } : undefined;
}
