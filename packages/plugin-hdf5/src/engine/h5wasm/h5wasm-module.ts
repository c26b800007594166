/**
 * The functions of the h5wasm module that are used here. They return -1 or throw an `Error` if HDF5 fails. Offsets and
 * addresses in its memory are bigint.
 */
export interface H5wasmModule {
  /** Memory of the module; a new array whenever it grows, so never keep it over a call. */
  readonly HEAPU8: Uint8Array;
  readonly FS: H5wasmFileSystem;
  /** Called when the module aborts, before it prints the reason. */
  onAbort?: (reason: unknown) => void;
  readonly H5G_GROUP: number;
  readonly H5G_DATASET: number;
  _malloc(bytes: number): number;
  _free(address: number): void;
  UTF8ToString(address: number): string;
  open(path: string, mode: number, trackOrder: boolean, lowVersion: number, highVersion: number): bigint;
  close_file(file: bigint): number;
  /** Names of the links below a group, relative to it. Links to groups that were visited already are not followed. */
  get_names(file: bigint, path: string, isRecursive: boolean): string[];
  /** `H5G_GROUP`, `H5G_DATASET` or another type of object; -1 if there is none. */
  get_type(file: bigint, path: string): number;
  get_external_link(file: bigint, path: string): { readonly filename?: string };
  /** Target of a symbolic link; null for other links. */
  get_symbolic_link(file: bigint, path: string): string | null;
  get_dataset_metadata(file: bigint, path: string): DataspaceMetadata;
  get_dataset_filters(file: bigint, path: string): FilterMetadata[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: readonly bigint[] | null,
    offset: readonly bigint[] | null,
    stride: readonly bigint[] | null,
    address: bigint,
  ): number;
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): DataspaceMetadata;
  get_attribute_data(file: bigint, path: string, name: string, address: bigint): number;
  /** Frees what HDF5 allocated for the variable-length values of an attribute. */
  reclaim_vlen_memory(file: bigint, path: string, name: string, address: bigint): number;
  get_plugin_search_paths(): string[];
  insert_plugin_search_path(folder: string, index: number): number;
  remove_plugin_search_path(index: number): number;
}

/** The file system of the module: that of the machine in Node, else one in memory. */
interface H5wasmFileSystem {
  readonly streams: H5wasmStream[];
  readonly filesystems: { readonly WORKERFS?: object };
  mkdirTree(path: string): void;
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
  mount(type: object, options: object, path: string): void;
  unmount(path: string): void;
  open(path: string, flags: 'r'): H5wasmStream;
  /** Returns the number of bytes that were read. */
  read(stream: H5wasmStream, buffer: Uint8Array, offset: number, length: number, position: number): number;
  close(stream: H5wasmStream): void;
}

/** An open stream; `stream_ops` replaces the operations of its device. */
interface H5wasmStream {
  stream_ops?: object;
  node?: object;
  flags?: number;
  seekable?: boolean;
}

/** Filter of a dataset, with its parameters. */
export interface FilterMetadata {
  readonly id: number;
  readonly name: string;
  readonly cd_values: readonly number[];
}

/** Classes of datatypes of the HDF5 library. */
export const DatatypeClass = {
  INTEGER: 0,
  FLOAT: 1,
  TIME: 2,
  STRING: 3,
  BIT_FIELD: 4,
  OPAQUE: 5,
  COMPOUND: 6,
  REFERENCE: 7,
  ENUMERATION: 8,
  VARIABLE_LENGTH: 9,
  ARRAY: 10,
  COMPLEX: 11,
} as const;

/** Datatype as described by h5wasm. */
export interface DatatypeMetadata {
  /** One of {@link DatatypeClass}. */
  readonly type: number;
  /** Size of one element, bytes. */
  readonly size: number;
  readonly signed: boolean;
  /** False also for types without byte order, and for compound types with members of both orders. */
  readonly littleEndian: boolean;
  /** Whether it is a variable-length string. */
  readonly vlen: boolean;
  readonly array_type?: DatatypeMetadata & { readonly shape: readonly number[] };
  readonly compound_type?: { readonly members: readonly (DatatypeMetadata & { name: string; offset: number })[] };
  readonly enum_type?: { readonly type: number; readonly members: Readonly<Record<string, number>> };
}

/** Datatype and dimensions of a dataset or attribute as described by h5wasm. */
export interface DataspaceMetadata extends DatatypeMetadata {
  /** Sizes of the dimensions: empty for a scalar, null for a null dataspace. */
  readonly shape: readonly number[] | null;
  /** Number of elements. */
  readonly total_size: number;
  /** Shape of a chunk; null for other layouts. */
  readonly chunks?: readonly number[] | null;
  /** Datasets in other files, for virtual datasets. */
  readonly virtual_sources?: readonly unknown[];
}
