import type { PayloadReader } from '../eventio/payload-reader.js';
import { objectKind } from './object-kind.js';
import { flaggedId, telescopeOfFlaggedId } from './telescope-numbering.js';

/** Bits of the id that tell which parts follow, in this order. */
const STATUS = 0x01;
const COUNTS = 0x02;
const PEDESTAL = 0x04;

/** The state of a camera since some time, as far as it is needed. */
export interface CameraMonitoring {
  readonly telescopeId: number;
  readonly nPixels: number;
  readonly nGains: number;
  readonly nDrawers: number;
  readonly nSectors: number;
  /** Undefined where the object does not tell anything new about it. */
  readonly pedestal: CameraPedestal | undefined;
}

/** Pedestals of a camera. */
export interface CameraPedestal {
  /** Samples that `pedestal` is the sum of. */
  readonly nPedSlices: number;
  /** nGains x nPixels, ADC counts. */
  readonly pedestal: Float32Array;
  /** nGains x nPixels, standard deviation of the sum, ADC counts. */
  readonly noise: Float32Array;
}

/**
 * Object 2022: the state of a camera; flags in its id tell what it holds. Written by `write_hess_tel_monitor`.
 *
 * Temperatures, voltages, scalers and the configuration of the readout follow the pedestals and are not read.
 */
export const CAMERA_MONITORING = objectKind<CameraMonitoring>(
  2022,
  'CameraMonitoring',
  [0, 1],
  (reader, { version, id }) => {
    const what = (id >> 8) & 0xffff;
    reader.skip(2 + 2 + 4 + 8); // known and new parts, number and time of the report
    const read = version === 0 ? 'int16' : 'varint';
    const nSectors = reader.count(read);
    const nPixels = reader.count(read);
    const nDrawers = reader.count(read);
    const nGains = reader.count(read);
    if ((what & STATUS) !== 0) reader.skip(8 + 4);
    if ((what & COUNTS) !== 0) reader.skip(8 + 4 + 4 + 4 + 4 * nSectors + 3 * 4);
    const pedestal = (what & PEDESTAL) !== 0 ? readPedestal(reader, nGains * nPixels) : undefined;
    return { telescopeId: telescopeOfFlaggedId(id), nPixels, nGains, nDrawers, nSectors, pedestal };
  },
  {
    version: 1,
    idOf: ({ telescopeId, pedestal }) => flaggedId(telescopeId, (pedestal === undefined ? 0 : PEDESTAL) << 8),
    write(writer, { nSectors, nPixels, nDrawers, nGains, pedestal }) {
      const parts = pedestal === undefined ? 0 : PEDESTAL;
      writer.int16(parts);
      writer.int16(parts);
      writer.zeros(4 + 8); // number and time of the report
      writer.varints([nSectors, nPixels, nDrawers, nGains]);
      if (pedestal === undefined) return;
      writer.zeros(8); // when it was taken
      writer.int16(pedestal.nPedSlices);
      writer.float32s(pedestal.pedestal);
      writer.float32s(pedestal.noise);
    },
  },
);

function readPedestal(reader: PayloadReader, count: number): CameraPedestal {
  reader.skip(8); // when it was taken
  return { nPedSlices: reader.int16(), pedestal: reader.float32s(count), noise: reader.float32s(count) };
}
