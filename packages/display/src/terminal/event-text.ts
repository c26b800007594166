import type { ArrayEvent, SubarrayDescription } from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';
import type { CameraDisplayOptions } from '../camera/camera-display-options.js';
import type { CameraDisplay } from '../camera/camera-display.js';
import { cameraPicture, waveformPicture } from '../event/event-pictures.js';
import { cameraText, waveformText, type TerminalOptions } from './terminal-pictures.js';

/** Options of {@link telescopeText} and {@link eventText}. */
export interface EventTextOptions extends TerminalOptions, Pick<CameraDisplayOptions, 'cmap' | 'norm'> {
  /** Lines of the terminal. Default: 24. */
  readonly rows?: number;
  /** Samples from which charges are extracted, see `WaveformPictureOptions`. */
  readonly windows?: Int32Array | undefined;
  /** Draw the waveform of the brightest pixel. Default: true. */
  readonly withWaveform?: boolean;
  /** Unit of the charges. Default: p.e. */
  readonly unit?: string | undefined;
  /** Unit of the samples. Default: p.e. */
  readonly waveformUnit?: string | undefined;
}

/** Width of a camera that shows a shower, characters. */
const SMALL_CAMERA = 26;
/** Space between columns of text. */
const GAP = 2;
/** Narrowest text beside a camera. */
const NARROWEST = 30;
/** Lines of the terminal that other texts need: the title, an empty line, the prompt. */
const OTHER_ROWS = 3;

/**
 * The image of a telescope with its parameters and the waveform of its brightest pixel, as text that fits into a terminal.
 * Undefined if the event has no image of it.
 */
export function telescopeText(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  telId: number,
  options: EventTextOptions = {},
): string | undefined {
  const { columns = 80, rows = 24, isColored = false, windows, withWaveform = true, unit, waveformUnit } = options;
  const display = squarePicture(event, subarray, telId, options);
  if (display === undefined) return undefined;
  // Characters have two columns and four rows of dots.
  const width = Math.min(2 * (rows - OTHER_ROWS), columns);
  const image = cameraText(display, { columns: width, isColored });
  const isBeside = columns - width - GAP >= NARROWEST;
  const textWidth = isBeside ? columns - width - GAP : columns;
  const trace = withWaveform
    ? waveformPicture(event, subarray, telId, { nPixels: 1, windows })?.traces.at(0)
    : undefined;
  const { samplingRate } = subarray.telescope(telId).camera.readout;
  const text = [
    ...wrapped(display.title, textWidth),
    '',
    ...parameterLines(event, telId),
    limitsLine(display, unit),
    ...(trace ? ['', waveformText(trace, { columns: textWidth, samplingRate, unit: waveformUnit })] : []),
  ].join('\n');
  return isBeside ? beside([image, text], width) : `${image}\n${text}`;
}

/** The images of all telescopes of an event, as many side by side as fit into the terminal. */
export function eventText(event: ArrayEvent, subarray: SubarrayDescription, options: EventTextOptions = {}): string {
  const { columns = 80, isColored = false, unit = 'p.e.' } = options;
  const blocks = [...event.dl1.tel.keys()].flatMap((telId) => {
    const display = squarePicture(event, subarray, telId, options);
    if (display === undefined) return [];
    const image = cameraText(display, { columns: Math.min(SMALL_CAMERA, columns), isColored });
    const { intensity = NaN } = event.dl1.tel.get(telId)?.parameters?.hillas ?? {};
    const charge = Number.isFinite(intensity) ? `${intensity.toFixed(0)} ${unit}` : 'rejected';
    return [`telescope ${telId}: ${charge}\n${image}`];
  });
  const perRow = Math.max(1, Math.floor((columns + GAP) / (SMALL_CAMERA + GAP)));
  const lines: string[] = [];
  for (let i = 0; i < blocks.length; i += perRow) lines.push(beside(blocks.slice(i, i + perRow), SMALL_CAMERA));
  return [...lines, resultLines(event).join('\n')].filter((part) => part !== '').join('\n\n');
}

/** The picture of a camera that fills a square. */
function squarePicture(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  telId: number,
  { cmap, norm, unit }: EventTextOptions,
): CameraDisplay | undefined {
  const size = { width: 300, height: 300, showAxes: false };
  return cameraPicture(event, subarray, telId, { ...size, unit, ...(cmap && { cmap }), ...(norm && { norm }) });
}

function parameterLines({ dl1 }: ArrayEvent, telId: number): string[] {
  const { hillas, frame } = dl1.tel.get(telId)?.parameters ?? {};
  if (hillas === undefined || !Number.isFinite(hillas.length)) return ['no parameters'];
  const size = (value: number): string =>
    frame === 'TelescopeFrame' ? `${degrees(value).toFixed(2)}°` : `${value.toFixed(3)} m`;
  const [x, y] = 'fovLon' in hillas ? [hillas.fovLon, hillas.fovLat] : [hillas.x, hillas.y];
  return [
    `centroid  ${size(x)}, ${size(y)}`,
    `length    ${size(hillas.length)}`,
    `width     ${size(hillas.width)}`,
    `psi       ${degrees(hillas.psi).toFixed(0)}°`,
  ];
}

function limitsLine({ limits }: CameraDisplay, unit = 'p.e.'): string {
  const [low, high] = limits.map((value) => Number(value.toPrecision(3)));
  return `pixels    ${low} to ${high} ${unit}`;
}

/** The valid results of an event. */
function resultLines({ dl2 }: ArrayEvent): string[] {
  return [...dl2.stereo.geometry]
    .filter(([, { isValid }]) => isValid)
    .map(([name, { alt, az, coreX, coreY }]) => {
      const direction = `alt ${degrees(alt).toFixed(2)}°, az ${degrees(az).toFixed(2)}°`;
      return `${name}: ${direction}, core x ${coreX.toFixed(0)} m, y ${coreY.toFixed(0)} m`;
    });
}

/** Words in lines of at most a width. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Blocks of text beside each other, each but the last as wide as given. */
function beside(blocks: readonly string[], width: number): string {
  const lines = blocks.map((block) => block.split('\n'));
  const height = Math.max(...lines.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) => {
    const cells = lines.map((block) => block[row] ?? '');
    const padded = cells.map((cell) => cell + ' '.repeat(Math.max(0, width + GAP - visibleLength(cell))));
    return padded.join('').trimEnd();
  }).join('\n');
}

/** Length of a text without the escape sequences of colours. */
function visibleLength(text: string): number {
  // eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
  return text.replaceAll(/\x1b\[[\d;]*m/g, '').length;
}
