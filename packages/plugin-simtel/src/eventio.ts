/**
 * Access to sim_telarray files below the event model: EventIO objects, the object types of sim_telarray, and files as header
 * and events.
 *
 * | Layer | Reading | Writing |
 * |---|---|---|
 * | objects of any EventIO file | {@link eventioObjects}, {@link inspectEventio} | {@link EventioWriter} |
 * | object types of sim_telarray | `RUN_HEADER.read(object)`, ... | `RUN_HEADER.write(writer, header)`, ... |
 * | header and events | {@link SimtelFile} | {@link SimtelFileWriter} |
 * | Cherenkit's event model | `SimTelEventSource` | {@link SimtelRunWriter} |
 */
export { inspectEventio, type EventioNode } from './eventio/inspect-eventio.js';
export { SimtelError, type SimtelErrorCode, type SimtelErrorLocation } from './eventio/simtel-error.js';
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
