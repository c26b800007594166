import { EventioObject } from '../eventio/eventio-object.js';
import type { ReadingContext } from '../eventio/reading-context.js';
import type { CameraState, SimtelEvent } from '../file/simtel-event.js';
import type { SimtelHeader } from '../file/simtel-header.js';
import type { SimtelRun } from '../file/simtel-run.js';

/** An EventIO object as plain data; its payload is a range of the memory of the block. */
interface PackedObject extends Pick<EventioObject, 'header' | 'offset' | 'payloadOffset' | 'littleEndian'> {
  readonly begin: number;
}

/** An event as the objects from which it is read. */
export interface PackedEvent {
  readonly objects: readonly PackedObject[];
  /** Calibrations in effect, by telescope id. */
  readonly cameras: ReadonlyMap<number, PackedCamera>;
}

/** Calibration of a camera. Its arrays are in shared memory, so that they are not copied with each block. */
export interface PackedCamera {
  /** Identifies the state among all of the file. */
  readonly number: number;
  readonly state: CameraState;
}

/** Events of one run as plain data. */
export interface PackedEvents {
  /** Number of the run in the file, from 0. */
  readonly run: number;
  /** Header of the run; undefined for the first one, which all readers of the file have. */
  readonly header: SimtelHeader | undefined;
  /** Events of the file before these. */
  readonly firstEvent: number;
  /** Events without an id before these. */
  readonly eventsWithoutId: number;
  readonly events: readonly PackedEvent[];
}

/** An event whose objects are not yet packed. */
interface AddedEvent extends Pick<PackedEvent, 'cameras'> {
  readonly objects: readonly EventioObject[];
}

/** Packs events of one run after the other. */
export class EventPacker {
  #added: AddedEvent[] = [];
  #nBytes = 0;
  #eventsWithoutId = 0;
  #firstEvent = 0;
  #firstWithoutId = 0;
  readonly #packedCameras = new WeakMap<CameraState, PackedCamera>();
  #nCameras = 0;
  readonly #free: ArrayBuffer[] = [];

  /** Size of the payloads, bytes. */
  get nBytes(): number {
    return this.#nBytes;
  }

  add(event: SimtelEvent, objects: readonly EventioObject[]): void {
    const { telescopes, eventId } = event.recorded;
    const cameras = new Map(Array.from(telescopes, ([telId, { camera }]) => [telId, this.#packCamera(camera)]));
    this.#added.push({ objects, cameras });
    this.#nBytes += objects.reduce((sum, { payload }) => sum + payload.length, 0);
    if (eventId === 0) this.#eventsWithoutId++;
  }

  /** Counts an event that is not packed; before the first one that is. */
  skip({ recorded: { eventId } }: SimtelEvent): void {
    this.#firstEvent++;
    if (eventId === 0) this.#firstWithoutId = ++this.#eventsWithoutId;
  }

  /** Returns the events added since the last call, and their payloads, in memory of `recycle` as far as there is any. */
  take({ header }: SimtelRun, run: number): { readonly packed: PackedEvents; readonly payloads: ArrayBuffer } {
    const payloads = this.#allocate(this.#nBytes);
    const bytes = new Uint8Array(payloads);
    let end = 0;
    const events = this.#added.map(({ objects, cameras }) => ({
      objects: objects.map(({ header, offset, payloadOffset, littleEndian, payload }) => {
        bytes.set(payload, end);
        end += payload.length;
        return { header, offset, payloadOffset, littleEndian, begin: end - payload.length };
      }),
      cameras,
    }));
    const packed = {
      run,
      header: run === 0 ? undefined : header,
      firstEvent: this.#firstEvent,
      eventsWithoutId: this.#firstWithoutId,
      events,
    };
    this.#firstEvent += events.length;
    this.#firstWithoutId = this.#eventsWithoutId;
    this.#added = [];
    this.#nBytes = 0;
    return { packed, payloads };
  }

  /** Uses the memory of events that are no longer needed. */
  recycle(payloads: readonly ArrayBuffer[]): void {
    this.#free.push(...payloads);
  }

  #allocate(size: number): ArrayBuffer {
    const free = this.#free.pop();
    // A little more than needed, since blocks of a file have similar sizes.
    return free !== undefined && free.byteLength >= size ? free : new ArrayBuffer(Math.ceil(1.25 * size));
  }

  #packCamera(camera: CameraState): PackedCamera {
    let packed = this.#packedCameras.get(camera);
    if (packed === undefined) {
      const { pedestal, calibration } = camera;
      const state = {
        pedestal: pedestal && inSharedMemory(pedestal),
        calibration: calibration && inSharedMemory(calibration),
      };
      packed = { number: this.#nCameras++, state };
      this.#packedCameras.set(camera, packed);
    }
    return packed;
  }
}

/** A copy whose arrays are in shared memory. */
function inSharedMemory<T extends object>(data: T): T {
  const entries = Object.entries(data).map(([key, value]: [string, unknown]) => {
    if (!(value instanceof Float32Array)) return [key, value];
    const shared = new Float32Array(new SharedArrayBuffer(value.byteLength));
    shared.set(value);
    return [key, shared];
  });
  return Object.fromEntries(entries) as T;
}

/** Unpacks an object. */
export function unpackObject(
  { header, offset, payloadOffset, littleEndian, begin }: PackedObject,
  bytes: Uint8Array,
  context: ReadingContext,
): EventioObject {
  const payload = bytes.subarray(begin, begin + header.length);
  return new EventioObject(header, offset, payloadOffset, payload, littleEndian, context);
}
