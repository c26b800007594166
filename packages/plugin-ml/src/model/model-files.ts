import { CherenkitError, ExitCode, service, serviceToken } from '@cherenkit/core';
import { gunzip, readFile } from '#model-host';
import { readModel, type Model } from './model-file.js';

/** Largest size of a model, bytes: a model of 500,000 nodes has 18 MB. */
const MAX_BYTES = 2 ** 30;

const GZIP = [0x1f, 0x8b] as const;

/** Reads model files; one instance per run, which reads each file once. */
export class ModelFiles {
  readonly #models = new Map<string, Model>();

  /**
   * Reads a model, `.onnx` or `.onnx.gz`.
   *
   * @throws CherenkitError INPUT_MISSING (66); MODEL_CORRUPT, MODEL_UNSUPPORTED (65)
   */
  read(path: string): Model {
    const known = this.#models.get(path);
    if (known) return known;
    const model = readModel(this.bytesOf(path), path);
    this.#models.set(path, model);
    return model;
  }

  /** Bytes of a file, decompressed. A program in a browser overrides it. */
  protected bytesOf(path: string): Uint8Array {
    try {
      const bytes = readFile(path, MAX_BYTES);
      return GZIP.every((byte, i) => bytes[i] === byte) ? gunzip(bytes, MAX_BYTES) : bytes;
    } catch (cause) {
      const { code, message } = cause as Error & { readonly code?: string };
      if (code === 'ENOENT') {
        const missing = `${path}: the model does not exist. Check the path.`;
        throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, missing, { cause });
      }
      if (code === 'NOT_A_FILE') {
        const wrongKind = `${path}: ${message}. Expected a model file.`;
        throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, wrongKind, { cause });
      }
      const unreadable = `${path}: the model cannot be read (${message}). Expected an ONNX file, which may be compressed with gzip.`;
      throw new CherenkitError('MODEL_CORRUPT', ExitCode.BAD_INPUT, unreadable, { cause });
    }
  }
}

/** Token of the service that reads model files. */
export const MODEL_FILES = serviceToken<ModelFiles>('ml.ModelFiles');

/** The service that reads model files. */
export const modelFiles = service(MODEL_FILES, [], ModelFiles);
