import { objectKind } from './object-kind.js';

/** The id of the object that holds for the whole array; else it is the telescope's. */
export const GLOBAL_META_ID = -1;

/** Parameters of the simulation by name; an asterisk begins those that its author made up. */
export type HistoryMeta = ReadonlyMap<string, string>;

/** Object 75: parameters of the simulation, for the array or for the telescope that its id names. */
export const HISTORY_META = objectKind<HistoryMeta>(
  75,
  'HistoryMeta',
  [0],
  (reader) => {
    const count = reader.count('unsignedVarint');
    const meta = new Map<string, string>();
    for (let i = 0; i < count; i++) meta.set(reader.varString(), reader.varString());
    return meta;
  },
  {
    version: 0,
    write(writer, meta) {
      writer.unsignedVarint(meta.size);
      for (const [name, value] of meta) {
        writer.varString(name);
        writer.varString(value);
      }
    },
  },
);
