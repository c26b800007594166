import { SILENT_LOGGER, type ArrayEvent, type BlockOptions, type EventBlock, type EventBlocks } from '@cherenkit/core';
import { ReadingContext } from '../eventio/reading-context.js';
import { EventAssembler } from '../file/event-assembler.js';
import type { CameraState, SimtelEvent } from '../file/simtel-event.js';
import type { SimtelFile } from '../file/simtel-file.js';
import type { SimtelHeader } from '../file/simtel-header.js';
import type { SimtelRun } from '../file/simtel-run.js';
import { objectName } from '../objects/object-types.js';
import type { ArrayEventBuilder } from './array-event-builder.js';
import { EventPacker, unpackObject, type PackedCamera, type PackedEvent, type PackedEvents } from './event-packer.js';
import type { FileRun, FileRuns } from './file-runs.js';

/** What blocks need of an open source. */
export interface BlockSource {
  readonly file: SimtelFile;
  readonly runs: FileRuns;
  readonly allowedTels: ReadonlySet<number> | undefined;
  readonly maxEvents: number;
  /** Range of the events that blocks contain. */
  readonly range: readonly [first: number, end: number];
  readonly createBuilder: () => ArrayEventBuilder;
  /** Handles an error in the file: returns if the events before it are kept. */
  readonly handle: (error: unknown, eventsRead: number) => void;
  /** Called at the end of a run. */
  readonly endRun: (run: SimtelRun, fileRun: FileRun) => void;
}

/** A block as the source that cut it has it. */
interface OwnBlock extends EventBlock {
  readonly packed: PackedEvents;
  readonly simtelRun: SimtelRun;
  readonly endsRun: boolean;
  /** The error that ended the reading after these events. */
  readonly failure?: { readonly error: unknown };
}

/** The run to which the events of blocks belong. */
interface CurrentRun {
  readonly number: number;
  readonly fileRun: FileRun;
  readonly assembler: EventAssembler;
}

/** The events of a sim_telarray file in blocks. A block has events of one run. */
export class SimtelBlocks implements EventBlocks {
  readonly #source: BlockSource;
  readonly #packer = new EventPacker();
  readonly #cameras = new Map<number, PackedCamera>();
  #builder: ArrayEventBuilder | undefined;
  #run: CurrentRun | undefined;

  constructor(source: BlockSource) {
    this.#source = source;
  }

  async *cut({ bytes }: BlockOptions): AsyncGenerator<EventBlock> {
    const { file, maxEvents, range } = this.#source;
    const [first, end] = range;
    const packer = this.#packer;
    let number = -1;
    let current: SimtelRun | undefined;
    file.context.eventsRead = 0;
    const take = (simtelRun: SimtelRun, end: Pick<OwnBlock, 'endsRun' | 'failure'>): OwnBlock => {
      const { packed, payloads } = packer.take(simtelRun, number);
      const data = end.failure === undefined ? packed : undefined;
      return { nEvents: packed.events.length, data, memory: [payloads], packed, simtelRun, ...end };
    };
    try {
      for await (const simtelRun of file.runs()) {
        number++;
        current = simtelRun;
        for await (const event of simtelRun.events()) {
          // Not before the next event: the end of a run has its shower distribution.
          if (file.context.eventsRead >= end) {
            yield take(simtelRun, { endsRun: false });
            return;
          }
          if (file.context.eventsRead < first) packer.skip(event);
          else packer.add(event, simtelRun.objectsOf(event));
          if (++file.context.eventsRead >= maxEvents) {
            yield take(simtelRun, { endsRun: false });
            return;
          }
          if (packer.nBytes >= bytes) yield take(simtelRun, { endsRun: false });
          if (packer.nBytes === 0) simtelRun.freeEvents();
        }
        yield take(simtelRun, { endsRun: true });
      }
    } catch (error) {
      if (current === undefined) throw error;
      yield take(current, { endsRun: false, failure: { error } });
    }
  }

  *read(block: EventBlock): Generator<ArrayEvent> {
    const { file, handle, createBuilder } = this.#source;
    const builder = (this.#builder ??= createBuilder());
    const { packed = block.data as PackedEvents, simtelRun, failure } = block as Partial<OwnBlock>;
    const context = new ReadingContext(file.context.file, objectName);
    context.eventsRead = packed.firstEvent;
    const [payloads = new Uint8Array(0)] = (block.memory ?? []).map((buffer) => new Uint8Array(buffer));
    try {
      const { fileRun, assembler } = this.#runOf(packed, simtelRun);
      builder.startAt(packed.firstEvent, packed.eventsWithoutId);
      for (const event of packed.events) {
        const simtelEvent = this.#unpack(event, payloads, assembler, context);
        yield builder.build(simtelEvent, fileRun);
        context.eventsRead++;
      }
      if (failure) throw failure.error;
    } catch (error) {
      handle(error, context.eventsRead);
    }
  }

  done(block: EventBlock): void {
    const { packed, memory = [], simtelRun, endsRun } = block as OwnBlock;
    const { fileRun } = this.#runOf(packed, simtelRun);
    if (endsRun) this.#source.endRun(simtelRun, fileRun);
    this.#packer.recycle(memory);
  }

  /** Begins the run of a block, unless it is that of the block before. */
  #runOf({ run, header }: PackedEvents, simtelRun: SimtelRun | undefined): CurrentRun {
    if (this.#run?.number === run) return this.#run;
    const { runs, allowedTels } = this.#source;
    const fileRun = simtelRun ? runs.begin(simtelRun) : this.#beginOther(header);
    const assembler = new EventAssembler(allowedTels, fileRun.header.telescopes);
    this.#run = { number: run, fileRun, assembler };
    return this.#run;
  }

  /** Begins a run whose blocks another thread cuts, which logs its warnings. */
  #beginOther(header: SimtelHeader | undefined): FileRun {
    const { runs, file } = this.#source;
    // Its events come from the other thread: the buffers of reading ahead are not needed.
    file[Symbol.asyncDispose]().catch(() => undefined);
    return runs.begin({ header: header ?? file.header, offset: 0 }, SILENT_LOGGER);
  }

  #unpack(
    { objects, cameras }: PackedEvent,
    bytes: Uint8Array,
    assembler: EventAssembler,
    context: ReadingContext,
  ): SimtelEvent {
    for (const [telId, camera] of cameras) assembler.setCamera(telId, this.#unpackCamera(telId, camera));
    for (const object of objects) assembler.add(unpackObject(object, bytes, context));
    const event = assembler.flush();
    if (event === undefined) throw new Error('A block of events has an event without data.');
    return event;
  }

  /** The copy of a state that was unpacked first: coefficients are computed once for each object. */
  #unpackCamera(telId: number, camera: PackedCamera): CameraState {
    const known = this.#cameras.get(telId);
    if (known?.number === camera.number) return known.state;
    this.#cameras.set(telId, camera);
    return camera.state;
  }
}
