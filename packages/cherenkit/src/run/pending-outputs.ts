import type { OutputFiles } from '@cherenkit/core';
import { createSink, type ByteSink } from '@cherenkit/io';

/**
 * Output files of a run that become visible together: publishing a sink completes its file, `publish` gives the files
 * their names. Disposing it removes the files that were not published.
 */
export class PendingOutputs implements OutputFiles, AsyncDisposable {
  readonly #complete = new Map<string, ByteSink>();

  create(path: string, options: { readonly overwrite: boolean }): ByteSink {
    const sink = createSink(path, options);
    let isComplete = false;
    const discard = async (): Promise<void> => {
      if (!isComplete) await sink.discard();
    };
    return {
      get size() {
        return sink.size;
      },
      append: (bytes) => sink.append(bytes),
      overwrite: (position, bytes) => sink.overwrite(position, bytes),
      complete: () => sink.complete(),
      publish: async () => {
        await sink.complete();
        isComplete = true;
        this.#complete.set(path, sink);
      },
      discard,
      [Symbol.asyncDispose]: discard,
    };
  }

  /** Size of a complete file in bytes; undefined for a file that was not created here. */
  sizeOf(path: string): number | undefined {
    return this.#complete.get(path)?.size;
  }

  /** Temporary files of the complete files, in the order in which they were completed. */
  get temporaryPaths(): string[] {
    return [...this.#complete.values()].flatMap(({ temporaryPath }) => temporaryPath ?? []);
  }

  async publish(): Promise<void> {
    for (const sink of this.#complete.values()) await sink.publish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const sink of this.#complete.values()) await sink.discard();
  }
}
