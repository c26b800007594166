import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArrayEvent, EventSource as OpenSource } from '@cherenkit/core';
import type { GroupMark, Mark, Scene } from '@cherenkit/display';
import { createPipeline, EventSource, processEvent } from 'cherenkit';
import { inTestData } from './test-data.js';

export type Point = [x: number, y: number];

/** What a pixel of one of ctapipe's pictures looks like. */
export interface ReferencePixel {
  readonly pixel: number;
  readonly value: number;
  readonly data: Point;
  readonly rgba: [number, number, number, number];
}

/** What is where in a camera picture of ctapipe. */
export interface CameraPicture {
  readonly file: string;
  readonly event_id: number;
  readonly tel_id: number;
  readonly pixels_highlighted: number;
  readonly title: string;
  readonly x_label: string;
  readonly y_label: string;
  readonly frame: 'CameraFrame' | 'TelescopeFrame';
  readonly polygon_of_pixel_0: readonly Point[] | null;
  readonly colour_limits: Point;
  /** Name of the colour map. */
  readonly cmap?: string;
  readonly norm?: string;
  readonly pixels: Readonly<Record<string, ReferencePixel>>;
  readonly hillas?: ReferenceEllipse;
  readonly true_source?: { readonly data: Point };
}

export interface ReferenceEllipse {
  readonly centroid: Point;
  readonly half_length: number;
  readonly half_width: number;
  readonly 'head (centroid + length along psi)': Point;
  readonly tail: Point;
  readonly 'side (psi + 90 deg)': Point;
  readonly other_side: Point;
  readonly psi_wedge_ends: readonly Point[];
  readonly label: { readonly at: Point; readonly rotation_deg: number; readonly text: string };
}

/** What is where in all pictures of ctapipe. Test files declare the types of the parts that they read. */
export interface CtapipePictures {
  readonly pictures: Readonly<Record<string, unknown>>;
  readonly colour_maps: Readonly<Record<string, readonly string[]>>;
  readonly Paired: readonly string[];
}

export function readPictures(): CtapipePictures {
  const file = join(inTestData('reference'), 'pictures', 'pictures.json');
  return JSON.parse(readFileSync(file, 'utf8')) as CtapipePictures;
}

/** An event of a file, processed, and its source. */
export interface ProcessedEvent {
  readonly event: ArrayEvent;
  readonly source: OpenSource;
}

/** Opens a file with the effective focal length or, if the file does not have it, with the equivalent one. */
async function openFile(file: string): Promise<OpenSource> {
  const path = inTestData('data', file);
  try {
    return await EventSource.open(path);
  } catch {
    return EventSource.open(path, {}, { config: { SimTelEventSource: { focal_length_choice: 'EQUIVALENT' } } });
  }
}

/** Calls a function for each event of a file, processed with parameters in the telescope frame or in the camera frame. */
export async function forEachEvent(
  file: string,
  call: (processed: ProcessedEvent) => boolean | void,
  { useTelescopeFrame = true } = {},
): Promise<void> {
  await using source = await openFile(file);
  const config = { ImageProcessor: { use_telescope_frame: useTelescopeFrame } };
  await using pipeline = await createPipeline({ subarray: source.subarray, config });
  for await (const event of source) {
    processEvent(event, pipeline);
    if (call({ event, source }) === false) break;
  }
}

/** The event with an id. */
export async function eventOfFile(
  file: string,
  eventId: number,
  options?: { useTelescopeFrame?: boolean },
): Promise<ProcessedEvent> {
  let found: ProcessedEvent | undefined;
  await forEachEvent(
    file,
    (processed) => {
      if (processed.event.index.eventId !== eventId) return;
      found = processed;
      return false;
    },
    options,
  );
  if (found === undefined) throw new Error(`${file} has no event ${eventId}`);
  return found;
}

/** All marks of a scene, those of groups as well. */
function allMarks(marks: Scene['marks']): Exclude<Mark, GroupMark>[] {
  return marks.flatMap((mark) => (mark.kind === 'group' ? allMarks(mark.marks) : [mark]));
}

/** The marks of a kind. */
export function marksOf<K extends Mark['kind']>(scene: Scene, kind: K): Extract<Mark, { kind: K }>[] {
  return allMarks(scene.marks).filter((mark) => mark.kind === kind) as Extract<Mark, { kind: K }>[];
}
