import type { ChunkStore } from '../format/index.js';

/** In browsers there are no directories and no standard output: tools run in Node only. */
function unavailable(): never {
  throw new Error('This tool runs in Node.js only.');
}

export function createChunkStore(_output: string): (ChunkStore & Disposable) | undefined {
  return undefined;
}

export function fileExists(_path: string): boolean {
  return false;
}

export function isDirectory(_path: string): boolean {
  return false;
}

export function isPipe(_path: string): boolean {
  return false;
}

export function pathBeside(_file: string, path: string): string {
  return path;
}

export function sameFile(a: string, b: string): boolean {
  return a === b;
}

export function makeDirectory(_path: string): string[] {
  return unavailable();
}

export function removeEmptyDirectory(_path: string): void {
  unavailable();
}

export function readText(_path: string): string {
  return unavailable();
}

export function readBytes(_path: string): Uint8Array {
  return unavailable();
}

export function readParts<T>(
  _path: string,
  _read: (part: (position: number, length: number) => Uint8Array, size: number) => T,
): T {
  return unavailable();
}

export function filesMatching(_directory: string, _pattern: string): string[] {
  return unavailable();
}

export function writeText(_text: string): Promise<void> {
  return unavailable();
}

export function setExitCode(_code: number): void {
  unavailable();
}
