import type { DigestScope, FileDigest } from '@cherenkit/io/node';

/** In browsers there are no directories and no standard output: tools run in Node only. */
function unavailable(): never {
  throw new Error('This tool runs in Node.js only.');
}

export function digestFile(_path: string, _scope: DigestScope): FileDigest | undefined {
  return unavailable();
}

export function digestOrPath(_path: string): string {
  return unavailable();
}

export function digestText(_text: string): string {
  return unavailable();
}

export function scopeOfDigest(_digest: string): DigestScope {
  return unavailable();
}

export function readText(_path: string): string {
  return unavailable();
}

export function pathExists(_path: string): boolean {
  return unavailable();
}

export function fileSize(_path: string): number | undefined {
  return unavailable();
}

export function fileName(_path: string): string {
  return unavailable();
}

export function folderOf(_path: string): string {
  return unavailable();
}

export function pathFrom(_folder: string, _path: string): string {
  return unavailable();
}

export function pathSeenFrom(_folder: string, _path: string): string {
  return unavailable();
}

export function absolutePath(_path: string): string {
  return unavailable();
}

export function writeText(_text: string): Promise<void> {
  return unavailable();
}

export function setExitCode(_code: number): void {
  unavailable();
}
