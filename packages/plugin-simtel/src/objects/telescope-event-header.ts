import type { SimtelTime } from '../eventio/payload-reader.js';
import { defineObject } from './define-object.js';

/** Header of a telescope event. The object id is the telescope id. */
export interface TelescopeEventHeader {
  /** Event counter of the telescope. */
  readonly locCount: number;
  /** Event counter of the array. */
  readonly globCount: number;
  readonly cpuTime: SimtelTime;
  readonly gpsTime: SimtelTime;
  /** Trigger source: 1 internal, 2 external. */
  readonly trgSource: number;
  /** Triggered sectors. */
  readonly listTrgsect: Int16Array | Int32Array;
  /** Trigger time per triggered sector, ns; undefined if not stored. */
  readonly timeTrgsect: Float32Array | undefined;
  /** Physical addresses; not used by sim_telarray. */
  readonly physAddr: Int16Array | Int32Array;
  /** ns; undefined before version 3. */
  readonly readoutTime: number | undefined;
  /** ns; undefined before version 3. */
  readonly relativeTriggerTime: number | undefined;
  /** Start of the readout; undefined before version 4. */
  readonly startReadout: number | undefined;
}

const HAS_SECTORS = 0x100;
const HAS_ADDRESSES = 0x200;
const HAS_SECTOR_TIMES = 0x400;

/** Object 2011: telescope event header. Written by `write_hess_televt_head` in `io_hess.c`. */
export const TELESCOPE_EVENT_HEADER = defineObject<TelescopeEventHeader>({
  type: 2011,
  name: 'TelescopeEventHeader',
  versions: [0, 1, 2, 3, 4],
  read(reader, { version }) {
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
  writeVersion: 4,
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
});
