import { block, bytesOf, counted, joined, zfitsFile, type BuiltTable } from './zfits-builder.js';

/** Number of samples of a read-out. */
export const N_SAMPLES = 40;
/** Pixels of the only module, in the order of the read-out. */
export const PIXELS: readonly number[] = [12, 3, 7, 0, 1854, 5, 6];
/** Flags of the pixels: the low gain is that of the second and the last one. */
export const FLAGS: readonly number[] = [0b0100, 0b1000, 0b0100, 0b0100, 0b0100, 0b0100, 0b1000];

/** Samples of the pixels in an event. */
export function samplesOf(event: number): Uint16Array {
  return Uint16Array.from({ length: PIXELS.length * N_SAMPLES }, (_, i) => 300 + 1000 * event + i);
}

/** What a made-up event has; by default, that of an intact one. */
interface BuiltLstEvent {
  readonly id: number;
  readonly telId?: number;
  readonly runId?: number;
  readonly nSamples?: number;
  readonly waveform?: Uint16Array;
  readonly flags?: Uint8Array;
  readonly counters?: Uint8Array;
  /** 0 if the module does not work. */
  readonly moduleStatus?: number;
  /** First cell of each chip. */
  readonly firstCells?: Uint16Array;
  /** UCTS time, TAI since 1970, ns. */
  readonly ucts?: bigint;
  /** In units of 10 ps. */
  readonly timeShifts?: Int16Array;
}

/** A made-up run of a Large-Sized Telescope with one module; by default, an intact one. */
export interface BuiltLstRun {
  readonly telId?: number;
  readonly runId?: number;
  readonly nSamples?: number;
  readonly pixelIds?: readonly number[];
  readonly waveformScale?: number;
  readonly waveformOffset?: number;
  readonly events?: readonly BuiltLstEvent[];
}

type Column = readonly [name: string, id: string, form: string, content: Uint8Array];

const int = (...values: readonly number[]): Uint8Array => bytesOf(Int32Array.from(values));
const long = (...values: readonly number[]): Uint8Array => bytesOf(BigInt64Array.from(values, BigInt));
const float = (...values: readonly number[]): Uint8Array => bytesOf(Float32Array.from(values));
const eachCounted = <E>(events: readonly E[], valuesOf: (event: E) => ArrayBufferView): Uint8Array =>
  joined(...events.map((event) => counted(valuesOf(event))));
const cellsFrom = (first: number): Uint16Array => Uint16Array.from({ length: 8 }, (_, chip) => first + chip);
const EVENTS: readonly BuiltLstEvent[] = [{ id: 1 }, { id: 2, firstCells: cellsFrom(100) }];

/** Counters of a module: whole seconds and ticks of 100 ns since the start of the run. */
export function moduleCounter(seconds: number, ticks: number): Uint8Array {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, seconds, true);
  view.setUint32(2, ticks, true);
  return bytes;
}

/** A run of the messages until 2023, whose event builder has selected gain channels. */
export function protoR1Run(run: BuiltLstRun = {}): Uint8Array {
  const { telId = 1, runId = 77, nSamples = N_SAMPLES, pixelIds = PIXELS, events = EVENTS } = run;
  return zfitsFile(
    table('CameraConfig', 'ProtoR1.CameraConfiguration', 1, [
      ['telescope_id', '1', '1J', int(telId)],
      ['configuration_id', '3', '1K', long(runId)],
      ['date', '4', '1K', long(1_660_000_000)],
      ['num_pixels', '5', '1J', int(pixelIds.length)],
      ['num_samples', '6', '1J', int(nSamples)],
      ['expected_pixels_id', '7', `${pixelIds.length}I`, counted(Uint16Array.from(pixelIds))],
      ['lstcam_expected_modules_id', '10.4', '1I', counted(Uint16Array.of(132))],
    ]),
    table('Events', 'ProtoR1.CameraEvent', events.length, [
      ['event_id', '2', '1K', long(...events.map(({ id }) => id))],
      ...arraysOf(events, ['7', '8']),
      [
        'lstcam_module_status',
        '11.1',
        '1B',
        eachCounted(events, ({ moduleStatus = 1 }) => Uint8Array.of(moduleStatus)),
      ],
      ['lstcam_extdevices_presence', '11.2', '1J', int(...events.map(({ ucts }) => (ucts === undefined ? 0 : 2)))],
      ['lstcam_cdts_data', '11.4', '36B', eachCounted(events, ({ ucts }) => uctsBytes(ucts))],
      ['lstcam_counters', '11.6', '22B', eachCounted(events, ({ counters }) => counters ?? moduleCounter(0, 0))],
      ['lstcam_first_capacitor_id', '11.8', '8I', eachCounted(events, ({ firstCells }) => firstCells ?? cellsFrom(0))],
    ]),
  );
}

/** A run of the R1 data model. */
export function r1v1Run(run: BuiltLstRun = {}): Uint8Array {
  const { telId = 1, runId = 77, nSamples = N_SAMPLES, pixelIds = PIXELS, events = EVENTS } = run;
  const { waveformScale = 1, waveformOffset = 0 } = run;
  const all = <T>(valueOf: (event: BuiltLstEvent) => T): T[] => events.map(valueOf);
  return zfitsFile(
    table('DataStream', 'R1v1.TelescopeDataStream', 1, [
      ['tel_id', '1', '1J', int(telId)],
      ['waveform_scale', '4', '1E', float(waveformScale)],
      ['waveform_offset', '5', '1E', float(waveformOffset)],
    ]),
    table('CameraConfiguration', 'R1v1.CameraConfiguration', 1, [
      ['tel_id', '1', '1J', int(telId)],
      ['local_run_id', '2', '1K', long(runId)],
      ['config_time_s', '3', '1E', float(1_700_000_000)],
      ['pixel_id_map', '5', `${pixelIds.length}I`, counted(Uint16Array.from(pixelIds))],
      ['module_id_map', '6', '1I', counted(Uint16Array.of(132))],
      ['num_samples_nominal', '13', '1J', int(nSamples)],
    ]),
    table('Events', 'R1v1.Event', events.length, [
      ['event_id', '1', '1K', long(...all(({ id }) => id))],
      ['tel_id', '2', '1J', int(...all((event) => event.telId ?? telId))],
      ['local_run_id', '3', '1K', long(...all((event) => event.runId ?? runId))],
      ['event_type', '4', '1J', int(...all(() => 32))],
      ['num_channels', '7', '1J', int(...all(() => 1))],
      ['num_samples', '8', '1J', int(...all((event) => event.nSamples ?? nSamples))],
      ...arraysOf(events, ['11', '12']),
      ['first_cell_id', '13', '8I', eachCounted(events, ({ firstCells }) => firstCells ?? cellsFrom(0))],
      ['pixel_time_shift', '18', '7I', eachCounted(events, ({ timeShifts }) => timeShifts ?? new Int16Array(0))],
    ]),
  );
}

function arraysOf(events: readonly BuiltLstEvent[], [waveform, flags]: readonly [string, string]): Column[] {
  return [
    ['waveform', waveform, '280I', eachCounted(events, (event) => event.waveform ?? samplesOf(event.id))],
    ['pixel_status', flags, '7B', eachCounted(events, (event) => event.flags ?? Uint8Array.from(FLAGS))],
  ];
}

function uctsBytes(timestamp: bigint | undefined): Uint8Array {
  const bytes = new Uint8Array(timestamp === undefined ? 0 : 36);
  if (timestamp !== undefined) new DataView(bytes.buffer).setBigUint64(0, timestamp, true);
  return bytes;
}

function table(name: string, message: string, nRows: number, columns: readonly Column[]): BuiltTable {
  return {
    name,
    message,
    columns: columns.map(([column, id, form]) => ({
      name: column,
      id,
      form,
      // 16-bit integers are unsigned, but for the time shifts.
      ...(form.endsWith('I') && column !== 'pixel_time_shift' && { zero: '32768' }),
    })),
    tiles: [{ nRows, blocks: columns.map(([, , , content]) => block([0], content)) }],
  };
}
