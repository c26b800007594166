import {
  array,
  int,
  long,
  nested,
  text,
  type MessageFields,
  type MessageOf,
  type MessageType,
} from './message-type.js';

// Messages of the event builder of LST until 2023, and of NectarCAM before R1v1. Source: protozfits 2.13, `ProtoR1.proto`.

export const PROTO_R1_CAMERA_CONFIGURATION = {
  names: ['ProtoR1.CameraConfiguration', 'R1.CameraConfiguration'],
  fields: {
    telescopeId: int(1),
    csSerial: text(2),
    configurationId: long(3),
    /** Unix time (UTC). */
    date: long(4),
    numPixels: int(5),
    numSamples: int(6),
    expectedPixelsId: array(7),
    dataModelVersion: text(8),
    nectarcam: nested(9, {
      idaqVersion: text(1),
      cdhsVersion: text(2),
      acquisitionMode: int(3),
      numModules: int(4),
      expectedModulesId: array(5),
      algorithms: int(6),
      runId: long(7),
    }),
    lstcam: nested(10, {
      idaqVersion: text(1),
      cdhsVersion: text(2),
      numModules: int(3),
      expectedModulesId: array(4),
      algorithms: int(5),
      preProcAlgorithms: int(6),
      runId: long(7),
    }),
  },
} as const satisfies MessageType<MessageFields>;

export const PROTO_R1_CAMERA_EVENT = {
  names: ['ProtoR1.CameraEvent', 'R1.CameraEvent'],
  fields: {
    configurationId: long(1),
    eventId: long(2),
    telEventId: long(3),
    triggerTimeS: int(4),
    triggerTimeQns: int(5),
    triggerType: int(6),
    waveform: array(7),
    pixelStatus: array(8),
    pedId: long(9),
    nectarcam: nested(10, {
      moduleStatus: array(1),
      extdevicesPresence: int(2),
      tibData: array(3),
      cdtsData: array(4),
      swatData: array(5),
      counters: array(6),
      runId: long(7),
      chargesGain1: array(8),
      chargesGain2: array(9),
    }),
    lstcam: nested(11, {
      moduleStatus: array(1),
      extdevicesPresence: int(2),
      tibData: array(3),
      cdtsData: array(4),
      swatData: array(5),
      counters: array(6),
      chipsFlags: array(7),
      firstCapacitorId: array(8),
      drsTagStatus: array(9),
      drsTag: array(10),
      runId: long(11),
    }),
  },
} as const satisfies MessageType<MessageFields>;

export type ProtoR1CameraConfiguration = MessageOf<typeof PROTO_R1_CAMERA_CONFIGURATION.fields>;
export type ProtoR1CameraEvent = MessageOf<typeof PROTO_R1_CAMERA_EVENT.fields>;
