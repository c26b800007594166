import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { toPng } from '@cherenkit/display/node';
import { ViewerServer, type ViewerServerOptions } from './viewer-server.js';

export { expectFile } from './viewer-server.js';

/** Draws SVG as PNG. */
export function pngOf(svg: string, scale: number): Promise<Uint8Array> {
  return toPng(svg, { scale });
}

/** Writes to standard output. */
export function printText(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Size of the terminal in characters, and whether it shows colours. */
export function terminalOf(): { readonly columns: number; readonly rows: number; readonly isColored: boolean } {
  const { columns = 80, rows = 24, isTTY } = process.stdout;
  return { columns, rows, isColored: isTTY === true && process.env['NO_COLOR'] === undefined };
}

/** The program of the page of a report, from the bundle in dist/. */
export function reportProgram(): Promise<string> {
  return readFile(new URL('./report-program.js', import.meta.url), 'utf8');
}

/** Starts a server of the viewer. */
export function serveViewer(options: ViewerServerOptions): Promise<AsyncDisposable & { readonly url: string }> {
  return ViewerServer.start(options);
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['explorer'],
};

/** Opens an address in the browser of the system; nothing happens where there is none. */
export function openBrowser(url: string): void {
  const [command = 'xdg-open', ...parameters] = OPENERS[process.platform] ?? [];
  const child = spawn(command, [...parameters, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** A path relative to the folder of a file. */
export function siblingPath(path: string, relative: string): string {
  return isAbsolute(relative) ? relative : join(dirname(path), relative);
}
