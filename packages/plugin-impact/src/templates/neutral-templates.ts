import { radians } from '@cherenkit/kernels';
import { Hdf5File, Hdf5Writer, type Hdf5Source } from '@cherenkit/plugin-hdf5';
import type { ByteSink } from '@cherenkit/io';
import { corruptTemplates } from './template-defect.js';
import { N_KEYS, type Templates } from './templates.js';

const FORMAT = 'cherenkit-impact-templates';
const VERSION = 1;
/** Largest size of all templates, bytes. A small file can claim more. */
const MAX_BYTES = 2 ** 32;
const KEYS = '/keys';
const IMAGES = '/images';
const TIME_GRADIENTS = '/time_gradients';
const SIMPLICES = '/simplices';
const KEYS_COLUMNS = 'zenith/deg azimuth/deg energy/TeV impact/m x_max_difference/(g/cm2)';
const AXES = ['x_min', 'x_max', 'y_min', 'y_max'] as const;
const TEXT = new TextDecoder();

/**
 * Reads image templates from an HDF5 file, one after the other: arrays `/keys` (n, 5), `/images` (n, nx, ny), and, if present,
 * `/time_gradients` (n, 2) and the corners of cells, `/simplices` (m, 4).
 *
 * @throws CherenkitError TEMPLATES_CORRUPT (65); INPUT_MISSING (66); those of damaged HDF5 files
 */
export async function readNeutralTemplates(source: Hdf5Source): Promise<Templates> {
  await using file = await Hdf5File.open(source);
  const { name } = file;
  const attributes = await file.attributes('/');
  const text = (key: string): string | undefined => textOf(attributes.get(key));
  const number = (key: string): number | undefined => {
    const value = attributes.get(key);
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
  };
  if (text('format') !== FORMAT) throw corruptTemplates(name, `its attribute format is not ${FORMAT}`);
  if (number('version') !== VERSION) {
    throw corruptTemplates(name, `its version is ${String(attributes.get('version'))}, expected ${VERSION}`);
  }
  const [xMin, xMax, yMin, yMax] = AXES.map((key) => {
    const value = number(key);
    if (value === undefined || !Number.isFinite(value))
      throw corruptTemplates(name, `its attribute ${key} is no number`);
    return radians(value);
  });
  const shape = (await file.has(IMAGES)) ? await file.shape(IMAGES) : [];
  const [n, nX, nY] = shape;
  if (shape.length !== 3 || n === 0) {
    throw corruptTemplates(name, `${IMAGES} has the shape (${shape.join(', ')}), expected (templates, x, y)`);
  }
  const size = n * nX * nY * Float32Array.BYTES_PER_ELEMENT;
  if (size > MAX_BYTES) throw corruptTemplates(name, `${IMAGES} has ${size} bytes, expected at most ${MAX_BYTES}`);
  const width = (key: string): number | undefined => {
    const value = number(key);
    if (value === undefined || (value > 0 && value < Infinity)) return value;
    throw corruptTemplates(name, `its attribute ${key} is ${value}, expected a positive number of p.e.`);
  };
  const keys = await arrayOf(file, KEYS, [n, N_KEYS]);
  const images: Float32Array[] = [];
  for (let i = 0; i < n; i++) {
    const { values } = await file.array(IMAGES, { start: i, stop: i + 1 });
    images.push(Float32Array.from(values as ArrayLike<number>));
  }
  const gradients = (await file.has(TIME_GRADIENTS)) ? await arrayOf(file, TIME_GRADIENTS, [n, 2]) : undefined;
  const simplices = (await file.has(SIMPLICES)) ? await arrayOf(file, SIMPLICES, [undefined, 4]) : undefined;
  return {
    axes: { xMin, xMax, nX, yMin, yMax, nY },
    keys,
    images,
    timeGradients: gradients && Float32Array.from(gradients),
    simplices: simplices && Int32Array.from(simplices),
    cameraName: text('camera_name'),
    pedestalWidth: width('pedestal_width'),
    speWidth: width('spe_width'),
  };
}

/** @param shape - expected lengths; undefined for any */
async function arrayOf(file: Hdf5File, path: string, shape: readonly (number | undefined)[]): Promise<Float64Array> {
  if (!(await file.has(path))) throw corruptTemplates(file.name, `it has no array ${path}`);
  const array = await file.array(path);
  if (array.shape.length !== shape.length || shape.some((length, i) => (length ?? array.shape[i]) !== array.shape[i])) {
    const expected = shape.map((length) => length ?? 'any').join(', ');
    throw corruptTemplates(file.name, `${path} has the shape (${array.shape.join(', ')}), expected (${expected})`);
  }
  if (array.type === 'string') throw corruptTemplates(file.name, `${path} contains texts, expected numbers`);
  return Float64Array.from(array.values as ArrayLike<number | bigint>, Number);
}

/** PyTables stores texts as bytes, too. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? TEXT.decode(value) : undefined;
}

/** Writes image templates to an HDF5 file that h5py and PyTables can read. */
export async function writeNeutralTemplates(sink: ByteSink, templates: Templates): Promise<void> {
  const { axes, keys, images, timeGradients, simplices, cameraName = '', pedestalWidth, speWidth } = templates;
  const file = new Hdf5Writer(sink, { filters: { compression: 'zlib', level: 5, fletcher32: false } });
  const degrees = (angle: number): number => (angle * 180) / Math.PI;
  file.setAttributes('/', {
    format: FORMAT,
    version: VERSION,
    camera_name: cameraName,
    x_min: degrees(axes.xMin),
    x_max: degrees(axes.xMax),
    y_min: degrees(axes.yMin),
    y_max: degrees(axes.yMax),
    keys_columns: KEYS_COLUMNS,
    ...(pedestalWidth !== undefined && { pedestal_width: pedestalWidth }),
    ...(speWidth !== undefined && { spe_width: speWidth }),
  });
  const rows = file.createArray(KEYS, { type: 'float64', shape: [N_KEYS] });
  for (let i = 0; i < images.length; i++) rows.append([keys.subarray(N_KEYS * i, N_KEYS * (i + 1))]);
  // One template per chunk, so that each can be read alone.
  const pictures = file.createArray(IMAGES, { type: 'float32', shape: [axes.nX, axes.nY] }, { chunkBytes: 1 });
  for (const image of images) {
    pictures.append([image]);
    await file.drain(4);
  }
  if (timeGradients) {
    const pairs = file.createArray(TIME_GRADIENTS, { type: 'float32', shape: [2] });
    for (let i = 0; i < images.length; i++) pairs.append([timeGradients.subarray(2 * i, 2 * i + 2)]);
  }
  if (simplices) {
    const cells = file.createArray(SIMPLICES, { type: 'int32', shape: [4] });
    for (let i = 0; i < simplices.length; i += 4) cells.append([simplices.subarray(i, i + 4)]);
  }
  await file.finish();
}
