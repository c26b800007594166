import type { PayloadReader } from '../eventio/payload-reader.js';
import { defineObject } from './define-object.js';
import { encodeTelescopeId, decodeTelescopeId } from './telescope-numbering.js';

// Bits of the id: parts in the payload, in this order.
const STATUS = 0x01;
const COUNTS = 0x02;
const PEDESTAL = 0x04;

/** Monitoring data of a camera, as far as they are used. */
export interface CameraMonitoring {
  readonly telescopeId: number;
  readonly nPixels: number;
  readonly nGains: number;
  readonly nDrawers: number;
  readonly nSectors: number;
  /** Undefined if this object does not update the pedestals. */
  readonly pedestal: CameraPedestal | undefined;
}

/** Pedestals of a camera. */
export interface CameraPedestal {
  /** Number of samples summed in `pedestal`. */
  readonly nPedSlices: number;
  /** Sum of the pedestal over `nPedSlices` samples, nGains x nPixels, ADC counts. */
  readonly pedestal: Float32Array;
  /** Standard deviation of that sum, nGains x nPixels, ADC counts. */
  readonly noise: Float32Array;
}

/**
 * Object 2022: camera monitoring. Written by `write_hess_tel_monitor` in `io_hess.c`.
 *
 * Flags in the id list the parts in the payload. The parts after the pedestals (temperatures, voltages, scalers, readout
 * configuration) are not read.
 */
export const CAMERA_MONITORING = defineObject<CameraMonitoring>({
  type: 2022,
  name: 'CameraMonitoring',
  versions: [0, 1],
  read(reader, { version, id }) {
    const parts = (id >> 8) & 0xffff;
    reader.skip(2 + 2 + 4 + 8); // known parts, new parts, report id, report time
    const countType = version === 0 ? 'int16' : 'varint';
    const nSectors = reader.count(countType);
    const nPixels = reader.count(countType);
    const nDrawers = reader.count(countType);
    const nGains = reader.count(countType);
    if ((parts & STATUS) !== 0) reader.skip(8 + 4);
    if ((parts & COUNTS) !== 0) reader.skip(8 + 4 + 4 + 4 + 4 * nSectors + 3 * 4);
    const pedestal = (parts & PEDESTAL) !== 0 ? readPedestal(reader, nGains * nPixels) : undefined;
    return { telescopeId: decodeTelescopeId(id), nPixels, nGains, nDrawers, nSectors, pedestal };
  },
  writeVersion: 1,
  idOf: ({ telescopeId, pedestal }) => encodeTelescopeId(telescopeId, (pedestal === undefined ? 0 : PEDESTAL) << 8),
  write(writer, { nSectors, nPixels, nDrawers, nGains, pedestal }) {
    const parts = pedestal === undefined ? 0 : PEDESTAL;
    writer.int16(parts);
    writer.int16(parts);
    writer.zeros(4 + 8); // report id, report time
    writer.varints([nSectors, nPixels, nDrawers, nGains]);
    if (pedestal === undefined) return;
    writer.zeros(8); // time of the pedestal measurement
    writer.int16(pedestal.nPedSlices);
    writer.float32s(pedestal.pedestal);
    writer.float32s(pedestal.noise);
  },
});

function readPedestal(reader: PayloadReader, count: number): CameraPedestal {
  reader.skip(8); // time of the pedestal measurement
  return { nPedSlices: reader.int16(), pedestal: reader.float32s(count), noise: reader.float32s(count) };
}
