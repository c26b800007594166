import { readFile } from 'node:fs/promises';
import { toPng } from '@cherenkit/display/node';

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

/** Width of the terminal in characters, and whether it shows colours. */
export function terminalOf(): { readonly columns: number; readonly isColored: boolean } {
  const { columns = 80, isTTY } = process.stdout;
  return { columns, isColored: isTTY === true && process.env['NO_COLOR'] === undefined };
}

/** The program of the page of a report, from the bundle in dist/. */
export function reportProgram(): Promise<string> {
  return readFile(new URL('./report-program.js', import.meta.url), 'utf8');
}
