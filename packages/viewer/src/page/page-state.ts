import type { NormName } from '@cherenkit/display';
import { packText, unpackText } from '@cherenkit/io';
import type { Config, EventRow } from '../protocol.js';

/** What the page shows. It is stored in the address, without what has its default. */
export interface PageState {
  /** Name and size of the file, by which it is recognised when it is opened again. */
  readonly file: string;
  readonly size: number;
  readonly eventId: number | undefined;
  readonly obsId: number | undefined;
  /** The telescope that is shown large. */
  readonly telId: number | undefined;
  /** Pixels whose waveforms are shown. */
  readonly pixels: readonly number[];
  /** Values per pixel that are shown as images. */
  readonly field: string;
  readonly cmap: string;
  readonly norm: NormName;
  /** Limits of the colours of all images; undefined: of each image. */
  readonly limits: readonly [number, number] | undefined;
  /** Whether the image is enlarged. */
  readonly zoom: boolean;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly config: Config;
  /** Telescopes that are left out of the reconstruction. */
  readonly without: readonly number[];
  /** Settings that those above are compared with. */
  readonly other: { readonly config: Config; readonly without: readonly number[] } | undefined;
  /** Ranges of columns of the event list, by column. */
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
  /** Order of the event list. */
  readonly sort: { readonly column: keyof EventRow; readonly direction: 1 | -1 };
  /** Whether distributions of the events are shown. */
  readonly histograms: boolean;
}

export const DEFAULT_FIELD = 'dl1.image';

export const DEFAULT_STATE: PageState = {
  file: '',
  size: 0,
  eventId: undefined,
  obsId: undefined,
  telId: undefined,
  pixels: [],
  field: DEFAULT_FIELD,
  cmap: 'inferno',
  norm: 'lin',
  limits: undefined,
  zoom: false,
  theme: 'auto',
  config: {},
  without: [],
  other: undefined,
  ranges: {},
  sort: { column: 'index', direction: 1 },
  histograms: false,
};

const PREFIX = '#v1.';
/** Longer addresses than this are not written: some programs cut them. */
const MAX_LENGTH = 30_000;

/** The address part of a state, `#v1.` and compressed JSON. */
export async function hashOf(state: PageState): Promise<string> {
  const entries = Object.entries(state).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_STATE[name as keyof PageState]),
  );
  if (entries.length === 0) return '';
  const text = await packText(JSON.stringify(Object.fromEntries(entries)));
  const hash = PREFIX + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return hash.length > MAX_LENGTH ? '' : hash;
}

/** The state in an address; undefined if there is none that can be read. */
export async function stateOf(hash: string): Promise<PageState | undefined> {
  if (!hash.startsWith(PREFIX)) return undefined;
  try {
    const text = hash.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/');
    const found = JSON.parse(await unpackText(text)) as Record<string, unknown>;
    const known = Object.entries(found).filter(([name, value]) => isValid(name as keyof PageState, value));
    return { ...DEFAULT_STATE, ...Object.fromEntries(known) };
  } catch {
    return undefined;
  }
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(isNumber);
const isPair = (value: unknown): boolean => isNumbers(value) && (value as unknown[]).length === 2;
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isText = (value: unknown): boolean => typeof value === 'string';

const CHECKS: Readonly<Record<keyof PageState, (value: unknown) => boolean>> = {
  file: isText,
  size: isNumber,
  eventId: isNumber,
  obsId: isNumber,
  telId: isNumber,
  pixels: isNumbers,
  field: isText,
  cmap: isText,
  norm: (value) => ['lin', 'log', 'symlog'].includes(String(value)),
  limits: isPair,
  zoom: isBoolean,
  theme: (value) => ['auto', 'light', 'dark'].includes(String(value)),
  config: isObject,
  without: isNumbers,
  other: (value) => {
    if (!isObject(value)) return false;
    const { config, without } = value as { config?: unknown; without?: unknown };
    return isObject(config) && isNumbers(without);
  },
  ranges: (value) => isObject(value) && Object.values(value as object).every(isPair),
  sort: (value) => {
    if (!isObject(value)) return false;
    const { column, direction } = value as { column?: unknown; direction?: unknown };
    return isText(column) && (direction === 1 || direction === -1);
  },
  histograms: isBoolean,
};

/** Whether a value from an address, which anyone may have written, has the type of its name. */
function isValid(name: keyof PageState, value: unknown): boolean {
  return Object.hasOwn(CHECKS, name) && CHECKS[name](value);
}
