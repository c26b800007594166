import { CompressedInputError, decompressed, joinParts, type ByteSource } from '@cherenkit/io';
import { PickleDefect, readPickle, type PickledArray, type PickledValue } from './pickle-reader.js';
import { corruptTemplates } from './template-defect.js';
import { axesOfCtapipe, N_KEYS, type Templates } from './templates.js';

/** Largest size of a decompressed file, bytes. */
const MAX_PICKLE_BYTES = 2 ** 31;

/**
 * Reads image templates as ctapipe's `ImPACTReconstructor` does: a pickle of a dictionary, compressed with gzip. No code of the
 * pickle is run.
 *
 * @param timeSource - time gradients, of the same keys
 * @param limit - largest size of a decompressed file, bytes
 * @throws CherenkitError TEMPLATES_CORRUPT (65)
 */
export async function readCtapipeTemplates(
  source: ByteSource,
  timeSource: ByteSource | undefined,
  limit = MAX_PICKLE_BYTES,
): Promise<Templates> {
  const images = await readDictionary(source, limit);
  const keys = new Float64Array(N_KEYS * images.size);
  const arrays: Float32Array[] = [];
  let shape: readonly number[] | undefined;
  for (const [key, value] of images) {
    keys.set(keyOf(key, source.name), N_KEYS * arrays.length);
    if (!isArray(value) || value.shape.length !== 2) throw corruptTemplates(source.name, 'a template is no image');
    shape ??= value.shape;
    if (value.shape.join() !== shape.join()) {
      throw corruptTemplates(
        source.name,
        `a template has ${value.shape.join(' x ')} nodes, another ${shape.join(' x ')}`,
      );
    }
    arrays.push(Float32Array.from(value.values));
  }
  if (!shape) throw corruptTemplates(source.name, 'there are no templates');
  const timeGradients = timeSource && (await readTimeGradients(timeSource, keys, limit));
  return { axes: axesOfCtapipe(shape[0], shape[1]), keys, images: arrays, timeGradients };
}

async function readTimeGradients(source: ByteSource, keys: Float64Array, limit: number): Promise<Float32Array> {
  const byKey = new Map<string, readonly number[]>();
  for (const [key, value] of await readDictionary(source, limit)) {
    const pair = isArray(value) ? [...value.values] : value;
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((each) => typeof each === 'number')) {
      throw corruptTemplates(source.name, 'a time gradient is no pair of mean and standard deviation');
    }
    byKey.set(keyOf(key, source.name).join(), pair);
  }
  const n = keys.length / N_KEYS;
  const gradients = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const key = keys.subarray(N_KEYS * i, N_KEYS * (i + 1)).join();
    const pair = byKey.get(key);
    if (!pair) throw corruptTemplates(source.name, `there is no time gradient for the template (${key})`);
    gradients.set(pair, 2 * i);
  }
  return gradients;
}

/** A sixth number, the offset from the pointing, is ignored as by ctapipe. */
function keyOf(key: PickledValue, name: string): number[] {
  if (Array.isArray(key) && key.every((each) => typeof each === 'number')) {
    const numbers: readonly number[] = key;
    if (numbers.length === N_KEYS || numbers.length === N_KEYS + 1) return numbers.slice(0, N_KEYS);
    throw corruptTemplates(
      name,
      `a key has ${numbers.length} numbers, expected zenith, azimuth, energy, impact, depth`,
    );
  }
  throw corruptTemplates(name, 'a key is no tuple of numbers');
}

function isArray(value: PickledValue): value is PickledArray {
  return typeof value === 'object' && value !== null && 'shape' in value;
}

async function readDictionary(source: ByteSource, limit: number): Promise<Map<PickledValue, PickledValue>> {
  try {
    const content = readPickle(await bytesOf(source, limit));
    if (content instanceof Map) return content;
  } catch (cause) {
    if (cause instanceof PickleDefect || cause instanceof CompressedInputError) {
      throw corruptTemplates(source.name, cause.message, cause);
    }
    throw cause;
  }
  throw corruptTemplates(source.name, 'the pickle is no dictionary');
}

/** Decompresses a file. @throws PickleDefect if it is larger than the limit */
async function bytesOf(source: ByteSource, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of decompressed(source)) {
    size += chunk.length;
    if (size > limit) throw new PickleDefect(`it has more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return joinParts(chunks);
}
