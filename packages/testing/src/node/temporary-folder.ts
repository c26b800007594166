import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Empty folder for a test. Disposing it removes the folder with all its files.
 *
 * @example
 * ```ts
 * using folder = new TemporaryFolder();
 * const path = folder.write('mine.yaml', 'EventSource: { max_events: 1 }');
 * ```
 */
export class TemporaryFolder implements Disposable {
  /** Absolute path. */
  readonly path = mkdtempSync(join(tmpdir(), 'cherenkit-test-'));

  /** Sorted names of all files and folders in it, including hidden ones. */
  get files(): string[] {
    return readdirSync(this.path).sort();
  }

  /** Absolute path of a file in it. */
  join(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  has(name: string): boolean {
    return existsSync(this.join(name));
  }

  read(name: string): Uint8Array {
    return readFileSync(this.join(name));
  }

  readText(name: string): string {
    return readFileSync(this.join(name), 'utf8');
  }

  /** Writes a file. @returns its absolute path */
  write(name: string, content: string | Uint8Array): string {
    const path = this.join(name);
    writeFileSync(path, content);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
