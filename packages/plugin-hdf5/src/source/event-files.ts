import { CherenkitError, dataModel, ExitCode, type DataLevel } from '@cherenkit/core';
import type { DataModelVersion, FoundSpec } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { ofAllTelescopes } from '../format/object-path.js';
import { storedVersion, VERSION_ATTRIBUTE } from '../tables/table-header.js';

/** Versions of ctapipe's data model that can be read. Source: ctapipe 0.32 `COMPATIBLE_DATA_MODEL_VERSIONS`. */
export const COMPATIBLE_VERSIONS: readonly DataModelVersion[] = [
  'v4.0.0',
  'v5.0.0',
  'v5.1.0',
  'v6.0.0',
  'v7.0.0',
  'v7.1.0',
  'v7.2.0',
  'v7.3.0',
  'v7.4.0',
  'v7.5.0',
  dataModel.DATA_MODEL_VERSION,
];

/** Table of a file and its specification. */
export interface PlacedSpec extends FoundSpec {
  readonly path: string;
}

/** What an HDF5 file of events consists of. */
export interface EventFile {
  readonly version: DataModelVersion;
  readonly isSimulation: boolean;
  readonly dataLevels: readonly DataLevel[];
  /** Tables of the data model, in the order of the file. */
  readonly tables: readonly PlacedSpec[];
  /** Paths of tables of events that are not in the data model; those of all telescopes together, as `tel_*`. */
  readonly unknownTables: readonly string[];
}

const EVENTS = /^\/(?:r\d|dl\d|simulation)\/event\//;

/** Groups whose presence means a data level. Source: ctapipe 0.32 `get_hdf5_datalevels`. */
const LEVEL_GROUPS: readonly (readonly [level: DataLevel, group: string])[] = [
  ['R1', '/r1/event/telescope'],
  ['DL1_IMAGES', '/dl1/event/telescope/images'],
  ['DL1_PARAMETERS', '/dl1/event/telescope/parameters'],
  ['DL1_MUON', '/dl1/event/telescope/muon'],
  ['DL2', '/dl2'],
];

/**
 * Finds the tables of a file.
 *
 * @throws CherenkitError HDF5_UNSUPPORTED (65) for files without or with another version of the data model
 */
export async function describeEventFile(file: Hdf5File): Promise<EventFile> {
  const version = await supportedVersion(file);
  const tables: PlacedSpec[] = [];
  const unknownTables = new Set<string>();
  for (const path of await file.paths()) {
    const found = dataModel.findTable(path, version);
    if (found) tables.push({ ...found, path });
    else if (EVENTS.test(path)) unknownTables.add(ofAllTelescopes(path));
  }
  const dataLevels: DataLevel[] = [];
  for (const [level, group] of LEVEL_GROUPS) if (await file.has(group)) dataLevels.push(level);
  return {
    version,
    isSimulation: await file.has('/simulation'),
    dataLevels,
    tables,
    unknownTables: [...unknownTables],
  };
}

async function supportedVersion(file: Hdf5File): Promise<DataModelVersion> {
  const found = await storedVersion(file);
  const version = COMPATIBLE_VERSIONS.find((each) => each === found);
  if (version !== undefined) return version;
  const what = found === undefined ? `has no attribute ${VERSION_ATTRIBUTE}` : `has the data model ${String(found)}`;
  const message = `${file.name} ${what}; expected events in ctapipe's data model ${COMPATIBLE_VERSIONS[0]} to ${COMPATIBLE_VERSIONS.at(-1)}. Process the original data again with a version of cherenkit or ctapipe that writes one of these.`;
  throw new CherenkitError('HDF5_UNSUPPORTED', ExitCode.BAD_INPUT, message);
}
