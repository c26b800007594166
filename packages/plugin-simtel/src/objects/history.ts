import { defineObject, type CodecDefinition } from './define-object.js';

/** Command line or configuration line of a program that created the file. */
export interface HistoryLine {
  /** Unix time, s. */
  readonly timestamp: number;
  readonly text: string;
}

const LINE_FORMAT = {
  versions: [0, 1],
  read: (reader) => ({ timestamp: reader.int32(), text: reader.string() }),
  writeVersion: 1,
  write(writer, { timestamp, text }) {
    writer.int32(timestamp);
    writer.string(text);
  },
} satisfies Omit<CodecDefinition<HistoryLine>, 'type' | 'name'>;

/** Object 71: command line. */
export const HISTORY_COMMAND_LINE = defineObject({ type: 71, name: 'HistoryCommandLine', ...LINE_FORMAT });

/** Object 72: configuration line. */
export const HISTORY_CONFIG = defineObject({ type: 72, name: 'HistoryConfig', ...LINE_FORMAT });

/** Object 70: history of the file. When writing, the first line becomes a command line, the others configuration lines. */
export const HISTORY = defineObject<readonly HistoryLine[]>({
  type: 70,
  name: 'History',
  versions: [0, 1],
  read(_reader, object) {
    const lines: HistoryLine[] = [];
    for (const child of object.subobjects()) {
      if (child.type === HISTORY_COMMAND_LINE.type) lines.push(HISTORY_COMMAND_LINE.read(child));
      else if (child.type === HISTORY_CONFIG.type) lines.push(HISTORY_CONFIG.read(child));
    }
    return lines;
  },
  writeVersion: 1,
  onlySubobjects: true,
  write(writer, lines) {
    lines.forEach((line, i) => (i === 0 ? HISTORY_COMMAND_LINE : HISTORY_CONFIG).write(writer, line));
  },
});
