import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  futimesSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  type BigIntStats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ownIdentity, stateOf } from './process-identity.js';

/** Interval between updates of the modification time, by which processes of other hosts see that the file is in use, ms. */
const TOUCH_INTERVAL = 3_600_000;
/** Time without an update after which a file of another host or container is abandoned, ms. */
const ABANDONED_AFTER = 7 * 86_400_000;
/** Longer names are replaced by a digest, so that the name of the temporary file stays below the limit of 255 bytes. */
const MAX_LABEL_BYTES = 160;

/**
 * An unfinished file beside its destination: `.NAME.<host>-<pid>-<start>-<random>.part`.
 *
 * It is created exclusively, so no existing file or symbolic link is opened, and removed when the process exits. Files that
 * killed processes left for the same name are removed when a new one is created.
 */
export class TemporaryFile {
  readonly path: string;
  #descriptor: number | undefined;
  /** What was written, once it is closed. */
  #written: BigIntStats | undefined;
  readonly #timer: NodeJS.Timeout;

  /** @param destination - path of the finished file, without symbolic links */
  constructor(destination: string) {
    const [directory, label] = [dirname(destination), labelOf(basename(destination))];
    removeAbandoned(directory, label);
    const { host, pid, start } = ownIdentity();
    this.path = join(directory, `.${label}.${host}-${pid}-${start}-${randomBytes(8).toString('hex')}.part`);
    const descriptor = openSync(this.path, 'wx');
    this.#descriptor = descriptor;
    this.#timer = setInterval(() => futimesSync(descriptor, new Date(), new Date()), TOUCH_INTERVAL).unref();
    removeAtExit(this.path);
  }

  /** Descriptor of the open file; undefined once it is closed. */
  get descriptor(): number | undefined {
    return this.#descriptor;
  }

  /**
   * Closes the file.
   *
   * @throws Error if another process removed or replaced it meanwhile
   */
  close(): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    clearInterval(this.#timer);
    const written = fstatSync(descriptor, { bigint: true });
    const named = lstatSync(this.path, { bigint: true, throwIfNoEntry: false });
    closeSync(descriptor);
    this.#descriptor = undefined;
    this.#written = written;
    if (!isSameFile(named, written)) {
      throw new Error(`another process removed or replaced ${this.path}`);
    }
  }

  /**
   * Gives the closed file its final name.
   *
   * @param replace - whether an existing file is replaced
   * @throws Error with code EEXIST if there is a file and `replace` is false
   */
  moveTo(destination: string, replace: boolean): void {
    if (replace || !this.#done(destination, () => linkIfPossible(this.path, destination))) {
      this.#done(destination, () => {
        renameSync(this.path, destination);
        return true;
      });
    } else {
      unlinkIfPossible(this.path);
    }
    unfinished.delete(this.path);
  }

  /**
   * Does a step that gives the file its final name. A server of a network file system may have done it although it fails: if its
   * answer is lost, the client asks again, and the second time there is a file of this name, or no temporary file any more.
   */
  #done(destination: string, step: () => boolean): boolean {
    try {
      return step();
    } catch (error) {
      if (isSameFile(lstatSync(destination, { bigint: true, throwIfNoEntry: false }), this.#written)) return true;
      throw error;
    }
  }

  /** Removes the file. No-op if it was moved. */
  remove(): void {
    clearInterval(this.#timer);
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    unlinkIfPossible(this.path);
    unfinished.delete(this.path);
  }
}

/** Temporary files of this process, which are removed if it exits. */
const unfinished = new Set<string>();

let isRemovedAtExit = false;

function removeAtExit(path: string): void {
  if (!isRemovedAtExit) process.once('exit', () => unfinished.forEach(unlinkIfPossible));
  isRemovedAtExit = true;
  unfinished.add(path);
}

/**
 * Adds a name to a file, which unlike a renaming never replaces another file.
 *
 * @returns false if the file system has no hard links
 * @throws Error with code EEXIST
 */
function linkIfPossible(path: string, destination: string): boolean {
  try {
    linkSync(path, destination);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(destination)) throw error;
    return false;
  }
}

function isSameFile(a: BigIntStats | undefined, b: BigIntStats | undefined): boolean {
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function removeAbandoned(directory: string, label: string): void {
  for (const entry of entriesOf(directory)) {
    if (!entry.startsWith(`.${label}.`)) continue;
    const [, host = '', pid = '', start = ''] =
      /^([0-9a-f]{12})-(\d+)-(\d+)-[0-9a-f]{16}\.part$/.exec(entry.slice(label.length + 2)) ?? [];
    const path = join(directory, entry);
    if (host !== '' && isAbandoned(path, { host, pid: Number(pid), start })) unlinkIfPossible(path);
  }
}

/** Names of the files in a directory; none if it may be written but not listed. */
function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isAbandoned(path: string, owner: Parameters<typeof stateOf>[0]): boolean {
  const state = stateOf(owner);
  if (state !== 'unknown') return state === 'ended';
  const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
  return age > ABANDONED_AFTER;
}

function labelOf(name: string): string {
  if (Buffer.byteLength(name) <= MAX_LABEL_BYTES) return name;
  return createHash('sha256').update(name).digest('hex');
}

function unlinkIfPossible(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was moved or removed, or belongs to another user.
  }
}
