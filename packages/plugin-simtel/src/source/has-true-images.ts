import type { HistoryLine } from '../objects/history.js';

const TELESCOPE_SECTION = '# Telescope-specific configuration follows';
/** Bit of `save_photons` that enables storing photoelectrons. */
const SAVE_PHOTOELECTRONS = 0b10;

/**
 * Whether a file contains true images (photoelectrons per pixel), according to the configuration in its history.
 *
 * Returns true if the history is missing or not parseable. Source: ctapipe 0.32 `_has_true_image`.
 */
export function hasTrueImages(history: readonly HistoryLine[]): boolean {
  const lines = history.map(({ text }) => text.trim());
  const [commandLine] = lines;
  if (commandLine === undefined) return true;
  if (commandLine.includes('merge_simtel')) return false;

  const firstTelescope = lines.findIndex((line) => line.startsWith(TELESCOPE_SECTION));
  const globalLines = firstTelescope < 0 ? lines : lines.slice(0, firstTelescope);
  const telescopeLines = firstTelescope < 0 ? [] : lines.slice(firstTelescope);
  const values = (section: readonly string[], matches: (line: string) => boolean) =>
    section.filter((line) => matches(line.toLowerCase())).map((line) => parseInt(line.split(/\s+/)[1] ?? '', 10));

  const savePhotons = values(globalLines, (line) => line.startsWith('save_photons')).at(-1) ?? 0;
  const stored = [
    values(globalLines, (line) => line.startsWith('store_photoelectrons')).at(-1) ?? -1,
    ...values(telescopeLines, (line) => line.includes('store_photoelectrons')),
  ];
  if ([savePhotons, ...stored].some(Number.isNaN)) return true;
  return (savePhotons & SAVE_PHOTOELECTRONS) !== 0 || stored.some((value) => value > 0);
}
