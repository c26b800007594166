import { matchesPattern } from '../format/object-path.js';
import { LEVEL_OF_TRIGGERS } from '../tables/data-levels.js';

/** What a merge includes; names are those of ctapipe's `HDF5Merger`. */
export interface MergeSelection {
  readonly telescopeEvents: boolean;
  readonly simulation: boolean;
  readonly trueImages: boolean;
  readonly trueParameters: boolean;
  readonly r0Waveforms: boolean;
  readonly r1Waveforms: boolean;
  readonly dl1Images: boolean;
  readonly dl1Parameters: boolean;
  readonly dl1Muon: boolean;
  readonly dl2Subarray: boolean;
  readonly dl2Telescope: boolean;
  readonly monitoring: boolean;
  readonly processingStatistics: boolean;
  /** Paths of tables to leave out; `*` stands for any text. */
  readonly exclude: readonly string[];
}

/** Strategies of ctapipe's merger. */
export const MERGE_STRATEGIES = ['events-multiple-obs', 'events-single-ob', 'monitoring-only'] as const;
type MergeStrategy = (typeof MERGE_STRATEGIES)[number];

/** What to merge, and how. */
export interface MergeOptions extends MergeSelection {
  /** A strategy of ctapipe's merger; `shards` for outputs of a production, in the order of its manifest. */
  readonly strategy: MergeStrategy | 'shards';
  /** Whether the first file is the output of an earlier merge, to which the others are appended. */
  readonly append: boolean;
}

type Option = Exclude<keyof MergeSelection, 'exclude'>;

/** Paths of the tables that each option includes. Tables of no option are always included. */
const INCLUDED_BY: readonly (readonly [paths: RegExp, option: Option])[] = [
  [/^\/(?:r0|r1|dl1|dl2|simulation|cherenkit\/dl1)\/event\/telescope\//, 'telescopeEvents'],
  [/^\/configuration\/telescope\/pointing\//, 'telescopeEvents'],
  [/^\/dl[01]\/monitoring\/telescope\//, 'telescopeEvents'],
  [/^\/simulation\/|^\/configuration\/simulation\//, 'simulation'],
  [/^\/simulation\/event\/telescope\/parameters\//, 'trueParameters'],
  [/^\/r0\/event\/telescope\//, 'r0Waveforms'],
  [/^\/r1\/event\/telescope\//, 'r1Waveforms'],
  [/^\/dl1\/event\/telescope\/images\//, 'dl1Images'],
  [/^\/dl1\/event\/telescope\/parameters\//, 'dl1Parameters'],
  [/^\/dl1\/event\/telescope\/muon\//, 'dl1Muon'],
  [/^\/dl2\/event\/subarray\/|^\/cherenkit\/dl2\/event\/subarray\//, 'dl2Subarray'],
  [/^\/dl2\/event\/telescope\//, 'dl2Telescope'],
  [/^\/dl[012]\/monitoring\//, 'monitoring'],
  [/^\/dl1\/service\/image_statistics$|^\/dl2\/service\/tel_event_statistics\//, 'processingStatistics'],
  [/^\/cherenkit\/dl1\/service\/muon_statistics\//, 'processingStatistics'],
];

/** Data levels in the order of files, and the options that include them. */
const LEVELS: Readonly<Record<string, (selection: MergeSelection) => boolean>> = {
  DL1_IMAGES: ({ dl1Images, telescopeEvents }) => dl1Images && telescopeEvents,
  DL1_PARAMETERS: ({ dl1Parameters, telescopeEvents }) => dl1Parameters && telescopeEvents,
  DL1_MUON: ({ dl1Muon, telescopeEvents }) => dl1Muon && telescopeEvents,
  DL2: ({ dl2Subarray, dl2Telescope, telescopeEvents }) => dl2Subarray || (dl2Telescope && telescopeEvents),
  R0: ({ r0Waveforms, telescopeEvents }) => r0Waveforms && telescopeEvents,
  R1: ({ r1Waveforms, telescopeEvents }) => r1Waveforms && telescopeEvents,
};

/** Whether a merge includes a table. */
export function includesTable(selection: MergeSelection, path: string): boolean {
  if (INCLUDED_BY.some(([paths, option]) => !selection[option] && paths.test(path))) return false;
  return !selection.exclude.some((pattern) => matchesPattern(path, pattern));
}

/** Whether a merge includes a column of a table. */
export function includesColumn({ trueImages }: MergeSelection, path: string, name: string): boolean {
  return trueImages || name !== 'true_image' || !path.startsWith('/simulation/event/telescope/images/');
}

/** Options that include one kind of tables, so that leaving these out loses nothing else. */
const NARROW = new Set<Option>([
  'trueParameters',
  'r0Waveforms',
  'r1Waveforms',
  'dl1Images',
  'dl1Parameters',
  'dl1Muon',
]);

/**
 * The flag that leaves out a table, or those of all telescopes, for messages.
 *
 * @param family - path without the telescope
 */
export function flagWithout(family: string): string {
  const found = INCLUDED_BY.find(([paths, option]) => NARROW.has(option) && paths.test(`${family}/`));
  if (!found) return `--exclude '${family}*'`;
  return `--no-${found[1].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`.replace(
    /-([rd][01l])-?(\d?)-/,
    '-$1$2-',
  );
}

/**
 * The data levels of a merged file.
 *
 * @param levels - of the input files
 * @param added - those to be listed whatever is selected
 */
export function mergedLevels(
  selection: MergeSelection,
  levels: readonly string[],
  added: readonly string[] = [],
): string[] {
  const all = new Set([...levels, ...added]);
  const known = Object.keys(LEVELS).filter(
    (level) => added.includes(level) || (all.has(level) && LEVELS[level](selection)),
  );
  // Files with triggers only add no level to those of others.
  if (known.length > 0) all.delete(LEVEL_OF_TRIGGERS);
  return [...known, ...[...all].filter((level) => level !== '' && !(level in LEVELS))];
}
