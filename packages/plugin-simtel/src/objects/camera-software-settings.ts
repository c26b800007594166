import { defineObject } from './define-object.js';

/** Settings of the camera software. The object id is the telescope id. */
export interface CameraSoftwareSettings {
  readonly dynTrigMode: number;
  readonly dynTrigThreshold: number;
  readonly dynHvMode: number;
  readonly dynHvThreshold: number;
  readonly dataRedMode: number;
  readonly zeroSupMode: number;
  readonly zeroSupThresholds: Int32Array;
  readonly unbiasedScale: number;
  readonly dynPedMode: number;
  readonly dynPedEvents: number;
  readonly dynPedPeriod: number;
  readonly monitorCurPeriod: number;
  readonly reportCurPeriod: number;
  readonly monitorHvPeriod: number;
  readonly reportHvPeriod: number;
}

/** Neither zero suppression nor data reduction nor dynamic adaptation. */
export const DEFAULT_SOFTWARE_SETTINGS: CameraSoftwareSettings = {
  dynTrigMode: 0,
  dynTrigThreshold: 0,
  dynHvMode: 0,
  dynHvThreshold: 0,
  dataRedMode: 0,
  zeroSupMode: 0,
  zeroSupThresholds: new Int32Array(0),
  unbiasedScale: 0,
  dynPedMode: 0,
  dynPedEvents: 0,
  dynPedPeriod: 0,
  monitorCurPeriod: 0,
  reportCurPeriod: 0,
  monitorHvPeriod: 0,
  reportHvPeriod: 0,
};

/** Object 2006: camera software settings. Written by `write_hess_camsoftset` in `io_hess.c`. */
export const CAMERA_SOFTWARE_SETTINGS = defineObject<CameraSoftwareSettings>({
  type: 2006,
  name: 'CameraSoftwareSettings',
  versions: [0],
  read: (reader) => ({
    dynTrigMode: reader.int32(),
    dynTrigThreshold: reader.int32(),
    dynHvMode: reader.int32(),
    dynHvThreshold: reader.int32(),
    dataRedMode: reader.int32(),
    zeroSupMode: reader.int32(),
    zeroSupThresholds: reader.int32s(reader.count('int32')),
    unbiasedScale: reader.int32(),
    dynPedMode: reader.int32(),
    dynPedEvents: reader.int32(),
    dynPedPeriod: reader.int32(),
    monitorCurPeriod: reader.int32(),
    reportCurPeriod: reader.int32(),
    monitorHvPeriod: reader.int32(),
    reportHvPeriod: reader.int32(),
  }),
  writeVersion: 0,
  write(writer, settings) {
    writer.int32(settings.dynTrigMode);
    writer.int32(settings.dynTrigThreshold);
    writer.int32(settings.dynHvMode);
    writer.int32(settings.dynHvThreshold);
    writer.int32(settings.dataRedMode);
    writer.int32(settings.zeroSupMode);
    writer.int32(settings.zeroSupThresholds.length);
    writer.int32s(settings.zeroSupThresholds);
    writer.int32(settings.unbiasedScale);
    writer.int32(settings.dynPedMode);
    writer.int32(settings.dynPedEvents);
    writer.int32(settings.dynPedPeriod);
    writer.int32(settings.monitorCurPeriod);
    writer.int32(settings.reportCurPeriod);
    writer.int32(settings.monitorHvPeriod);
    writer.int32(settings.reportHvPeriod);
  },
});
