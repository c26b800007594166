import type { SimtelTime } from '../eventio/payload-reader.js';
import { objectKind } from './object-kind.js';

/** What a telescope knows of an event besides its samples; its id is the object's. */
export interface TelescopeEventHeader {
  readonly locCount: number;
  readonly globCount: number;
  readonly cpuTime: SimtelTime;
  readonly gpsTime: SimtelTime;
  readonly trgSource: number;
  /** Trigger sectors that fired. */
  readonly listTrgsect: Int16Array | Int32Array;
  /** When they did, ns; undefined where it is not stored. */
  readonly timeTrgsect: Float32Array | undefined;
  readonly physAddr: Int16Array | Int32Array;
  /** ns, from version 3 on. */
  readonly readoutTime: number | undefined;
  /** ns, from version 3 on. */
  readonly relativeTriggerTime: number | undefined;
  /** From version 4 on. */
  readonly startReadout: number | undefined;
}

const HAS_SECTORS = 0x100;
const HAS_ADDRESSES = 0x200;
const HAS_SECTOR_TIMES = 0x400;

/** Object 2011: the header of a telescope event. Written by `write_hess_televt_head`. */
export const TELESCOPE_EVENT_HEADER = objectKind<TelescopeEventHeader>(
  2011,
  'TelescopeEventHeader',
  [0, 1, 2, 3, 4],
  (reader, { version }) => {
    const locCount = reader.int32();
    const globCount = reader.int32();
    const cpuTime = reader.time();
    const gpsTime = reader.time();
    const flags = reader.int16();
    const list = () => (version <= 1 ? reader.int16s(reader.count('int16')) : reader.varints(reader.count('varint')));
    const listTrgsect = (flags & HAS_SECTORS) !== 0 ? list() : new Int16Array(0);
    const hasTimes = version >= 1 && (flags & HAS_SECTORS) !== 0 && (flags & HAS_SECTOR_TIMES) !== 0;
    const timeTrgsect = hasTimes ? reader.float32s(listTrgsect.length) : undefined;
    const physAddr = (flags & HAS_ADDRESSES) !== 0 ? list() : new Int16Array(0);
    return {
      locCount,
      globCount,
      cpuTime,
      gpsTime,
      trgSource: flags & 0xff,
      listTrgsect,
      timeTrgsect,
      physAddr,
      readoutTime: version >= 3 ? reader.float32() : undefined,
      relativeTriggerTime: version >= 3 ? reader.float32() : undefined,
      startReadout: version >= 4 ? reader.int32() : undefined,
    };
  },
  {
    version: 4,
    write(writer, header) {
      const { listTrgsect, timeTrgsect, physAddr } = header;
      const hasSectors = listTrgsect.length > 0;
      const hasTimes = hasSectors && timeTrgsect !== undefined;
      writer.int32(header.locCount);
      writer.int32(header.globCount);
      writer.time(header.cpuTime);
      writer.time(header.gpsTime);
      const flags =
        (hasSectors ? HAS_SECTORS : 0) | (hasTimes ? HAS_SECTOR_TIMES : 0) | (physAddr.length > 0 ? HAS_ADDRESSES : 0);
      writer.int16((header.trgSource & 0xff) | flags);
      if (hasSectors) {
        writer.varint(listTrgsect.length);
        writer.varints(listTrgsect);
      }
      if (hasTimes) writer.float32s(timeTrgsect);
      if (physAddr.length > 0) {
        writer.varint(physAddr.length);
        writer.varints(physAddr);
      }
      writer.float32(header.readoutTime ?? 0);
      writer.float32(header.relativeTriggerTime ?? 0);
      writer.int32(header.startReadout ?? 0);
    },
  },
);
