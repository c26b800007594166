import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for a test, which goes when it is disposed of. */
export class TemporaryFolder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async create(): Promise<TemporaryFolder> {
    return new TemporaryFolder(await mkdtemp(join(tmpdir(), 'cherenkit-')));
  }

  join(name: string): string {
    return join(this.path, name);
  }

  async has(name: string): Promise<boolean> {
    return access(this.join(name)).then(
      () => true,
      () => false,
    );
  }

  read(name: string): Promise<Uint8Array> {
    return readFile(this.join(name));
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(this.join(name), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
