import {
  array,
  flag,
  float,
  int,
  long,
  nested,
  text,
  type MessageFields,
  type MessageOf,
  type MessageType,
} from './message-type.js';

// Messages of SST-1M (2017 to 2019) and of NectarCAM (2018), with the names that their definition gives to the fields.
// Source: protozfits 2.13, `ProtoDataModel.proto`, of which fields that no file at hand has are left out.

const counters = { counters: array(1) };
const status = { status: array(1) };
const data = { data: array(1) };
const channel = {
  waveforms: nested(1, {
    samples: array(1),
    pixelsIndices: array(2),
    firstSplIdx: array(3),
    num_samples: int(4),
    baselines: array(5),
    peak_time_pos: array(50),
    time_over_threshold: array(51),
  }),
  integrals: nested(2, {
    gains: array(1),
    maximumTimes: array(2),
    tailTimes: array(3),
    raiseTimes: array(4),
    pixelsIndices: array(5),
    firstSplIdx: array(6),
  }),
};

export const DATA_MODEL_RUN_HEADER = {
  names: ['DataModel.CameraRunHeader', 'ProtoDataModel.CameraRunHeader'],
  fields: {
    telescopeID: int(1),
    runNumber: int(2),
    dateMJD: int(3),
    timeNanoSec: long(4),
    imgReducMode: int(5),
    evtsReducMode: int(6),
    numTraces: int(7),
    numGainChannels: int(8),
    integWindowSize: int(9),
    integThreshold: int(10),
    zeroSuppThreshold: int(11),
    telescope_id: int(512),
    cs_serial: text(513),
    run_id: long(514),
    date: long(515),
    num_pixels: int(516),
    num_samples: int(517),
    expected_pixels_id: array(518),
    data_model_version: text(519),
    nectarcam: nested(520, {
      idaq_version: text(1),
      camtoactl_version: text(2),
      acquisition_mode: int(3),
      num_modules: int(4),
      expected_modules_id: array(5),
      algorithms: int(6),
    }),
  },
} as const satisfies MessageType<MessageFields>;

export const DATA_MODEL_CAMERA_EVENT = {
  names: ['DataModel.CameraEvent', 'ProtoDataModel.CameraEvent'],
  fields: {
    telescopeID: int(1),
    dateMJD: float(2),
    eventType: int(3),
    eventNumber: int(4),
    arrayEvtNum: int(5),
    hiGain: nested(6, channel),
    loGain: nested(7, channel),
    trig: nested(8, { telescopeID: int(1), timeSec: long(2), timeNanoSec: long(3), eventNumber: int(4) }),
    hilo_offset: int(12),
    hilo_scale: int(13),
    cameraCounters: nested(14, counters),
    moduleStatus: nested(15, status),
    pixelPresence: nested(16, { presence: array(1) }),
    acquisitionMode: int(17),
    uctsDataPresence: flag(18),
    uctsData: nested(19, data),
    tibDataPresence: flag(20),
    tibData: nested(21, data),
    swatDataPresence: flag(22),
    swatData: nested(23, data),
    chipsFlags: nested(25, data),
    firstCapacitorIds: nested(26, data),
    local_time_nanosec: long(30),
    local_time_sec: long(31),
    pixels_flags: array(32),
    trigger_map: array(33),
    event_type: int(34),
    trigger_input_traces: array(35),
    trigger_output_patch7: array(36),
    trigger_output_patch19: array(37),
    trigger_output_muon: array(38),
    num_gains: int(1024),
  },
} as const satisfies MessageType<MessageFields>;

export type DataModelRunHeader = MessageOf<typeof DATA_MODEL_RUN_HEADER.fields>;
export type DataModelCameraEvent = MessageOf<typeof DATA_MODEL_CAMERA_EVENT.fields>;
