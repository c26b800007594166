import {
  array,
  flag,
  float,
  int,
  long,
  text,
  type MessageFields,
  type MessageOf,
  type MessageType,
} from './message-type.js';

// Messages of CTAO's DL0 data model, version 1. Source: protozfits 2.13, `DL0v1_Telescope.proto`, `DL0v1_Subarray.proto`,
// `DL0v1_Trigger.proto`. The fields have other numbers than those of R1.

export const DL0V1_DATA_STREAM = {
  names: ['DL0v1.Telescope.DataStream'],
  fields: {
    telId: int(1),
    sbId: long(2),
    obsId: long(3),
    waveformScale: float(4),
    waveformOffset: float(5),
    sbCreatorId: int(6),
  },
} as const satisfies MessageType<MessageFields>;

export const DL0V1_CAMERA_CONFIGURATION = {
  names: ['DL0v1.Telescope.CameraConfiguration'],
  fields: {
    telId: int(1),
    localRunId: long(2),
    /** Unix time (UTC). */
    configTimeS: float(3),
    cameraConfigId: long(4),
    pixelIdMap: array(5),
    moduleIdMap: array(6),
    numPixels: int(7),
    numChannels: int(8),
    numSamplesNominal: int(9),
    numSamplesLong: int(10),
    numModules: int(11),
    samplingFrequency: int(12),
    calibrationAlgorithmId: int(13),
    calibrationServiceId: long(14),
    dataModelVersion: text(15),
    numSamplesRemovedStart: int(16),
    numSamplesRemovedEnd: int(17),
  },
} as const satisfies MessageType<MessageFields>;

export const DL0V1_TELESCOPE_EVENT = {
  names: ['DL0v1.Telescope.Event'],
  fields: {
    eventId: long(1),
    telId: int(2),
    /** As `EventType`. */
    eventType: int(3),
    /** TAI seconds since 1970, and quarters of a nanosecond. */
    eventTimeS: int(4),
    eventTimeQns: int(5),
    pixelStatus: array(6),
    firstCellId: array(7),
    numChannels: int(8),
    numSamples: int(9),
    numPixelsSurvived: int(10),
    calibrationMonitoringId: long(11),
    waveform: array(13),
    pedestalIntensity: array(14),
    numModules: int(16),
    /** In units of 10 ps. */
    pixelTimeShift: array(18),
  },
} as const satisfies MessageType<MessageFields>;

export const DL0V1_SUBARRAY_DATA_STREAM = {
  names: ['DL0v1.Subarray.DataStream'],
  fields: { subarrayId: int(1), sbId: long(2), obsId: long(3), producerId: long(4), sbCreatorId: int(5) },
} as const satisfies MessageType<MessageFields>;

export const DL0V1_SUBARRAY_EVENT = {
  names: ['DL0v1.Subarray.Event'],
  fields: {
    eventId: long(1),
    triggerType: int(2),
    sbId: long(3),
    obsId: long(4),
    /** TAI seconds since 1970, and quarters of a nanosecond. */
    eventTimeS: int(5),
    eventTimeQns: int(6),
    triggerIds: array(7),
    telIdsWithTrigger: array(8),
    telIdsWithData: array(9),
  },
} as const satisfies MessageType<MessageFields>;

export const DL0V1_TRIGGER_DATA_STREAM = {
  names: ['DL0v1.Trigger.DataStream'],
  fields: { telIds: array(1), sbId: long(2), obsId: long(3), producerId: int(4), sbCreatorId: int(5) },
} as const satisfies MessageType<MessageFields>;

export const DL0V1_TRIGGER = {
  names: ['DL0v1.Trigger.Trigger'],
  fields: {
    telId: int(1),
    triggerId: long(2),
    triggerType: int(3),
    /** TAI seconds since 1970, and quarters of a nanosecond. */
    triggerTimeS: int(4),
    triggerTimeQns: int(5),
    readoutRequested: flag(6),
    dataAvailable: flag(7),
    hardwareStereoTriggerMask: int(8),
  },
} as const satisfies MessageType<MessageFields>;

export type Dl0v1DataStream = MessageOf<typeof DL0V1_DATA_STREAM.fields>;
export type Dl0v1CameraConfiguration = MessageOf<typeof DL0V1_CAMERA_CONFIGURATION.fields>;
export type Dl0v1TelescopeEvent = MessageOf<typeof DL0V1_TELESCOPE_EVENT.fields>;
export type Dl0v1SubarrayDataStream = MessageOf<typeof DL0V1_SUBARRAY_DATA_STREAM.fields>;
export type Dl0v1SubarrayEvent = MessageOf<typeof DL0V1_SUBARRAY_EVENT.fields>;
