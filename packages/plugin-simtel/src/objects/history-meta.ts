import { defineObject } from './define-object.js';

/** Object id of the parameters of the whole array; otherwise the id is the telescope id. */
export const GLOBAL_META_ID = -1;

/** Limit of the number of parameters; sim_telarray writes some hundreds. */
const MAX_PARAMETERS = 2 ** 18;

/** Simulation parameters: values by name. Names of user-defined parameters start with an asterisk. */
export type HistoryMeta = ReadonlyMap<string, string>;

/** Object 75: simulation parameters of the array or of one telescope, given by the object id. */
export const HISTORY_META = defineObject<HistoryMeta>({
  type: 75,
  name: 'HistoryMeta',
  versions: [0],
  read(reader) {
    const count = reader.count('unsignedVarint');
    if (count > MAX_PARAMETERS)
      throw reader.object.tooLarge(`declares ${count} parameters, expected at most ${MAX_PARAMETERS}`);
    const meta = new Map<string, string>();
    for (let i = 0; i < count; i++) meta.set(reader.varString(), reader.varString());
    return meta;
  },
  writeVersion: 0,
  write(writer, meta) {
    writer.unsignedVarint(meta.size);
    for (const [name, value] of meta) {
      writer.varString(name);
      writer.varString(value);
    }
  },
});
