import { defineObject } from './define-object.js';

/** One use of a simulated shower, with its own core position. */
export interface McEvent {
  readonly eventId: number;
  /** Number of the shower. */
  readonly showerNum: number;
  /** Core position towards north, m. */
  readonly xcore: number;
  /** Core position towards west, m. */
  readonly ycore: number;
  /** Area weight of the core position, m2; 1 before version 2. */
  readonly aweight: number;
}

/** Object 2021: simulated event. The object id is the event id. Written by `write_hess_mc_event` in `io_hess.c`. */
export const MC_EVENT = defineObject<McEvent>({
  type: 2021,
  name: 'MCEvent',
  versions: [0, 1, 2],
  read: (reader, { version, id }) => ({
    eventId: id,
    showerNum: reader.int32(),
    xcore: reader.float32(),
    ycore: reader.float32(),
    aweight: version >= 2 ? reader.float32() : 1,
  }),
  writeVersion: 2,
  idOf: ({ eventId }) => eventId,
  write(writer, { showerNum, xcore, ycore, aweight }) {
    writer.int32(showerNum);
    writer.float32s([xcore, ycore, aweight]);
  },
});
