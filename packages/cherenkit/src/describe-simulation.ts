import { byteCount } from './byte-count.js';
import type { SimulateSummary } from './simulate-file.js';

/** The closing words of a simulation, a line for people. */
export function describeSimulation(summary: SimulateSummary): string {
  const { outputPath, events, telescopeEvents, outputBytes, seconds } = summary;
  const counts = `${events} events, ${telescopeEvents} telescope events`;
  return `${outputPath}: ${counts}, ${byteCount(outputBytes)}, in ${seconds.toFixed(1)} s\n`;
}
