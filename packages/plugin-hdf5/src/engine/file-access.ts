import type { ColumnValues } from '@cherenkit/tables';
import type { DatasetLayout } from './dataset-layout.js';

/** Value of an attribute: text, number, 64-bit integer, boolean, or an array. */
export type AttributeContent = string | number | bigint | boolean | ColumnValues;

/** Kind of an object in a file. */
export type NodeKind = 'group' | 'dataset';

type Awaitable<T> = T | Promise<T>;

/** Access to an open file, by the library in this thread or in a worker. Paths begin with `/`. */
export interface FileAccess {
  /**
   * Groups and datasets by path, depth first, sorted by name within a group.
   *
   * @param place - only the object at this path and those below it
   */
  nodes(place: string): Awaitable<ReadonlyMap<string, NodeKind>>;
  /** Kind of the object at a path, which may contain symbolic links; undefined if there is none. */
  kindOf(path: string): Awaitable<NodeKind | undefined>;
  /** Attributes of an object; only those whose name matches `wanted`, if given. Unsupported types are skipped. */
  attributes(path: string, wanted?: RegExp): Awaitable<ReadonlyMap<string, AttributeContent>>;
  /** Links that are not followed by path, with what they are: links to other files and broken symbolic links. */
  brokenLinks(): Awaitable<ReadonlyMap<string, string>>;
  layout(path: string): Awaitable<DatasetLayout>;
  /**
   * Reads elements of a dataset, packed: `count` elements from `start`, in each dimension.
   *
   * @param elementBytes - size of an element, if known; then the layout of the dataset is not read
   */
  read(path: string, start: readonly number[], count: readonly number[], elementBytes?: number): Awaitable<Uint8Array>;
  /**
   * Reads elements like {@link FileAccess.read} and converts them, without a copy of the bytes if the library is in this
   * thread.
   *
   * @param convert - gets the bytes, which are valid only during the call
   */
  convert<T>(
    path: string,
    start: readonly number[],
    count: readonly number[],
    elementBytes: number,
    convert: (bytes: Uint8Array) => T,
  ): Awaitable<T>;
  close(): Awaitable<void>;
}
