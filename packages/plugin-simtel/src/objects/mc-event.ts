import { objectKind } from './object-kind.js';

/** One use of a shower. */
export interface McEvent {
  readonly eventId: number;
  readonly showerNum: number;
  /** Core position to north, m. */
  readonly xcore: number;
  /** Core position to west, m. */
  readonly ycore: number;
  /** Area weight of the position; 1 before version 2. */
  readonly aweight: number;
}

/** Object 2021: a simulated event; its id is the event's. Written by `write_hess_mc_event`. */
export const MC_EVENT = objectKind<McEvent>(
  2021,
  'MCEvent',
  [0, 1, 2],
  (reader, { version, id }) => ({
    eventId: id,
    showerNum: reader.int32(),
    xcore: reader.float32(),
    ycore: reader.float32(),
    aweight: version >= 2 ? reader.float32() : 1,
  }),
  {
    version: 2,
    idOf: ({ eventId }) => eventId,
    write(writer, { showerNum, xcore, ycore, aweight }) {
      writer.int32(showerNum);
      writer.float32s([xcore, ycore, aweight]);
    },
  },
);
