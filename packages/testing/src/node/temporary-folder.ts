import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * An empty folder for one test, removed with all its files when it is disposed of.
 *
 * ```ts
 * using folder = new TemporaryFolder();
 * const path = folder.write('mine.yaml', 'EventSource: { max_events: 1 }');
 * ```
 */
export class TemporaryFolder implements Disposable {
  /** Absolute. */
  readonly path = mkdtempSync(join(tmpdir(), 'cherenkit-test-'));

  /** The names of its files and folders, hidden ones too, sorted. */
  get files(): string[] {
    return readdirSync(this.path).sort();
  }

  /** The absolute path of a file in it. */
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

  /** @returns the absolute path of the file */
  write(name: string, content: string | Uint8Array): string {
    const path = this.join(name);
    writeFileSync(path, content);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
