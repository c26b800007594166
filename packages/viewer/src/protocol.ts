import type { ArrayEvent, Json, PlainSubarray, TraitDeclaration } from '@cherenkit/core';
import type { ServedFile } from './index.js';

/** Sections of a configuration by class name, with trait names as in files. */
export interface Config {
  readonly [key: string]: Json;
}

/** Calls of the worker by name: what they are given and what they return. */
export interface ViewerCalls {
  /** Opens a file, in place of the one before. */
  open: { readonly parameters: OpenRequest; readonly result: OpenedFile };
  /** Checks a configuration and lists the components that it selects. */
  configure: { readonly parameters: { readonly config: Config }; readonly result: Configured };
  /** Reads a configuration file: YAML, JSON or TOML, by its name. */
  parse: {
    readonly parameters: { readonly text: string; readonly name: string };
    readonly result: { readonly config: Config; readonly problems: readonly string[] };
  };
  /** Reads and reconstructs an event. Of several requests, only the newest is answered by an event. */
  event: { readonly parameters: EventRequest; readonly result: ViewedEvent };
  waveforms: { readonly parameters: WaveformRequest; readonly result: WaveformSet };
  pixels: { readonly parameters: PixelRequest; readonly result: PixelValues };
}

export type CallName = keyof ViewerCalls;

export interface OpenRequest {
  /** A file chosen in the page, or an address that the worker can read. */
  readonly source: File | string;
  /** Files that were chosen, or are served, together with it: streams and chunks of a run. */
  readonly others: readonly (File | ServedFile)[];
  readonly name: string;
  readonly config: Config;
  /** Addresses of files that the configuration names, by their paths. */
  readonly addresses: Addresses;
}

/** Addresses by path. */
export type Addresses = Readonly<Record<string, string>>;

export interface OpenedFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly array: PlainSubarray;
  readonly dataLevels: readonly string[];
  readonly isSimulation: boolean;
  /** Unit of charges: p.e., or ADC counts. */
  readonly chargeUnit: string;
  /** Number of events; undefined while it is not known. */
  readonly nEvents: number | undefined;
  readonly configured: Configured;
  readonly warnings: readonly string[];
}

/** A component that a configuration selects, with the values of its traits. */
export interface ComponentSettings {
  readonly name: string;
  /** Kind of the component, `ImageCleaner`; undefined for those that are not chosen by a name. */
  readonly kind: string;
  readonly settings: readonly TraitSetting[];
  readonly children: readonly ComponentSettings[];
}

export interface TraitSetting {
  readonly name: string;
  readonly declaration: TraitDeclaration;
  readonly value: Json;
  /** Whether the configuration sets it. */
  readonly isSet: boolean;
  /** Names of the components that it accepts. */
  readonly choices?: readonly string[];
}

export interface Configured {
  /** Errors with place and remedy; the configuration before stays in use. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** Undefined if there are problems. */
  readonly components: readonly ComponentSettings[] | undefined;
}

/** Position of an event in its file, or its ids. */
export type EventPlace = { readonly index: number } | { readonly eventId: number; readonly obsId?: number | undefined };

export interface EventRequest {
  readonly place: EventPlace;
  readonly config: Config;
  /** Telescopes left out of the reconstruction. */
  readonly without: readonly number[];
  /** A second configuration to compare with. */
  readonly other?: { readonly config: Config; readonly without: readonly number[] } | undefined;
}

export interface ViewedEvent {
  readonly index: number;
  readonly hasNext: boolean;
  readonly result: EventResult;
  readonly other: EventResult | undefined;
  /** Number of samples of the waveforms, by telescope. */
  readonly samples: ReadonlyMap<number, number>;
  /** Names of the values per pixel, by telescope. */
  readonly pixelFields: ReadonlyMap<number, readonly string[]>;
  /** Milliseconds of each step. */
  readonly timing: Readonly<Record<string, number>>;
}

/** An event processed with a configuration. */
export interface EventResult {
  /** Without waveforms; made a container again by `ArrayEvent.from`. */
  readonly event: ArrayEvent;
  /** Where the parameters come from: the file, or this page. */
  readonly origin: 'file' | 'computed';
  /** Why telescopes with an image did not take part in the reconstruction. */
  readonly unused: ReadonlyMap<number, string>;
  /** Share of each telescope that took part, 0 to 1. */
  readonly weights: ReadonlyMap<number, number>;
}

export interface WaveformRequest {
  readonly index: number;
  readonly telId: number;
  /** Undefined: all pixels. */
  readonly pixels: readonly number[] | undefined;
  readonly config: Config;
}

export interface WaveformSet {
  readonly telId: number;
  readonly nSamples: number;
  readonly samplingRate: number;
  readonly pixels: readonly number[];
  /** Samples of each pixel. */
  readonly samples: Float32Array;
  /** Samples from which the charge of each pixel was extracted, [first, end); empty if it is not known. */
  readonly windows: readonly (readonly [first: number, end: number])[];
  /** Gain channel of each pixel, 0 is the high gain; empty for cameras with one. */
  readonly channels: readonly number[];
  /** Delay of the pulse of each pixel in these samples, which its peak time does not have, ns. */
  readonly timeShifts: readonly number[];
  readonly unit: string;
}

export interface PixelRequest {
  readonly index: number;
  readonly config: Config;
  readonly name: string;
}

/** Values per pixel by telescope. */
export interface PixelValues {
  readonly name: string;
  readonly values: ReadonlyMap<number, ArrayLike<number>>;
}

/** What is listed of an event. */
export interface EventRow {
  readonly index: number;
  readonly obsId: number;
  readonly eventId: number;
  readonly type: string;
  readonly nTriggered: number;
  readonly nUsed: number;
  /** p.e., of all cleaned images. */
  readonly intensity: number;
  /** TeV; NaN if it is not known. */
  readonly energy: number;
  /** Degrees between reconstructed and true direction. */
  readonly theta: number;
  /** Metres between reconstructed and true core. */
  readonly coreError: number;
  /** Metres between the true core and the centre of the array. */
  readonly coreDistance: number;
  /** Metres above sea level. */
  readonly hMax: number;
  /** Mean width over length of the images. */
  readonly widthOverLength: number;
}

/** A message of the page. */
export interface RequestMessage<Name extends CallName = CallName> {
  readonly id: number;
  readonly call: Name;
  readonly parameters: ViewerCalls[Name]['parameters'];
}

/** A message of the worker. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  /** A newer request of the same call came before this one was done. */
  | { readonly kind: 'superseded'; readonly id: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: ViewerError }
  /** While events before the wanted one are read. */
  | { readonly kind: 'progress'; readonly fraction: number | undefined; readonly nRead: number }
  /** Listed events; `isComplete` after the last. `generation` counts the configurations for which events were listed. */
  | {
      readonly kind: 'rows';
      readonly generation: number;
      readonly rows: readonly EventRow[];
      readonly isComplete: boolean;
      /** Warnings while the file was read, so far. */
      readonly warnings: readonly string[];
      /** Why events beyond the last row cannot be read. */
      readonly problem: ViewerError | undefined;
    };

export interface ViewerError {
  /** Code of a `CherenkitError`; undefined for other errors. */
  readonly code: string | undefined;
  readonly message: string;
}
