import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TemporaryFolder } from '@cherenkit/testing';
import { cropCameras } from './crop-cameras.js';
import { cherenkit } from '../support/run-command.js';

/** Toy model runs of the corpus, as arguments of `cherenkit simulate`. */
const TOY_RUNS: Readonly<Record<string, readonly string[]>> = {
  'chec.simtel': ['--array', 'chec', '-n', '2', '--calibration', '1', '-t', '1,2'],
  'lst.simtel': ['--array', 'lst', '-n', '2', '--calibration', '2', '-t', '1,2,3'],
  'north.simtel.gz': ['--array', 'north', '-n', '2', '-t', '1,2,5,6'],
};
/** The size of the cameras that is kept. */
const N_PIXELS = 169;
const N_SAMPLES = 20;

const CONFIGURATIONS: Readonly<Record<string, string>> = {
  'run.yaml': `# A run over gammas
EventSource:
  max_events: 5
  allowed_tels: [1, 2, 5]
SimTelEventSource:
  focal_length_choice: EQUIVALENT
CameraCalibrator:
  image_extractor_type:
    - [type, "*", NeighborPeakWindowSum]
    - [type, "LST*", FixedWindowSum]
  FixedWindowSum: { window_width: 5, peak_index: [[type, "*", 8], [id, 1, 9]] }
ImageProcessor:
  image_cleaner_type: TailcutsImageCleaner
  TailcutsImageCleaner:
    picture_threshold_pe:
      - [type, "*", 7.5]
      - [type, "LST_*", 8]
      - [id, 5, 9]
    boundary_threshold_pe: 4
    keep_isolated_pixels: true
  ImageQualityQuery:
    quality_criteria:
      - [size, "image.sum() > 60"]
ShowerProcessor:
  reconstructor_types: [HillasReconstructor]
HDF5DataWriter:
  write_dl2: true
  image_dtype: int32
  Contact:
    name: Ada
    email: "ada@example.org"
`,
  'run.toml': `[EventSource]
max_events = 5
allowed_tels = [1, 2, 5]

[TailcutsImageCleaner]
picture_threshold_pe = [["type", "*", 7.5], ["id", 5, 9]]
boundary_threshold_pe = 4

[HDF5DataWriter.Contact]
name = "Ada"
`,
  'run.json': `{
  "EventSource": { "max_events": 5 },
  "ImageProcessor": {
    "TailcutsImageCleaner": { "picture_threshold_pe": [["type", "*", 7.5], ["id", 5, 9]] }
  },
  "HDF5DataWriter": { "write_dl2": true, "Contact": { "name": "Ada" } }
}
`,
};

/** Files that are damaged. */
export interface Corpus extends Disposable {
  readonly names: readonly string[];
  readonly pathOf: (name: string) => string;
  /** Whether the undamaged file is refused, since it has no complete header. */
  readonly isRefused: (name: string) => boolean;
}

/**
 * Writes the files of the corpus to a temporary folder: toy model runs and configurations.
 *
 * @param realFiles - folder with files of sim_telarray to add
 */
export async function makeCorpus(realFiles?: string): Promise<Corpus> {
  const folder = new TemporaryFolder();
  const paths = new Map<string, string>();
  for (const [name, args] of Object.entries(TOY_RUNS)) {
    const { exitCode, stderr } = await cherenkit(['simulate', '-o', name, '--seed', '7', ...args], folder.path);
    if (exitCode !== 0) throw new Error(`cherenkit simulate failed: ${stderr}`);
    const cropped = await cropCameras(folder.join(name), N_PIXELS, N_SAMPLES);
    writeFileSync(folder.join(name), name.endsWith('.gz') ? gzipSync(cropped) : cropped);
    paths.set(name, folder.join(name));
  }
  for (const [name, text] of Object.entries(CONFIGURATIONS)) {
    writeFileSync(folder.join(name), text);
    paths.set(name, folder.join(name));
  }
  const real = realFiles === undefined ? [] : readdirSync(realFiles).filter((name) => /\.simtel\b/.test(name));
  for (const name of real) paths.set(name, join(realFiles ?? '', name));
  return {
    names: [...paths.keys()],
    pathOf(name) {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`The corpus has no ${name}.`);
      return path;
    },
    isRefused: (name) => name.startsWith('test_camorganv2'),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
