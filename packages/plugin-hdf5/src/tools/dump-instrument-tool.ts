import {
  CherenkitError,
  counted,
  dataModel,
  EventSource,
  ExitCode,
  nameSome,
  OUTPUT_FILES,
  PROVENANCE,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentKind,
  type SubarrayDescription,
} from '@cherenkit/core';
import { ByteOutput } from '@cherenkit/io';
import { fitsBytes } from '@cherenkit/plugin-fits';
import { ecsvText, Table, type TableMeta } from '@cherenkit/tables';
import { filesMatching, isDirectory, sameFile } from '#tool-host';
import { Hdf5Writer } from '../format/index.js';
import { makeOutputFolder } from './output-folder.js';
import { serviceFiles } from './service-data.js';
import { writeSubarray } from '../writer/observation-tables.js';

const utf8 = new TextEncoder();
const FLAG = '--outdir';
const SUFFIXES = { fits: 'fits.gz', ecsv: 'ecsv' } as const;

/** Writes the instrument of an input: `cherenkit dump-instrument`. Source: ctapipe 0.32 `DumpInstrumentTool`. */
export class DumpInstrumentTool extends Tool.withTraits({
  format: trait.oneOf(['fits', 'ecsv', 'hdf5', 'service'], {
    default: 'fits',
    help: "Format of the output files; service: the directory of CTAO's service data.",
  }),
  outdir: trait.path({ default: '.', help: 'Directory of the output files; created if it does not exist.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace existing files.' }),
}) {
  static override readonly help =
    'Writes the cameras, the optics and the telescopes of an input to FITS, ECSV or HDF5 files.';
  static override readonly children: readonly ComponentKind[] = [EventSource];
  static override readonly command: CommandDeclaration = {
    name: 'dump-instrument',
    description:
      "Writes CAMERA.camgeom, CAMERA.camreadout, ARRAY.optics and ARRAY.subarray, which astropy's Table.read and ctapipe's from_table read; or subarray.h5; or with the format service, instrument/ with JSON files and a directory per telescope, from which ctapipe's SubarrayDescription.from_service_data creates the array. Further cameras of equal name get a number: CAMERA-2.camgeom.",
    examples: ['dump-instrument -i gamma.simtel.zst', 'dump-instrument -i gamma.dl2.h5 -f ecsv -o instrument'],
    flags: {
      input: { trait: 'EventSource.input_url', letter: 'i', required: true },
      format: { trait: 'DumpInstrumentTool.format', letter: 'f' },
      outdir: { trait: 'DumpInstrumentTool.outdir', letter: 'o' },
    },
  };

  override async run(source: EventSource): Promise<string> {
    const { subarray, traits } = source;
    const { format, outdir } = this.traits;
    makeOutputFolder(outdir, FLAG);
    if (format === 'hdf5') await this.#writeHdf5(subarray);
    else if (format === 'service') await this.#writeService(subarray, traits.inputUrl);
    else
      for (const [name, table] of instrumentTables(subarray, traits.inputUrl)) {
        await this.#writeTable(`${name}.${SUFFIXES[format]}`, table);
      }
    return `${counted(subarray.nTels, 'telescope')}, ${counted(subarray.cameraTypes.length, 'type')} of cameras`;
  }

  async #writeService(subarray: SubarrayDescription, source: string): Promise<void> {
    const { activity } = this.context.service(PROVENANCE);
    const files = [...serviceFiles(subarray, source, activity)];
    this.#checkOtherFiles(files.map(({ path }) => path));
    for (const { path, content } of files) {
      makeOutputFolder(this.#path(path.slice(0, path.lastIndexOf('/'))), FLAG);
      if (content instanceof Table) await this.#writeTable(path, content);
      else await this.#writeFile(path, utf8.encode(`${JSON.stringify(content, undefined, 2)}\n`));
    }
  }

  /**
   * Checks that the directory of service data has no files of another array: ctapipe would read its telescopes too.
   *
   * @throws CherenkitError OUTPUT_EXISTS (2)
   */
  #checkOtherFiles(paths: readonly string[]): void {
    const directory = this.#path('instrument');
    if (!isDirectory(directory)) return;
    const others = filesMatching(directory, '**').filter(
      (file) => !paths.some((path) => sameFile(this.#path(path), file)),
    );
    if (others.length === 0) return;
    const message = `${directory} contains files of another array, which ctapipe would read too: ${nameSome(others)}. Remove that directory, or choose another one with --outdir.`;
    throw new CherenkitError('OUTPUT_EXISTS', ExitCode.USAGE, message);
  }

  /** Writes a table to a file with a suffix of {@link SUFFIXES}. */
  async #writeTable(file: string, table: Table): Promise<void> {
    const bytes = file.endsWith(SUFFIXES.fits)
      ? fitsBytes(inAscii(table), { checksum: false })
      : utf8.encode(ecsvText(table));
    await this.#writeFile(file, bytes);
  }

  async #writeFile(file: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(file);
    const sink = this.context.service(OUTPUT_FILES).create(path, { overwrite: this.traits.overwrite });
    await using output = await ByteOutput.open(sink, path);
    await output.append(bytes);
    await output.publish();
    this.#addOutput(path);
  }

  async #writeHdf5(subarray: SubarrayDescription): Promise<void> {
    const options = { overwrite: this.traits.overwrite };
    const path = this.#path('subarray.h5');
    await using sink = this.context.service(OUTPUT_FILES).create(path, options);
    const file = new Hdf5Writer(sink, { filters: { compression: 'blosc:zstd', level: 5, fletcher32: true } });
    writeSubarray(file, subarray, dataModel.DATA_MODEL_VERSION);
    await file.finish();
    this.#addOutput(path);
  }

  #addOutput(path: string): void {
    this.context.service(PROVENANCE).addOutput({ url: path, role: 'instrument description' });
  }

  #path(file: string): string {
    return `${this.traits.outdir.replace(/\/$/, '')}/${file}`;
  }
}

/** Tables of an array by the names of their files, without suffix. */
function* instrumentTables(subarray: SubarrayDescription, source: string): Generator<[name: string, table: Table]> {
  const named = ({ columns, meta }: Table, more: TableMeta = {}): Table =>
    new Table(columns.values(), { ...meta, ...more, SOURCE: source });
  const used = new Map<string, number>();
  for (const { name, geometry, readout } of subarray.cameraTypes) {
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    const file = fileName(count === 1 ? name : `${name}-${count}`);
    yield [`${file}.camgeom`, named(dataModel.geometryTable(geometry))];
    yield [`${file}.camreadout`, named(dataModel.readoutTable(readout))];
  }
  const array = fileName(subarray.name);
  yield [`${array}.optics`, named(dataModel.opticsTable(subarray))];
  const { columns, meta } = dataModel.layoutTable(subarray);
  const { reference_itrs_x: x, reference_itrs_y: y, reference_itrs_z: z, name: _, ...others } = meta;
  yield [
    `${array}.subarray`,
    named(new Table(columns.values(), others), { 'OBSGEO-X': x, 'OBSGEO-Y': y, 'OBSGEO-Z': z }),
  ];
}

/** Replaces characters that headers of FITS files cannot contain, as in URLs. */
function inAscii({ columns, meta }: Table): Table {
  const texts = Object.entries(meta).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace(/[^\x20-\x7e]+/g, encodeURIComponent) : value,
  ]);
  return new Table(columns.values(), Object.fromEntries(texts) as TableMeta);
}

/** Name of a file for the name of a camera or an array, which may contain any characters. */
function fileName(name: string): string {
  return name.replace(/[/\\:*?"<>|]/g, '_');
}
