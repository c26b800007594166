import type { DataLevel } from '@cherenkit/core';

/** Tables of the data levels, in the order in which ctapipe lists the levels. Source: ctapipe 0.32 `HDF5EventSource`, `DataWriter`. */
export const LEVEL_TABLES: Readonly<Record<Exclude<DataLevel, 'DL0'>, RegExp>> = {
  DL1_IMAGES: /^\/dl1\/event\/telescope\/images\//,
  DL1_PARAMETERS: /^\/dl1\/event\/telescope\/parameters\//,
  DL1_MUON: /^\/dl1\/event\/telescope\/muon\//,
  DL2: /^\/dl2\/event\//,
  R0: /^\/r0\/event\/telescope\//,
  R1: /^\/r1\/event\/telescope\//,
};

/** Level of files that have triggers only, whose tables are below `/dl1`. ctapipe opens no file without a level. */
export const LEVEL_OF_TRIGGERS = 'DL1';

/** Data levels of the tables of a file, in the order of ctapipe. */
export function levelsOf(paths: readonly string[]): string[] {
  const levels = Object.entries(LEVEL_TABLES).filter(([, tables]) => paths.some((path) => tables.test(path)));
  return levels.length === 0 ? [LEVEL_OF_TRIGGERS] : levels.map(([level]) => level);
}
