/** Program of the worker threads that process events for `process --threads`. */
import {
  EVENT_FAILURES,
  EventFailures,
  FunctionLogger,
  LOGGER,
  provide,
  type EventBlock,
  type LogRecord,
} from '@cherenkit/core';
import { serveTasks, type TaskHandler } from '@cherenkit/io/node';
import type { MadePart, WorkerRequest } from './event-workers.js';
import { exitReason } from './interruption.js';
import { prepareRun } from './run-request.js';

await serveTasks(prepare, exitReason);

/** Prepares the run of the request and opens its input, as the thread that sends the blocks has done. */
async function prepare(request: WorkerRequest): Promise<TaskHandler<EventBlock, MadePart>> {
  let event = 0;
  let log: LogRecord[] = [];
  const logger = new FunctionLogger((level, message, name) => log.push({ event, level, message, name }));
  const { failFast, checkPlugins, tool: name } = request;
  // The first failures of all threads are logged by the one that adds them up.
  const failures = new EventFailures(failFast, undefined, checkPlugins);
  const run = await prepareRun(request, [provide(LOGGER, logger), provide(EVENT_FAILURES, failures)]);
  const source = await run.open();
  const process = await run.createTool(name).blockProcessor?.(source);
  if (process === undefined) throw new Error(`${name} does not process blocks of events.`);
  return {
    async run(block) {
      const { memory = [] } = block;
      event = 0;
      log = []; // of the preparation, which the other thread has logged, and of a block that failed
      try {
        const part = await process(block, () => event++);
        return { data: { made: { part, log }, memory }, transfer: [...part.rows.transfer, ...memory] };
      } catch {
        // The other thread processes the events itself and fails in the same way, but with what the events before have left.
        return { data: { made: undefined, memory }, transfer: memory };
      }
    },
  };
}
