import type { WriteStream } from 'node:tty';
import type { ToolProgress } from '@cherenkit/core';
import type { RunProgress } from './run-tool.js';

/** Minimum time between updates, ms. */
const INTERVAL = 200;
const BAR_WIDTH = 24;
const MEGABYTE = 1e6;

/** Members of a terminal stream that the progress bar uses. */
export type Terminal = Pick<WriteStream, 'write' | 'columns'>;

/**
 * Progress bar on the last line of a terminal: bytes read, events, events per second and remaining time.
 *
 * The cursor stays visible, so that it need not be restored if the process is killed. Other output to the same terminal must
 * go through `writeAbove`.
 *
 * @example
 * ```ts
 * const bar = new ProgressBar(process.stderr);
 * await runTool({ tool: 'ProcessorTool', layers }, { onProgress: (progress) => bar.update(progress) });
 * bar.finish();
 * ```
 */
export class ProgressBar {
  private readonly started: number;
  private drawn = -Infinity;
  private line = '';

  /** @param now - monotonic clock, ms */
  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = now();
  }

  /** Redraws the bar, at most five times per second. */
  update(progress: RunProgress | ToolProgress): void {
    const now = this.now();
    if (now - this.drawn < INTERVAL) return;
    this.drawn = now;
    this.line = describeProgress(progress, (now - this.started) / 1000);
    this.draw();
  }

  /** Writes permanent lines above the bar. */
  writeAbove(text: string): void {
    this.terminal.write(`${this.line && '\r\x1b[K'}${text}`);
    this.draw();
  }

  /** Removes the bar. */
  finish(): void {
    if (this.line) this.terminal.write('\r\x1b[K');
    this.line = '';
  }

  private draw(): void {
    // The last column stays free: some terminals wrap the line there.
    if (this.line) this.terminal.write(`\r${this.line.slice(0, (this.terminal.columns || 80) - 1)}\x1b[K`);
  }
}

/**
 * Returns the text of the progress bar. The fraction is that of bytes read or, if larger, of `maxEvents`.
 *
 * @param seconds - elapsed time
 */
export function describeProgress(progress: RunProgress | ToolProgress, seconds: number): string {
  if ('fraction' in progress) return [...describeFraction(progress.fraction, seconds), progress.text].join('  ');
  const { bytesRead, bytesTotal, events, maxEvents } = progress;
  const fractions = [quotient(bytesRead, bytesTotal), quotient(events, maxEvents)].filter(
    (value) => value !== undefined,
  );
  const parts = fractions.length > 0 ? describeFraction(Math.max(...fractions), seconds) : [];
  if (bytesRead !== undefined) {
    const total = bytesTotal === undefined ? '' : `/${(bytesTotal / MEGABYTE).toFixed(1)}`;
    parts.push(`${(bytesRead / MEGABYTE).toFixed(1)}${total} MB`);
  }
  parts.push(`${events}${maxEvents === undefined ? '' : `/${maxEvents}`} events`);
  if (seconds > 0) parts.push(`${(events / seconds).toFixed(1)} events/s`);
  return parts.join('  ');
}

/** The bar and, after the start, the remaining time. */
function describeFraction(found: number, seconds: number): string[] {
  const fraction = Math.min(1, found);
  const filled = Math.round(fraction * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${Math.floor(fraction * 100)}%`;
  return fraction > 0 ? [bar, `${clockTime((seconds * (1 - fraction)) / fraction)} left`] : [bar];
}

function quotient(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : part / whole;
}

/** Formats a duration: `1:23:45`, `2:05`. */
function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const padded = (value: number): string => String(value).padStart(2, '0');
  const tail = padded(whole % 60);
  return hours > 0 ? `${hours}:${padded(minutes)}:${tail}` : `${minutes}:${tail}`;
}
