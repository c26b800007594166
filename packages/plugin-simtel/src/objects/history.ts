import type { EventioObject } from '../eventio/eventio-object.js';
import type { PayloadReader } from '../eventio/payload-reader.js';
import { objectKind, type ObjectLayout } from './object-kind.js';

/** A line of the command line or of the configuration that made the file. */
export interface HistoryLine {
  /** Unix time, s. */
  readonly timestamp: number;
  readonly text: string;
}

const LINE: ObjectLayout<HistoryLine> = {
  version: 1,
  write(writer, { timestamp, text }) {
    writer.int32(timestamp);
    writer.string(text);
  },
};

const readText = (reader: PayloadReader): HistoryLine => ({ timestamp: reader.int32(), text: reader.string() });

/** Object 71: a command line. */
export const HISTORY_COMMAND_LINE = objectKind(71, 'HistoryCommandLine', [0, 1], readText, LINE);

/** Object 72: a line of the configuration. */
export const HISTORY_CONFIG = objectKind(72, 'HistoryConfig', [0, 1], readText, LINE);

/** Object 70: the history of the file, line by line; the first one is written as a command line. */
export const HISTORY = objectKind<readonly HistoryLine[]>(
  70,
  'History',
  [0, 1],
  (_reader, object) => [...object.subobjects()].flatMap(readLine),
  {
    version: 1,
    onlySubobjects: true,
    write(writer, lines) {
      lines.forEach((line, i) => (i === 0 ? HISTORY_COMMAND_LINE : HISTORY_CONFIG).write(writer, line));
    },
  },
);

function readLine(object: EventioObject): HistoryLine[] {
  if (object.type === HISTORY_COMMAND_LINE.type) return [HISTORY_COMMAND_LINE.read(object)];
  if (object.type === HISTORY_CONFIG.type) return [HISTORY_CONFIG.read(object)];
  return [];
}
