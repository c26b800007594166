import type { EventioObject } from '../eventio/eventio-object.js';
import type { ReadingContext } from '../eventio/reading-context.js';
import { ATMOSPHERIC_PROFILE, type AtmosphericProfile } from '../objects/atmospheric-profile.js';
import { CAMERA_ORGANIZATION, type CameraOrganization } from '../objects/camera-organization.js';
import { CAMERA_SETTINGS, type CameraSettings } from '../objects/camera-settings.js';
import { DISABLED_PIXELS, type DisabledPixels } from '../objects/disabled-pixels.js';
import { GLOBAL_META_ID, HISTORY_META, type HistoryMeta } from '../objects/history-meta.js';
import { HISTORY, type HistoryLine } from '../objects/history.js';
import { MC_RUN_HEADER, type McRunHeader } from '../objects/mc-run-header.js';
import type { ObjectKind } from '../objects/object-kind.js';
import { PIXEL_SETTINGS, type PixelSettings } from '../objects/pixel-settings.js';
import { RUN_HEADER, type RunHeader } from '../objects/run-header.js';

/** One telescope as the file describes it. */
export interface TelescopeSettings {
  readonly cameraSettings: CameraSettings;
  readonly cameraOrganization: CameraOrganization;
  readonly pixelSettings: PixelSettings;
  readonly disabledPixels: DisabledPixels;
}

/** What a file says before its first shower. */
export interface SimtelHeader {
  readonly runHeader: RunHeader;
  /** The last one, of a file that was merged. */
  readonly mcRunHeader: McRunHeader;
  readonly history: readonly HistoryLine[];
  readonly globalMeta: HistoryMeta;
  readonly telescopeMeta: ReadonlyMap<number, HistoryMeta>;
  /** By id, in the order of the file. */
  readonly telescopes: ReadonlyMap<number, TelescopeSettings>;
  readonly atmosphericProfiles: readonly AtmosphericProfile[];
}

/** First object of files with the photons of CORSIKA's IACT part; looked at to refuse them by name. */
const CORSIKA_RUN_HEADER = 1200;

const TELESCOPE_OBJECTS = {
  cameraSettings: CAMERA_SETTINGS,
  cameraOrganization: CAMERA_ORGANIZATION,
  pixelSettings: PIXEL_SETTINGS,
  disabledPixels: DISABLED_PIXELS,
} as const satisfies { [K in keyof TelescopeSettings]: ObjectKind<TelescopeSettings[K]> };

/** Collects the objects before the first shower. */
export class HeaderCollector {
  #runHeader: RunHeader | undefined;
  #mcRunHeader: McRunHeader | undefined;
  readonly #history: HistoryLine[] = [];
  #globalMeta: HistoryMeta = new Map();
  readonly #telescopeMeta = new Map<number, HistoryMeta>();
  readonly #telescopes = new Map<number, Partial<Record<keyof TelescopeSettings, object>>>();
  readonly #atmosphericProfiles: AtmosphericProfile[] = [];

  constructor(private readonly context: ReadingContext) {}

  /** The types that `take` understands. */
  static readonly types: ReadonlySet<number> = new Set(
    [RUN_HEADER, MC_RUN_HEADER, HISTORY, HISTORY_META, ATMOSPHERIC_PROFILE, ...Object.values(TELESCOPE_OBJECTS)].map(
      ({ type }) => type,
    ),
  );

  /** @throws SimtelError SIMTEL_NOT_SIMTEL for a file of photons, or when the object cannot be read */
  take(object: EventioObject): void {
    switch (object.type) {
      case RUN_HEADER.type:
        this.#runHeader = RUN_HEADER.read(object);
        break;
      case MC_RUN_HEADER.type:
        this.#mcRunHeader = MC_RUN_HEADER.read(object);
        break;
      case HISTORY.type:
        this.#history.push(...HISTORY.read(object));
        break;
      case HISTORY_META.type:
        if (object.id === GLOBAL_META_ID) this.#globalMeta = HISTORY_META.read(object);
        else this.#telescopeMeta.set(object.id, HISTORY_META.read(object));
        break;
      case ATMOSPHERIC_PROFILE.type:
        this.#atmosphericProfiles.push(ATMOSPHERIC_PROFILE.read(object));
        break;
      case CORSIKA_RUN_HEADER:
        throw this.context.error(
          'SIMTEL_NOT_SIMTEL',
          object.offset,
          object.type,
          'this is a file of Cherenkov photons from CORSIKA (its header is object 1200), not of events from ' +
            'sim_telarray (object 2000); run sim_telarray on it first.',
        );
      default:
        this.#takeTelescope(object);
    }
  }

  #takeTelescope(object: EventioObject): void {
    for (const [key, kind] of Object.entries(TELESCOPE_OBJECTS)) {
      if (kind.type !== object.type) continue;
      const settings = this.#telescopes.get(object.id) ?? {};
      this.#telescopes.set(object.id, { ...settings, [key]: kind.read(object) });
    }
  }

  /** Whether all telescopes of the run header have been described. */
  get isComplete(): boolean {
    const nParts = Object.keys(TELESCOPE_OBJECTS).length;
    const isDescribed = (telId: number) => Object.keys(this.#telescopes.get(telId) ?? {}).length === nParts;
    return this.#runHeader?.telId.every(isDescribed) ?? false;
  }

  /**
   * All that was collected.
   *
   * @param end - where the header ends in the file
   * @throws SimtelError SIMTEL_INCOMPLETE_HEADER when the run header or a part of a telescope is missing
   */
  finish(end: number): SimtelHeader {
    if (this.#runHeader === undefined) throw this.#incomplete(end, 'it has no run header (object 2000)');
    if (this.#mcRunHeader === undefined)
      throw this.#incomplete(end, 'it has no header of the simulation (object 2001)');
    if (this.#telescopes.size === 0) throw this.#incomplete(end, 'it describes no telescopes (objects 2002 to 2005)');
    const telescopes = new Map<number, TelescopeSettings>();
    for (const [telId, settings] of this.#telescopes) telescopes.set(telId, this.#whole(telId, settings, end));
    const undescribed = [...this.#runHeader.telId].filter((telId) => !telescopes.has(telId));
    if (undescribed.length > 0)
      throw this.#incomplete(end, `it does not describe the telescopes ${undescribed.join()}`);
    const unplaced = [...telescopes.keys()].filter((telId) => !this.#runHeader?.telId.includes(telId));
    if (unplaced.length > 0) throw this.#incomplete(end, `it does not say where the telescopes ${unplaced.join()} are`);
    return {
      runHeader: this.#runHeader,
      mcRunHeader: this.#mcRunHeader,
      history: this.#history,
      globalMeta: this.#globalMeta,
      telescopeMeta: this.#telescopeMeta,
      telescopes,
      atmosphericProfiles: this.#atmosphericProfiles,
    };
  }

  #whole(telId: number, settings: Partial<Record<keyof TelescopeSettings, object>>, end: number): TelescopeSettings {
    for (const [key, { type, name }] of Object.entries(TELESCOPE_OBJECTS)) {
      if (!(key in settings)) throw this.#incomplete(end, `telescope ${telId} has no ${name} (object ${type})`);
    }
    const whole = settings as TelescopeSettings; // each part was read by the kind of its key
    const { cameraSettings, cameraOrganization, pixelSettings, disabledPixels } = whole;
    const { nPixels } = cameraSettings;
    const counts = [cameraOrganization.nPixels, pixelSettings.nPixels];
    if (counts.some((count) => count !== nPixels) || disabledPixels.hvDisabled.some((p) => p < 0 || p >= nPixels)) {
      const sentence = `the objects of telescope ${telId} disagree on its number of pixels: ${[nPixels, ...counts].join()}.`;
      throw this.context.error('SIMTEL_CORRUPT', end, undefined, sentence);
    }
    if (!(cameraSettings.focalLength > 0 && cameraSettings.focalLength < Infinity)) {
      const sentence = `telescope ${telId} has a focal length of ${cameraSettings.focalLength} m.`;
      throw this.context.error('SIMTEL_CORRUPT', end, CAMERA_SETTINGS.type, sentence);
    }
    return whole;
  }

  #incomplete(end: number, found: string): Error {
    const sentence = `the header of the file is incomplete: ${found}; expected what sim_telarray writes before its events.`;
    return this.context.error('SIMTEL_INCOMPLETE_HEADER', end, undefined, sentence);
  }
}
