import {
  array,
  float,
  int,
  long,
  nested,
  text,
  type MessageFields,
  type MessageOf,
  type MessageType,
} from './message-type.js';

// Messages of CTAO's R1 data model, version 1, with the debug parts of the event builder of LST and NectarCAM.
// Source: protozfits 2.13, `R1v1.proto` and `R1v1_debug.proto`.

export const R1V1_DATA_STREAM = {
  names: ['R1v1.TelescopeDataStream', 'CTAR1.TelescopeDataStream'],
  fields: { telId: int(1), sbId: long(2), obsId: long(3), waveformScale: float(4), waveformOffset: float(5) },
} as const satisfies MessageType<MessageFields>;

export const R1V1_CAMERA_CONFIGURATION = {
  names: ['R1v1.CameraConfiguration', 'CTAR1.CameraConfiguration'],
  fields: {
    telId: int(1),
    localRunId: long(2),
    /** Unix time (UTC). */
    configTimeS: float(3),
    cameraConfigId: long(4),
    pixelIdMap: array(5),
    moduleIdMap: array(6),
    numModules: int(7),
    numPixels: int(8),
    numChannels: int(9),
    dataModelVersion: text(10),
    calibrationServiceId: long(11),
    calibrationAlgorithmId: int(12),
    numSamplesNominal: int(13),
    numSamplesLong: int(14),
    debug: nested(15, {
      csSerial: text(1),
      evbVersion: text(2),
      cdhsVersion: text(3),
      tdpType: array(4),
      tdpAction: array(5),
      ttypePattern: array(6),
    }),
    numSamplesRemovedStart: int(16),
    numSamplesRemovedEnd: int(17),
  },
} as const satisfies MessageType<MessageFields>;

export const R1V1_EVENT = {
  names: ['R1v1.Event', 'CTAR1.Event'],
  fields: {
    eventId: long(1),
    telId: int(2),
    localRunId: long(3),
    /** As `EventType`. */
    eventType: int(4),
    /** TAI seconds since 1970, and quarters of a nanosecond. */
    eventTimeS: int(5),
    eventTimeQns: int(6),
    numChannels: int(7),
    numSamples: int(8),
    numPixels: int(9),
    numModules: int(10),
    waveform: array(11),
    pixelStatus: array(12),
    firstCellId: array(13),
    moduleHiresLocalClockCounter: array(14),
    pedestalIntensity: array(15),
    calibrationMonitoringId: long(16),
    debug: nested(17, {
      moduleStatus: array(1),
      extdevicesPresence: int(2),
      tibData: array(3),
      cdtsData: array(4),
      swatData: array(5),
      counters: array(6),
      chipsFlags: array(7),
      chargesGain1: array(8),
      chargesGain2: array(9),
      tdpAction: int(10),
    }),
    /** In units of 10 ps. */
    pixelTimeShift: array(18),
  },
} as const satisfies MessageType<MessageFields>;

export type R1v1DataStream = MessageOf<typeof R1V1_DATA_STREAM.fields>;
export type R1v1CameraConfiguration = MessageOf<typeof R1V1_CAMERA_CONFIGURATION.fields>;
export type R1v1Event = MessageOf<typeof R1V1_EVENT.fields>;
