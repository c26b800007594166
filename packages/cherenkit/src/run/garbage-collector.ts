import { clearInterval, setInterval } from 'node:timers';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Size at which the memory for new objects stops growing, bytes. */
const LARGEST_NEW_SPACE = 16_000_000;
/** Time between checks of that size, ms. */
const CHECK_INTERVAL = 200;

/**
 * Adapts the garbage collector to runs of many events, whose waveforms are outside of a small heap, until it is disposed. For a program
 * of its own: the settings apply to the whole process.
 */
export function adaptGarbageCollector(): Disposable {
  // With V8's default, each few megabytes of waveforms trigger a garbage collection of the whole heap, which takes a quarter of the
  // time of a run.
  setFlagsFromString('--heap-growing-percent=150');
  // V8 doubles the memory for new objects again and again in long runs, up to 100 MB. They are not faster for it.
  const timer = setInterval(() => {
    const newSpace = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (newSpace === undefined || newSpace.space_size < LARGEST_NEW_SPACE) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, CHECK_INTERVAL);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
