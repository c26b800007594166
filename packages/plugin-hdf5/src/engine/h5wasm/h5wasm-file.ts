import { FilterId } from '../../format/filter-pipeline.js';
import { groupsAbove } from '../../format/object-path.js';
import { elementsIn, MAX_READ_BYTES, sizeProblem } from '../check-size.js';
import { membersOf, UnsupportedDatatype, type DatasetLayout } from '../dataset-layout.js';
import { decodeColumn, valuesFor } from '../decode-columns.js';
import type { AttributeContent, FileAccess, NodeKind } from '../file-access.js';
import {
  DatatypeClass,
  type DataspaceMetadata,
  type DatatypeMetadata,
  type FilterMetadata,
  type H5wasmModule,
} from './h5wasm-module.js';
import { AttributesInHeaders, type HeaderAttributes } from './header-attributes.js';
import {
  corruptFile,
  inputClosed,
  succeeded,
  unsupportedInFile,
  type Hdf5Library,
  type OpenBytes,
  type ReadConversion,
  type ReadWork,
} from './hdf5-library.js';

/** Filters of the library (deflate, shuffle, Fletcher-32, szip, n-bit, scale-offset), and the one that is shipped. */
const FILTERS = new Set<number>([1, 2, 3, 4, 5, 6, FilterId.BLOSC]);

/** Compressors within Blosc, by the parameter of its filter, that the shipped filter does not contain. */
const BLOSC_COMPRESSORS: Readonly<Record<number, string>> = { 3: 'snappy', 4: 'zlib' };

/** A file made available to the library. */
export interface StagedFile {
  /** Path or name, for messages. */
  readonly name: string;
  /** Path in the file system of the library. */
  readonly path: string;
  /** Size, bytes. */
  readonly size: number;
  /** Called when the library has opened the file. */
  opened(): void;
  /** Called when the file is closed, or could not be opened. */
  release(): void;
}

/** A file opened by the library in this thread. */
export class H5wasmFile implements FileAccess {
  readonly #library: Hdf5Library;
  readonly #file: StagedFile;
  readonly #id: bigint;
  #isClosed = false;
  /** Kinds of all links; undefined if not determined yet, null for broken links and links to other files. */
  #kindsOfLinks: Map<string, NodeKind | null | undefined> | undefined;
  readonly #layouts = new Map<string, DatasetLayout>();
  /** Opened by the first reading of attributes. */
  #headers: { readonly bytes: OpenBytes | undefined; readonly attributes: AttributesInHeaders | undefined } | undefined;
  /** Contents by path and name: undefined if not read yet, null if the type is not supported. */
  readonly #attributes = new Map<string, Map<string, AttributeContent | null | undefined>>();

  /** @throws CherenkitError HDF5_CORRUPT (65) with the reason of the library */
  constructor(library: Hdf5Library, file: StagedFile) {
    this.#library = library;
    this.#file = file;
    try {
      this.#id = library.call(file.name, 'opening', (module) => succeeded(module.open(file.path, 0, false, -1, -1)));
    } catch (error) {
      file.release();
      throw error;
    }
    file.opened();
  }

  nodes(place: string): ReadonlyMap<string, NodeKind> {
    return this.#call('listing the groups', (module) => {
      const nodes = new Map<string, NodeKind>();
      for (const path of this.#kinds(module).keys()) {
        if (place !== '/' && path !== place && !path.startsWith(`${place}/`)) continue;
        const kind = this.#listedKind(module, path);
        if (kind) nodes.set(path, kind);
      }
      return nodes;
    });
  }

  kindOf(path: string): NodeKind | undefined {
    if (path === '/') return 'group';
    const listed = this.#call('listing the groups', (module) => this.#listedKind(module, path));
    if (listed) return listed;
    // Objects below a symbolic link are not among the nodes.
    const [start, ...names] = path.split('/');
    if (start !== '' || names.length === 0 || names.includes('')) return undefined;
    const groups = groupsAbove(path);
    const find = (module: H5wasmModule): NodeKind | undefined => {
      if (groups.some((group) => this.#linkedKind(module, group) !== 'group')) return undefined;
      return this.#linkedKind(module, path);
    };
    return this.#library.call(this.#file.name, `searching ${path}`, find, true);
  }

  brokenLinks(): ReadonlyMap<string, string> {
    return this.#call('listing the links', (module) => {
      const links = new Map<string, string>();
      for (const path of this.#kinds(module).keys()) {
        if (this.#listedKind(module, path) !== undefined) continue;
        const { filename } = module.get_external_link(this.#id, path);
        const target = filename === undefined ? module.get_symbolic_link(this.#id, path) : null;
        if (filename !== undefined) links.set(path, `a link to another file, ${filename}, which is not followed`);
        else if (target !== null) links.set(path, `a broken symbolic link to ${target}`);
      }
      return links;
    });
  }

  async attributes(path: string, wanted?: RegExp): Promise<ReadonlyMap<string, AttributeContent>> {
    let known = this.#attributes.get(path);
    if (!known) {
      known = (await this.#attributesInHeader(path)) ?? this.#unreadAttributes(path);
      this.#attributes.set(path, known);
    }
    const attributes = new Map<string, AttributeContent>();
    for (const [name, value] of known) {
      if (wanted && !wanted.test(name)) continue;
      const content = value === undefined ? (this.#attribute(path, name) ?? null) : value;
      known.set(name, content);
      if (content !== null) attributes.set(name, content);
    }
    return attributes;
  }

  /** The attributes as far as they can be read without the library; undefined if it has to read them all. */
  async #attributesInHeader(path: string): Promise<HeaderAttributes | undefined> {
    this.#requireOpen();
    if (this.#library.hasAborted) return undefined;
    const { name, path: filePath, size } = this.#file;
    if (!this.#headers) {
      const bytes = this.#library.openBytes(filePath);
      this.#headers = { bytes, attributes: bytes && new AttributesInHeaders(name, size, bytes.read) };
    }
    return this.#headers.attributes?.attributesOf(path);
  }

  /** Names of the attributes. */
  #unreadAttributes(path: string): HeaderAttributes {
    const names = this.#call(`listing the attributes of ${path}`, (module) =>
      module.get_attribute_names(this.#id, path),
    );
    return new Map(names.map((name) => [name, undefined]));
  }

  layout(path: string): DatasetLayout {
    let layout = this.#layouts.get(path);
    if (!layout) {
      layout = this.#readLayout(path);
      this.#layouts.set(path, layout);
    }
    return layout;
  }

  read(
    path: string,
    start: readonly number[],
    count: readonly number[],
    elementBytes = this.layout(path).elementBytes,
  ): Uint8Array {
    return this.convert(path, start, count, elementBytes, (bytes) => bytes.slice());
  }

  convert<T>(
    path: string,
    start: readonly number[],
    count: readonly number[],
    elementBytes: number,
    convert: (bytes: Uint8Array) => T,
  ): T {
    const bytes = elementsIn(count) * elementBytes;
    if (bytes > MAX_READ_BYTES) {
      throw new RangeError(`${path}: ${bytes} bytes, expected at most ${MAX_READ_BYTES} at once. Read fewer rows.`);
    }
    if (bytes === 0) return convert(new Uint8Array(0));
    // A scalar has no rows to select.
    const isScalar = count.length === 0;
    const [counts, starts, steps] = isScalar
      ? [null, null, null]
      : [count.map(BigInt), start.map(BigInt), count.map(() => 1n)];
    return this.#read(
      `reading ${path}`,
      bytes,
      (module, address) => module.get_dataset_data(this.#id, path, counts, starts, steps, address),
      convert,
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#headers?.bytes?.close();
    try {
      if (!this.#library.hasAborted) {
        this.#library.call(this.#file.name, 'closing', (module) => succeeded(module.close_file(this.#id)));
      }
    } finally {
      this.#file.release();
    }
  }

  #call<T>(doing: string, work: (module: H5wasmModule) => T): T {
    this.#requireOpen();
    return this.#library.call(this.#file.name, doing, work);
  }

  #read<T>(doing: string, bytes: number, work: ReadWork, convert: ReadConversion<T>): T {
    this.#requireOpen();
    return this.#library.read(this.#file.name, doing, bytes, work, convert);
  }

  #requireOpen(): void {
    if (this.#isClosed) throw inputClosed(this.#file.name);
  }

  /** Lists the links of the file. Their kinds are determined on demand, since that takes most of the time. */
  #kinds(module: H5wasmModule): Map<string, NodeKind | null | undefined> {
    if (!this.#kindsOfLinks) {
      const paths = module.get_names(this.#id, '/', true).map((name) => `/${name}`);
      this.#kindsOfLinks = new Map(paths.map((path) => [path, undefined]));
      // Links to other files and symbolic links are not followed by the list, so that these are groups of this file.
      for (const path of paths) {
        const group = path.slice(0, path.lastIndexOf('/'));
        if (group !== '') this.#kindsOfLinks.set(group, 'group');
      }
    }
    return this.#kindsOfLinks;
  }

  /** Kind of the object of a link that {@link #kinds} lists. */
  #listedKind(module: H5wasmModule, path: string): NodeKind | undefined {
    const kinds = this.#kinds(module);
    if (!kinds.has(path)) return undefined;
    const known = kinds.get(path);
    const kind = known === undefined ? (this.#linkedKind(module, path) ?? null) : known;
    kinds.set(path, kind);
    return kind ?? undefined;
  }

  /** Kind of an object; undefined if there is none, or if it is in another file: such links are not followed. */
  #linkedKind(module: H5wasmModule, path: string): NodeKind | undefined {
    if (module.get_external_link(this.#id, path).filename !== undefined) return undefined;
    const typeOf = (): number => module.get_type(this.#id, path);
    // HDF5 fails on a symbolic link that leads back to itself, which is not followed either.
    const isSymbolic = (): boolean => module.get_symbolic_link(this.#id, path) !== null;
    switch (this.#library.attempt(typeOf) ?? (isSymbolic() ? -1 : typeOf())) {
      case module.H5G_GROUP:
        return 'group';
      case module.H5G_DATASET:
        return 'dataset';
      default:
        return undefined;
    }
  }

  #readLayout(path: string): DatasetLayout {
    const { metadata, filters } = this.#call(`reading the layout of ${path}`, (module) => ({
      metadata: module.get_dataset_metadata(this.#id, path),
      filters: module.get_dataset_filters(this.#id, path),
    }));
    const { name: file, size: fileSize } = this.#file;
    const unsupported = filters.map(unsupportedFilter).find((each) => each !== undefined);
    if (unsupported !== undefined) {
      const remedy = 'Compress it otherwise: "h5repack -f GZIP=5 IN OUT".';
      throw unsupportedInFile(file, `${unsupported} of ${path}`, remedy);
    }
    if (metadata.virtual_sources) {
      throw unsupportedInFile(file, `${path} is a view of data in other files`, 'Copy them: "h5repack IN OUT".');
    }
    const layout: DatasetLayout = {
      shape: metadata.shape ?? [0],
      elementBytes: metadata.size,
      isCompound: metadata.type === DatatypeClass.COMPOUND,
      members: this.#members(path, metadata),
      chunkShape: metadata.chunks ?? undefined,
      filters: filters.map(({ id, name, cd_values: parameters }) => ({ id, name, parameters })),
    };
    const problem = sizeProblem(layout, fileSize);
    if (problem?.remedy !== undefined) throw unsupportedInFile(file, `${path}: ${problem.found}`, problem.remedy);
    if (problem !== undefined) throw corruptFile(file, `${path}: ${problem.found}`);
    return layout;
  }

  #members(path: string, datatype: DatatypeMetadata): DatasetLayout['members'] {
    try {
      return membersOf(datatype);
    } catch (error) {
      if (!(error instanceof UnsupportedDatatype)) throw error;
      const remedy = 'Convert it to numbers, booleans or texts of fixed length.';
      throw unsupportedInFile(this.#file.name, `${path} has ${error.message}`, remedy);
    }
  }

  #attribute(path: string, name: string): AttributeContent | undefined {
    const doing = `reading attribute ${name} of ${path}`;
    const metadata = this.#call(doing, (module) => module.get_attribute_metadata(this.#id, path, name));
    const { shape, size, total_size: count } = metadata;
    // PyTables stores empty texts as attributes without elements.
    if (shape === null) return '';
    const bytes = size * count;
    if (bytes > this.#file.size) {
      throw corruptFile(this.#file.name, `attribute ${name} of ${path} has ${bytes} bytes, more than the file`);
    }
    if (metadata.vlen) return this.#texts(path, name, metadata, doing);
    const member = supportedMember(metadata);
    if (!member) return undefined;
    return this.#read(
      doing,
      bytes,
      (module, address) => module.get_attribute_data(this.#id, path, name, address),
      (stored) => {
        const values = valuesFor(member, count);
        decodeColumn(member, stored, size, values, 0);
        if (shape.length + (member.shape?.length ?? 0) > 0) return values;
        return member.type === 'bool' ? values[0] === 1 : values[0];
      },
    );
  }

  /** Texts of variable length, which the library stores in its memory. */
  #texts(path: string, name: string, { shape, total_size: count }: DataspaceMetadata, doing: string): AttributeContent {
    return this.#read<AttributeContent>(
      doing,
      count * Uint32Array.BYTES_PER_ELEMENT,
      (module, address) => module.get_attribute_data(this.#id, path, name, address),
      (stored, module, address) => {
        const addresses = new Uint32Array(stored.slice().buffer);
        const texts = Array.from(addresses, (at) => (at === 0 ? '' : module.UTF8ToString(at)));
        module.reclaim_vlen_memory(this.#id, path, name, address);
        return shape?.length === 0 ? texts[0] : texts;
      },
    );
  }
}

function unsupportedFilter({ id, name, cd_values: parameters }: FilterMetadata): string | undefined {
  const compressor = id === FilterId.BLOSC ? BLOSC_COMPRESSORS[parameters[6]] : undefined;
  if (compressor !== undefined) return `filter Blosc with ${compressor}`;
  return FILTERS.has(id) ? undefined : `filter ${id}${name === '' ? '' : ` (${name})`}`;
}

/** The type of an attribute; undefined if it is not supported. */
function supportedMember(datatype: DatatypeMetadata): DatasetLayout['members'][number] | undefined {
  if (datatype.type === DatatypeClass.COMPOUND) return undefined;
  try {
    return membersOf(datatype)[0];
  } catch (error) {
    if (error instanceof UnsupportedDatatype) return undefined;
    throw error;
  }
}
