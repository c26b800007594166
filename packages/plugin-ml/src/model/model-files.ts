import { CherenkitError, ExitCode, service, serviceToken } from '@cherenkit/core';
import { gunzip, readFile } from '#model-host';
import type { GraphRunner, RunningGraph } from '../graphs/graph-runner.js';
import { checkPredictions, readModel, type Model } from './model-file.js';

/** Largest size of a model, bytes: a model of 500,000 nodes has 18 MB. */
const MAX_BYTES = 2 ** 30;

const GZIP = [0x1f, 0x8b] as const;

/** A graph of a model that is only described. */
const NOT_EVALUATED: RunningGraph = { run: () => new Float32Array(0) };

/** Reads model files; one instance per run, which reads each file once. */
export class ModelFiles {
  readonly #models = new Map<string, Model>();

  /**
   * Reads a model, `.onnx` or `.onnx.gz`, and checks that it can be evaluated.
   *
   * @param runner - evaluates graphs that are no tree ensembles; undefined: these are refused
   * @throws CherenkitError INPUT_MISSING (66); MODEL_CORRUPT, MODEL_UNSUPPORTED (65)
   */
  read(path: string, runner?: Pick<GraphRunner, 'open'>): Model {
    const known = this.#models.get(path);
    if (known) return known;
    const model = readModel(this.bytesOf(path), path, runner);
    checkPredictions(model, path);
    this.#models.set(path, model);
    return model;
  }

  /**
   * Reads a model to describe it: graphs that are no tree ensembles are not evaluated.
   *
   * @throws as `read`
   */
  describe(path: string): Model {
    return readModel(this.bytesOf(path), path, { open: () => NOT_EVALUATED });
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
