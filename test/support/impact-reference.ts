import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { EventSource } from 'cherenkit';
import { radians, type ShowerSite, type TemplateImage, type TemplateLibrary } from '@cherenkit/kernels';
import { readTemplateFile } from '@cherenkit/plugin-impact';
import { inTestData } from './test-data.js';

/** A telescope of an event: what enters ctapipe's likelihood. */
interface ReferenceImage {
  tel_id: number;
  camera: string;
  x_tilted_m: number;
  y_tilted_m: number;
  peak_x_rad: number;
  peak_y_rad: number;
  spe: number;
  pedestal: number;
  pixel_x_rad: number[];
  pixel_y_rad: number[];
  image: number[];
  time_ns: number[];
}

interface ReferenceEvent {
  event_id: number;
  azimuth_deg: number;
  zenith_rad: number;
  telescopes: ReferenceImage[];
  points: {
    parameters: number[];
    x_max_geometric: number;
    likelihood: number;
    goodness: number[];
    predictions?: { expected: number[] }[];
  }[];
  fits: { seed: number[]; fval: number; nfcn: number; seconds: number }[];
  tight: { fval: number; values: number[]; errors: number[] };
  'likelihood of a nan': number;
  'with time gradient (converged)': { parameters: number[]; likelihood: number }[];
}

/** ctapipe's results with templates that were made for it. */
export interface ImpactReference {
  events: ReferenceEvent[];
  interpolations: {
    camera: string;
    x_deg: number[];
    y_deg: number[];
    values: { energy: number; impact: number; x_max_difference: number; simplex: number; expected: number[] }[];
  };
  pixel_likelihood: Record<
    'signal' | 'expected' | 'approx' | 'numeric' | 'combined' | 'mean_gaussian' | 'chi_squared',
    number[]
  > & {
    spe: number;
    pedestal: number;
    mean_full: { expected: number[]; value: number[] };
  };
  atmosphere: { observatory_height_m: number };
}

/** Name and kind of templates of the references. */
export const IMPACT_REFERENCES = [
  ['south_lsts_v036', 'affine'],
  ['gamma_diffuse_north_alpha_600', 'curved'],
] as const;

/** Path of a file of a reference. */
export function impactFile(...parts: readonly string[]): string {
  return inTestData('reference', 'impact', ...parts);
}

/** Reads a reference. */
export function readImpactReference(name: string, kind: string): ImpactReference {
  return JSON.parse(gunzipSync(readFileSync(impactFile(`${name}.${kind}.json.gz`))).toString()) as ImpactReference;
}

/** An event of a reference, as the kernels use it. */
export interface PreparedReference {
  readonly event: ReferenceEvent;
  readonly images: readonly TemplateImage[];
  readonly site: ShowerSite;
}

/** Prepares the events of a reference, with the templates of its cameras and the atmosphere of its file. */
export async function prepareReference(name: string, kind: string): Promise<PreparedReference[]> {
  const { events, atmosphere } = readImpactReference(name, kind);
  await using source = await EventSource.open(inTestData('data', `${name}.simtel.zst`), { maxEvents: 1 });
  const profile = source.run.atmosphereDensityProfile;
  if (!profile) throw new Error(`${name} has no atmosphere.`);
  const libraries = new Map<string, TemplateLibrary>();
  for (const camera of new Set(events.flatMap(({ telescopes }) => telescopes.map((each) => each.camera)))) {
    libraries.set(camera, (await readTemplateFile(impactFile(kind, `${camera}.templates.h5`))).library);
  }
  return events.map((event) => ({
    event,
    images: event.telescopes.map((each) => ({
      x: each.x_tilted_m,
      y: each.y_tilted_m,
      peakX: each.peak_x_rad,
      peakY: each.peak_y_rad,
      pixelX: Float64Array.from(each.pixel_x_rad),
      pixelY: Float64Array.from(each.pixel_y_rad),
      charge: Float64Array.from(each.image),
      peakTime: Float64Array.from(each.time_ns),
      pedestalWidth: each.pedestal,
      speWidth: each.spe,
      templates: libraries.get(each.camera) as TemplateLibrary,
    })),
    site: {
      zenith: event.zenith_rad,
      azimuth: radians(event.azimuth_deg),
      height: atmosphere.observatory_height_m,
      atmosphere: profile,
    },
  }));
}
