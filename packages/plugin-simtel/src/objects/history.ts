import type { EventioObject } from '../eventio/eventio-object.js';
import { objectKind } from './object-kind.js';

/** A line of the command line or of the configuration that made the file. */
export interface HistoryLine {
  /** Unix time, s. */
  readonly timestamp: number;
  readonly text: string;
}

/** Object 71: a command line. */
export const HISTORY_COMMAND_LINE = objectKind<HistoryLine>(71, 'HistoryCommandLine', [0, 1], (reader) => ({
  timestamp: reader.int32(),
  text: reader.string(),
}));

/** Object 72: a line of the configuration. */
export const HISTORY_CONFIG = objectKind<HistoryLine>(72, 'HistoryConfig', [0, 1], (reader) => ({
  timestamp: reader.int32(),
  text: reader.string(),
}));

/** Object 70: the history of the file, line by line. */
export const HISTORY = objectKind<readonly HistoryLine[]>(70, 'History', [0, 1], (_reader, object) =>
  [...object.subobjects()].flatMap(readLine),
);

function readLine(object: EventioObject): HistoryLine[] {
  if (object.type === HISTORY_COMMAND_LINE.type) return [HISTORY_COMMAND_LINE.read(object)];
  if (object.type === HISTORY_CONFIG.type) return [HISTORY_CONFIG.read(object)];
  return [];
}
