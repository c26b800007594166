import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in array buffers that are in use: without garbage, so that the number does not depend on when it is collected. */
export function liveBuffers(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
