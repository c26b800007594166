/** In browsers there are no paths: a program provides the service `MODEL_FILES`. */
export function readFile(_path: string, _limit: number): Uint8Array {
  throw new Error('files cannot be read by their paths in browsers; provide the service MODEL_FILES');
}

export function gunzip(_bytes: Uint8Array, _limit: number): Uint8Array {
  throw new Error('compressed models cannot be read in browsers; decompress them first');
}

export function writeText(_text: string): Promise<void> {
  throw new Error('this tool runs in Node.js only');
}

export function fileSize(_path: string): number {
  return 0;
}

export function programVersion(): string {
  return '';
}
