import type { SubarrayDescription } from '@cherenkit/core';
import type { Theme } from '@cherenkit/display';
import type {
  Configured,
  EventRow,
  OpenedFile,
  PixelValues,
  ViewedEvent,
  ViewerError,
  WaveformSet,
} from '../protocol.js';
import type { PageState } from './page-state.js';

/** All that the parts of the page show. */
export interface PageModel {
  readonly state: PageState;
  readonly theme: Theme;
  readonly file: OpenedFile | undefined;
  readonly subarray: SubarrayDescription | undefined;
  readonly configured: Configured | undefined;
  readonly viewed: ViewedEvent | undefined;
  /** Values per pixel that are shown in place of the images. */
  readonly values: PixelValues | undefined;
  readonly waveforms: WaveformSet | undefined;
  /** Waveforms of all pixels of all telescopes, and the time that is shown, ns; undefined while none is shown. */
  readonly lapse: Lapse | undefined;
  readonly rows: readonly EventRow[];
  readonly isListed: boolean;
  /** Warnings while the file was read. */
  readonly warnings: readonly string[];
  readonly message: Message;
  /** Why the list of events ends before the file does. */
  readonly listProblem: ViewerError | undefined;
  /** How many answers of the worker were put into the model, for measurements. */
  readonly answers: { readonly results: number; readonly waveforms: number };
}

/** The line of text beside the name of the file. */
export interface Message {
  readonly text: string;
  /** Whether the work that it describes is in progress. */
  readonly isBusy?: boolean;
  /** Code of an error, empty for an error without one; undefined if the message is not an error. */
  readonly code?: string;
}

/** Waveforms that are shown sample by sample. */
export interface Lapse {
  readonly sets: ReadonlyMap<number, WaveformSet>;
  /** Limits of the colours by telescope: those of all samples, so that the pulse is seen to rise and to fall. */
  readonly limits: ReadonlyMap<number, readonly [number, number]>;
  readonly time: number;
  readonly end: number;
  readonly isPlaying: boolean;
}

/** Width and height, CSS pixels. */
export type Size = readonly [width: number, height: number];

/** A part of the page. */
export interface PageView {
  /** The element that pictures are fitted into. */
  readonly box?: HTMLElement;
  /** What the part shows of a model: it is shown again when one of these, or the size of the box, has changed. */
  inputs(model: PageModel): readonly unknown[];
  /**
   * Shows a model.
   *
   * @param size - of the box
   */
  show(model: PageModel, size: Size): void;
}

/** What the parts of the page do. */
export interface PageActions {
  /** Changes what is shown. */
  update(changes: Partial<PageState>): void;
  /** Goes to an event by its position in the file. */
  goTo(index: number): void;
  /** Leaves a telescope out of the reconstruction, or uses it again. */
  toggleTelescope(telId: number): void;
  /** Reads settings from the text of a configuration file. */
  readConfig(text: string, name: string): void;
  /** Applies the setting that helps after an error. */
  applyRemedy(): void;
}

/** Pixels whose waveforms are shown at once. */
export const MAX_PIXELS = 8;

/** Name of simulated events in place of that of a file. */
export const SIMULATED = 'toymodel:';

/** Name of a file as the page shows it. */
export function fileTitle(name: string): string {
  return name === SIMULATED ? 'simulated events' : name;
}

/** The telescopes with an image, in the order of the array. */
export function imagedTelescopes({ viewed, subarray }: PageModel): number[] {
  return subarray?.telIds.filter((telId) => viewed?.result.event.dl1.tel.has(telId)) ?? [];
}

/** The telescope that is shown large: the chosen one, or the brightest. */
export function focusedTelescope(model: PageModel): number | undefined {
  const telIds = imagedTelescopes(model);
  const { telId } = model.state;
  if (telId !== undefined && telIds.includes(telId)) return telId;
  const intensityOf = (id: number): number => {
    const intensity = model.viewed?.result.event.dl1.tel.get(id)?.parameters?.hillas.intensity ?? NaN;
    return Number.isNaN(intensity) ? -1 : intensity;
  };
  return telIds.reduce<number | undefined>(
    (best, id) => (best === undefined || intensityOf(id) > intensityOf(best) ? id : best),
    undefined,
  );
}

/** What the images of a model depend on. */
export function imageInputs({ viewed, subarray, theme, values, lapse, state }: PageModel): readonly unknown[] {
  const { field, cmap, norm, limits, telId } = state;
  return [viewed, subarray, theme, values, lapse, field, cmap, norm, limits, telId];
}

/** Values per pixel that are drawn for a telescope. */
export function pixelValues(
  { viewed, values, state, lapse }: PageModel,
  telId: number,
  result = viewed?.result,
): ArrayLike<number> | undefined {
  if (lapse) return samplesAt(lapse, telId);
  if (values && state.field === values.name) return values.values.get(telId);
  return result?.event.dl1.tel.get(telId)?.image;
}

function samplesAt({ sets, time }: Lapse, telId: number): ArrayLike<number> | undefined {
  const set = sets.get(telId);
  if (!set || set.nSamples === 0) return undefined;
  const { nSamples, samplingRate, samples, pixels } = set;
  const sample = Math.min(nSamples - 1, Math.floor(time * samplingRate));
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = samples[i * nSamples + sample];
  return values;
}
