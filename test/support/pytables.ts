import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from './repository-root.js';

/** A Python that has ctapipe, and so PyTables and h5py; tests that need it say so and skip where there is none. */
export const CTAPIPE_PYTHON = process.env['CTAPIPE_PYTHON'];

/** A column as PyTables sees it; `data` is base64 of the packed cells. */
export interface SeenColumn {
  readonly name: string;
  readonly type: string;
  readonly shape: number[];
  readonly data: string;
}

/** A table as PyTables sees it; attributes as type and text. */
export interface SeenTable {
  readonly nRows: number;
  readonly rowBytes: number;
  readonly chunkRows: number;
  readonly title: string;
  readonly filters: Record<string, unknown>;
  readonly columns: SeenColumn[];
  readonly attributes: Record<string, string>;
}

/** A file as PyTables sees it. */
export interface SeenFile {
  readonly root: Record<string, string>;
  readonly tables: Record<string, SeenTable>;
  readonly others: string[];
}

/** Runs `pytables_check.py` and returns what it finds. */
export function pytables(command: 'describe' | 'append', ...args: string[]): SeenFile {
  const script = join(REPOSITORY_ROOT, 'test', 'support', 'pytables_check.py');
  const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  return JSON.parse(execFileSync(CTAPIPE_PYTHON ?? 'python3', [script, command, ...args], options)) as SeenFile;
}
