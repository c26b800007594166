import { join } from 'node:path';
import { ctapipePython } from './ctapipe-python.js';
import { REPOSITORY_ROOT } from './repository-root.js';

/** A column as read by PyTables; `data` is base64 of the packed cells. */
interface SeenColumn {
  readonly name: string;
  readonly type: string;
  readonly shape: number[];
  readonly data: string;
}

/** A table as read by PyTables; attributes are given as type and text. */
export interface SeenTable {
  readonly nRows: number;
  readonly rowBytes: number;
  readonly chunkRows: number;
  readonly title: string;
  readonly filters: Record<string, unknown>;
  readonly columns: SeenColumn[];
  readonly attributes: Record<string, string>;
}

/** A file as read by PyTables. */
export interface SeenFile {
  readonly root: Record<string, string>;
  readonly tables: Record<string, SeenTable>;
  readonly others: string[];
}

/** Runs `pytables_check.py` and returns its output. */
export async function pytables(command: 'describe' | 'append', ...args: string[]): Promise<SeenFile> {
  const script = join(REPOSITORY_ROOT, 'test', 'support', 'pytables_check.py');
  return JSON.parse(await ctapipePython([script, command, ...args], { cwd: REPOSITORY_ROOT })) as SeenFile;
}
