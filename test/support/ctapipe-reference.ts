import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { REPOSITORY_ROOT } from './repository-root.js';
import { TEST_DATA } from './test-data.js';

/** ctapipe's results for a real file. Test files declare the types of the parts that they read. */
export interface CtapipeReference<Event = unknown> {
  focal_length_choice: 'EFFECTIVE' | 'EQUIVALENT';
  skip_calibration_events: boolean;
  /** Traits of the event source. */
  options?: { allowed_tels?: number[]; select_gain?: boolean };
  subarray: {
    name: string;
    reference_location: { lon_deg: number; lat_deg: number; height_m: number };
    tels: Record<string, ReferenceTelescope>;
  };
  cameras: Record<string, ReferenceCamera>;
  events: Event[];
}

export interface ReferenceTelescope {
  str: string;
  name: string;
  camera: string;
  position_m: [number, number, number];
  optics: {
    name: string;
    size_type: 'LST' | 'MST' | 'SST' | 'UNKNOWN';
    reflector_shape: 'UNKNOWN' | 'PARABOLIC' | 'DAVIES_COTTON' | 'HYBRID' | 'SCHWARZSCHILD_COUDER';
    n_mirrors: number;
    n_mirror_tiles: number;
    mirror_area_m2: number;
    equivalent_focal_length_m: number;
    effective_focal_length_m: number | null;
  };
  readout: {
    sampling_rate_ghz: number;
    n_channels: number;
    n_samples: number;
    reference_pulse_shape: [number, number];
    reference_pulse_sample_width_ns: number;
  };
}

export interface ReferenceCamera {
  name: string;
  n_pixels: number;
  pix_type: 'hexagon' | 'square' | 'circle';
  pix_x_m: number[];
  pix_y_m: number[];
  pix_area_m2_sum: number;
  pix_rotation_deg: number;
  neighbor_pairs: number;
  neighbor_counts: number[];
  border_width1: number;
  border_width2: number;
}

/** Names of the reference files in $CHERENKIT_TEST_DATA; empty if it is not set. */
export function referenceNames(): string[] {
  if (TEST_DATA === undefined) return [];
  return readdirSync(join(TEST_DATA, 'reference'))
    .filter((file) => file.endsWith('.json.gz') && !file.startsWith('extractors'))
    .map((file) => file.slice(0, -'.json.gz'.length))
    .sort();
}

/** The reference of a real file. */
export function readReference<Event = unknown>(name: string): CtapipeReference<Event> {
  const bytes = readFileSync(join(TEST_DATA ?? '', 'reference', `${name}.json.gz`));
  return JSON.parse(gunzipSync(bytes).toString()) as CtapipeReference<Event>;
}

/** The simulation file of a reference; variants (`calib_events.calibration`) share it. */
export function simulationFile(name: string): string {
  const folder = join(TEST_DATA ?? '', 'data');
  const stem = name.split('.')[0];
  const file = readdirSync(folder).find((candidate) => candidate.split('.')[0] === stem);
  if (file === undefined) throw new Error(`There is no simulation file for ${name} in ${folder}.`);
  return join(folder, file);
}

/** A small reference file of test/reference, which also contains the script that wrote it. */
export function readCheckedIn(file: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', file), 'utf8'));
}
