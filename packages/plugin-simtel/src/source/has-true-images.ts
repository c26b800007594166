import type { HistoryLine } from '../objects/history.js';

const TELESCOPE_BEGINS = '# Telescope-specific configuration follows';
/** Bit of `save_photons` for photo-electrons. */
const SAVE_PHOTOELECTRONS = 0b10;

/**
 * Whether a file was written with the photo-electrons of each pixel, by the configuration in its history.
 *
 * Without a history, or with one that cannot be understood, they are assumed. Source: ctapipe 0.32 `_has_true_image`.
 */
export function hasTrueImages(history: readonly HistoryLine[]): boolean {
  const lines = history.map(({ text }) => text.trim());
  const [commandLine] = lines;
  if (commandLine === undefined) return true;
  if (commandLine.includes('merge_simtel')) return false;

  const firstTelescope = lines.findIndex((line) => line.startsWith(TELESCOPE_BEGINS));
  const globalLines = firstTelescope < 0 ? lines : lines.slice(0, firstTelescope);
  const telescopeLines = firstTelescope < 0 ? [] : lines.slice(firstTelescope);
  const values = (of: readonly string[], isMeant: (line: string) => boolean) =>
    of.filter((line) => isMeant(line.toLowerCase())).map((line) => parseInt(line.split(/\s+/)[1] ?? '', 10));

  const savePhotons = values(globalLines, (line) => line.startsWith('save_photons')).at(-1) ?? 0;
  const stored = [
    values(globalLines, (line) => line.startsWith('store_photoelectrons')).at(-1) ?? -1,
    ...values(telescopeLines, (line) => line.includes('store_photoelectrons')),
  ];
  if ([savePhotons, ...stored].some(Number.isNaN)) return true;
  return (savePhotons & SAVE_PHOTOELECTRONS) !== 0 || stored.some((value) => value > 0);
}
