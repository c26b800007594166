import { nameSome } from '@cherenkit/core';
import type { EventioObject } from '../eventio/eventio-object.js';
import { MemoryBudget } from '../eventio/memory-budget.js';
import type { ReadingContext } from '../eventio/reading-context.js';
import { ATMOSPHERIC_PROFILE, type AtmosphericProfile } from '../objects/atmospheric-profile.js';
import { CAMERA_ORGANIZATION, type CameraOrganization } from '../objects/camera-organization.js';
import { CAMERA_SETTINGS, type CameraSettings } from '../objects/camera-settings.js';
import { DISABLED_PIXELS, type DisabledPixels } from '../objects/disabled-pixels.js';
import { GLOBAL_META_ID, HISTORY_META, type HistoryMeta } from '../objects/history-meta.js';
import { HISTORY, type HistoryLine } from '../objects/history.js';
import { MC_RUN_HEADER, type McRunHeader } from '../objects/mc-run-header.js';
import type { ObjectDecoder } from '../objects/define-object.js';
import { pixelGeometryFault } from './pixel-geometry-fault.js';
import { PIXEL_SETTINGS, type PixelSettings } from '../objects/pixel-settings.js';
import { RUN_HEADER, type RunHeader } from '../objects/run-header.js';

/** Description of a telescope in the file header. */
export interface TelescopeSettings {
  readonly cameraSettings: CameraSettings;
  readonly cameraOrganization: CameraOrganization;
  readonly pixelSettings: PixelSettings;
  readonly disabledPixels: DisabledPixels;
}

/** Header of a sim_telarray file: the data before the first event. */
export interface SimtelHeader {
  /** Whether the events are simulated: there is a simulation run header, or a shower before the first event. */
  readonly isSimulation: boolean;
  readonly runHeader: RunHeader;
  /** The last one in merged files; undefined if the file has none. */
  readonly mcRunHeader: McRunHeader | undefined;
  /** Command lines and configuration of the programs that created the file. */
  readonly history: readonly HistoryLine[];
  /** Simulation parameters of the array. */
  readonly globalMeta: HistoryMeta;
  /** Simulation parameters by telescope id. */
  readonly telescopeMeta: ReadonlyMap<number, HistoryMeta>;
  /** By telescope id, in file order. */
  readonly telescopes: ReadonlyMap<number, TelescopeSettings>;
  readonly atmosphericProfiles: readonly AtmosphericProfile[];
  /** What the file lacks and what follows from it, a sentence each, for warnings. */
  readonly warnings?: readonly string[];
}

/** Limit of the memory for the header, bytes: ten times that of an array of a hundred telescopes. */
const MAX_HEADER_MEMORY = 2 ** 27;
/** Memory of a decoded telescope description relative to its payload, the pixel geometry made of it included. */
const DECODED_PER_BYTE = 3;
/** Memory of a line of the history or of a parameter, in addition to its text, bytes. */
const BYTES_PER_TEXT = 128;
/** Limit of the length of a reference pulse, samples of the readout; pulses have some hundred. */
const MAX_PULSE_SAMPLES = 100_000;
/** Limit of the gain channels of a camera, as in sim_telarray. */
const MAX_GAINS = 2;

const NO_DISABLED_PIXELS: DisabledPixels = { triggerDisabled: new Int32Array(0), hvDisabled: new Int32Array(0) };

/** First object of photon files written by CORSIKA's IACT extension; recognized for a specific error message. */
const CORSIKA_RUN_HEADER = 1200;

const TELESCOPE_OBJECTS = {
  cameraSettings: CAMERA_SETTINGS,
  cameraOrganization: CAMERA_ORGANIZATION,
  pixelSettings: PIXEL_SETTINGS,
  disabledPixels: DISABLED_PIXELS,
} as const satisfies { [K in keyof TelescopeSettings]: ObjectDecoder<TelescopeSettings[K]> };

/** Collects the header of a file from the objects before its first event. */
export class HeaderCollector {
  #runHeader: RunHeader | undefined;
  #mcRunHeader: McRunHeader | undefined;
  readonly #history: HistoryLine[] = [];
  #globalMeta: HistoryMeta = new Map();
  readonly #telescopeMeta = new Map<number, HistoryMeta>();
  readonly #telescopes = new Map<number, Partial<Record<keyof TelescopeSettings, object>>>();
  readonly #atmosphericProfiles: AtmosphericProfile[] = [];

  readonly #budget = new MemoryBudget(MAX_HEADER_MEMORY, 'the file header');

  constructor(private readonly context: ReadingContext) {}

  /** Object types that `add` uses. Others are ignored. */
  static readonly types: ReadonlySet<number> = new Set(
    [RUN_HEADER, MC_RUN_HEADER, HISTORY, HISTORY_META, ATMOSPHERIC_PROFILE, ...Object.values(TELESCOPE_OBJECTS)].map(
      ({ type }) => type,
    ),
  );

  /**
   * Adds the next object of the file.
   *
   * @throws SimtelError SIMTEL_NOT_SIMTEL (65) in a CORSIKA photon file, SIMTEL_OBJECT_TOO_LARGE (65) if the header needs
   *   too much memory, or if the object cannot be decoded
   */
  add(object: EventioObject): void {
    this.#budget.spend(object, DECODED_PER_BYTE * object.payload.length);
    switch (object.type) {
      case RUN_HEADER.type:
        this.#runHeader = RUN_HEADER.read(object);
        break;
      case MC_RUN_HEADER.type:
        this.#mcRunHeader = MC_RUN_HEADER.read(object);
        break;
      case HISTORY.type: {
        const lines = HISTORY.read(object);
        this.#budget.spend(object, BYTES_PER_TEXT * lines.length);
        for (const line of lines) this.#history.push(line);
        break;
      }
      case HISTORY_META.type: {
        const meta = HISTORY_META.read(object);
        this.#budget.spend(object, BYTES_PER_TEXT * meta.size);
        if (object.id === GLOBAL_META_ID) this.#globalMeta = meta;
        else this.#telescopeMeta.set(object.id, meta);
        break;
      }
      case ATMOSPHERIC_PROFILE.type:
        this.#atmosphericProfiles.push(ATMOSPHERIC_PROFILE.read(object));
        break;
      case CORSIKA_RUN_HEADER:
        throw this.context.error(
          'SIMTEL_NOT_SIMTEL',
          object.offset,
          object.type,
          'expected events from sim_telarray (object 2000), found Cherenkov photons from CORSIKA (object 1200). Run ' +
            'sim_telarray on the file first.',
        );
      default:
        this.#addTelescope(object);
    }
  }

  #addTelescope(object: EventioObject): void {
    for (const [key, decoder] of Object.entries(TELESCOPE_OBJECTS)) {
      if (decoder.type !== object.type) continue;
      const settings = this.#telescopes.get(object.id) ?? {};
      this.#telescopes.set(object.id, { ...settings, [key]: decoder.read(object) });
    }
  }

  /** Whether the run headers and the descriptions of all telescopes have been read. */
  get isComplete(): boolean {
    const nObjects = Object.keys(TELESCOPE_OBJECTS).length;
    const isDescribed = (telId: number) => Object.keys(this.#telescopes.get(telId) ?? {}).length === nObjects;
    return this.#mcRunHeader !== undefined && (this.#runHeader?.telId.every(isDescribed) ?? false);
  }

  /**
   * Checks and returns the collected header.
   *
   * @param end - end of the header in the decompressed file, bytes
   * @param hasShower - whether there is a simulated shower before the first event
   * @throws SimtelError SIMTEL_INCOMPLETE_HEADER (65) if the run header or a telescope description is missing,
   *   SIMTEL_CORRUPT (65) if a telescope description is inconsistent
   */
  finish(end: number, hasShower: boolean): SimtelHeader {
    if (this.#runHeader === undefined) throw this.#incomplete(end, 'the run header (object 2000) is missing');
    if (this.#telescopes.size === 0)
      throw this.#incomplete(end, 'the telescope descriptions (objects 2002 to 2005) are missing');
    const warnings: string[] = [];
    const isSimulation = this.#mcRunHeader !== undefined || hasShower;
    if (this.#mcRunHeader === undefined) {
      const consequence = hasShower
        ? 'the simulation configuration is unknown'
        : 'without simulated showers before the first event, the events are read as observed ones';
      warnings.push(`The simulation run header (object ${MC_RUN_HEADER.type}) is missing; ${consequence}.`);
    }
    const withoutDisabled = [...this.#telescopes].filter(([, settings]) => settings.disabledPixels === undefined);
    if (withoutDisabled.length > 0) {
      const telIds = nameSome(withoutDisabled.map(([telId]) => telId));
      const missing = `The disabled pixels (object ${DISABLED_PIXELS.type}) of telescopes ${telIds} are missing`;
      warnings.push(`${missing}; all pixels are assumed to be enabled.`);
    }
    const telescopes = new Map<number, TelescopeSettings>();
    for (const [telId, settings] of this.#telescopes) {
      telescopes.set(telId, this.#checkTelescope(telId, { disabledPixels: NO_DISABLED_PIXELS, ...settings }, end));
    }
    const undescribed = [...this.#runHeader.telId].filter((telId) => !telescopes.has(telId));
    if (undescribed.length > 0)
      throw this.#incomplete(end, `telescopes ${nameSome(undescribed)} of the run header are not described`);
    const unplaced = [...telescopes.keys()].filter((telId) => !this.#runHeader?.telId.includes(telId));
    if (unplaced.length > 0)
      throw this.#incomplete(
        end,
        `telescopes ${nameSome(unplaced)} are not in the run header, so their positions are unknown`,
      );
    return {
      isSimulation,
      runHeader: this.#runHeader,
      mcRunHeader: this.#mcRunHeader,
      history: this.#history,
      globalMeta: this.#globalMeta,
      telescopeMeta: this.#telescopeMeta,
      telescopes,
      atmosphericProfiles: this.#atmosphericProfiles,
      warnings,
    };
  }

  #checkTelescope(
    telId: number,
    settings: Partial<Record<keyof TelescopeSettings, object>>,
    end: number,
  ): TelescopeSettings {
    for (const [key, { type, name }] of Object.entries(TELESCOPE_OBJECTS)) {
      if (!(key in settings)) throw this.#incomplete(end, `telescope ${telId} has no ${name} (object ${type})`);
    }
    const telescope = settings as TelescopeSettings; // complete, and each object was decoded for its key
    const { cameraSettings, cameraOrganization, pixelSettings, disabledPixels } = telescope;
    const { nPixels } = cameraSettings;
    const counts = [cameraOrganization.nPixels, pixelSettings.nPixels];
    if (counts.some((count) => count !== nPixels) || disabledPixels.hvDisabled.some((p) => p < 0 || p >= nPixels)) {
      const sentence = `the objects of telescope ${telId} contradict each other: numbers of pixels are ${[nPixels, ...counts].join(', ')}, expected equal numbers and disabled pixels below them.`;
      throw this.context.error('SIMTEL_CORRUPT', end, undefined, sentence);
    }
    const fault = pixelGeometryFault(cameraSettings);
    if (fault !== undefined) {
      const sentence = `the camera of telescope ${telId} has ${fault}.`;
      throw this.context.error('SIMTEL_CORRUPT', end, CAMERA_SETTINGS.type, sentence);
    }
    const { nGains } = cameraOrganization;
    if (nGains < 1 || nGains > MAX_GAINS) {
      const sentence = `telescope ${telId} has ${nGains} gain channels, expected 1 to ${MAX_GAINS}.`;
      throw this.context.error('SIMTEL_CORRUPT', end, CAMERA_ORGANIZATION.type, sentence);
    }
    const { timeSlice = NaN, nRefShape, lRefShape, refStep } = pixelSettings;
    if (nRefShape * lRefShape === 0) {
      const found = `telescope ${telId} has no reference pulse, which PixelSettings (object ${PIXEL_SETTINGS.type}) contain since version 2`;
      throw this.#incomplete(end, found);
    }
    const pulseSamples = (lRefShape * refStep) / timeSlice;
    if (!(pulseSamples >= 0 && pulseSamples <= MAX_PULSE_SAMPLES)) {
      const sentence =
        `telescope ${telId} has reference pulses of ${lRefShape} x ${refStep} ns and samples of ${timeSlice} ns, ` +
        `expected pulses of at most ${MAX_PULSE_SAMPLES} samples.`;
      throw this.context.error('SIMTEL_CORRUPT', end, PIXEL_SETTINGS.type, sentence);
    }
    if (!(cameraSettings.focalLength > 0 && cameraSettings.focalLength < Infinity)) {
      const sentence = `telescope ${telId} has a focal length of ${cameraSettings.focalLength} m, expected a positive number.`;
      throw this.context.error('SIMTEL_CORRUPT', end, CAMERA_SETTINGS.type, sentence);
    }
    return telescope;
  }

  #incomplete(end: number, found: string): Error {
    const sentence = `the file header is incomplete: ${found}.`;
    return this.context.error('SIMTEL_INCOMPLETE_HEADER', end, undefined, sentence);
  }
}
