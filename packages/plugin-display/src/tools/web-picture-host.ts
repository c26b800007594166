import type { Json } from '@cherenkit/core';

/** In browsers there are no files and no terminal: the tool runs in Node only. */
function unavailable(): never {
  throw new Error('This tool runs in Node.js only.');
}

export function pngOf(_svg: string, _scale: number): Promise<Uint8Array> {
  return unavailable();
}

export function printText(_text: string): Promise<void> {
  return unavailable();
}

export function terminalOf(): { readonly columns: number; readonly rows: number; readonly isColored: boolean } {
  return unavailable();
}

export function reportProgram(): Promise<string> {
  return unavailable();
}

export function serveViewer(_options: {
  readonly input: string;
  readonly others: readonly string[];
  readonly paths: readonly string[];
  readonly config: Readonly<Record<string, Json>>;
  readonly port: number;
  readonly onRequest: () => void;
}): Promise<AsyncDisposable & { readonly url: string }> {
  return unavailable();
}

export function openBrowser(_url: string): void {
  unavailable();
}

export function siblingPath(_path: string, _relative: string): string {
  return unavailable();
}

export function expectFile(_path: string): Promise<void> {
  return unavailable();
}
