export { logFactorial } from './log-factorial.js';
export { philox4x32 } from './philox.js';
export { RandomStream } from './random-stream.js';
