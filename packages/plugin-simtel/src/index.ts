import { definePlugin } from '@cherenkit/core';
import { SimTelEventSource } from './source/sim-tel-event-source.js';
import { SimTelEventWriter } from './writer/sim-tel-event-writer.js';

export { inspectEventio, type EventioNode } from './eventio/inspect-eventio.js';
export { SimtelError, type SimtelErrorCode, type SimtelPlace } from './eventio/simtel-error.js';
export { EventioObject } from './eventio/eventio-object.js';
export { eventioObjects, MAX_OBJECT_SIZE, type EventioOptions } from './eventio/eventio-reader.js';
export { EventioWriter, type ObjectIdentity } from './eventio/eventio-writer.js';
export type { ObjectHeader } from './eventio/eventio-header.js';
export { PayloadReader, type SimtelTime } from './eventio/payload-reader.js';
export { ReadingContext } from './eventio/reading-context.js';
export * from './objects/index.js';
export { EventAssembler } from './file/event-assembler.js';
export { SimtelFile, type SimtelFileOptions } from './file/simtel-file.js';
export { type CameraState, type RecordedEvent, type SimtelEvent, type TelescopeEvent } from './file/simtel-event.js';
export { type SimtelHeader, type TelescopeSettings } from './file/simtel-header.js';
export { SimtelFileWriter } from './file/simtel-file-writer.js';
export { SimtelRunWriter, type SimtelRunWriterOptions } from './writer/simtel-run-writer.js';
export { SimTelEventSource, SimTelEventWriter };

export default definePlugin({ name: 'simtel', apiVersion: 1, components: [SimTelEventSource, SimTelEventWriter] });
