import type { WriteStream } from 'node:tty';
import type { RunProgress } from './run-tool.js';

/** Milliseconds between two drawings: quick for the eye, nothing for the run. */
const INTERVAL = 200;
const BAR_WIDTH = 24;
const MEGABYTE = 1e6;

/** What the bar needs of a terminal. */
export type Terminal = Pick<WriteStream, 'write' | 'columns'>;

/**
 * One line at the foot of a terminal that tells how far a run is: bytes of the input, events, events/s, time left.
 *
 * It never hides the cursor, so there is none to restore whatever ends the process. Everything else that is written to
 * the same terminal goes through `writeAbove`.
 */
export class ProgressBar {
  private readonly started: number;
  private drawn = -Infinity;
  private line = '';

  /** @param now - milliseconds of a clock that only runs forward */
  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = now();
  }

  /** Draws the line anew, at most some times a second. */
  update(progress: RunProgress): void {
    const now = this.now();
    if (now - this.drawn < INTERVAL) return;
    this.drawn = now;
    this.line = describeProgress(progress, (now - this.started) / 1000);
    this.draw();
  }

  /** Writes lines that stay, and the bar again below them. */
  writeAbove(text: string): void {
    this.terminal.write(`${this.line && '\r\x1b[K'}${text}`);
    this.draw();
  }

  /** Takes the bar away. */
  finish(): void {
    if (this.line) this.terminal.write('\r\x1b[K');
    this.line = '';
  }

  private draw(): void {
    // One column less than there are: some terminals break the line in the last one.
    if (this.line) this.terminal.write(`\r${this.line.slice(0, (this.terminal.columns || 80) - 1)}\x1b[K`);
  }
}

/** The text of the bar. The share done is that of the bytes or, where fewer events are wanted than there are, of these. */
export function describeProgress(progress: RunProgress, seconds: number): string {
  const { bytesRead, bytesTotal, events, maxEvents } = progress;
  const shares = [quotient(bytesRead, bytesTotal), quotient(events, maxEvents)].filter((share) => share !== undefined);
  const parts: string[] = [];
  if (shares.length > 0) {
    const share = Math.min(1, Math.max(...shares));
    const filled = Math.round(share * BAR_WIDTH);
    parts.push(`[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${Math.floor(share * 100)}%`);
    if (share > 0) parts.push(`${clockTime((seconds * (1 - share)) / share)} left`);
  }
  if (bytesRead !== undefined) {
    const total = bytesTotal === undefined ? '' : `/${(bytesTotal / MEGABYTE).toFixed(1)}`;
    parts.push(`${(bytesRead / MEGABYTE).toFixed(1)}${total} MB`);
  }
  parts.push(`${events} events`);
  if (seconds > 0) parts.push(`${(events / seconds).toFixed(1)} events/s`);
  return parts.join('  ');
}

function quotient(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : part / whole;
}

/** `1:23:45`, `2:05` */
function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const padded = (value: number): string => String(value).padStart(2, '0');
  const tail = padded(whole % 60);
  return hours > 0 ? `${hours}:${padded(minutes)}:${tail}` : `${minutes}:${tail}`;
}
