import { serviceToken } from '../framework/component/index.js';
import type { ConfigLayer } from '../framework/configuration/index.js';
import type { Run } from './run.js';

/** Prepares further runs, for tools that plan runs of other tools, or that look at their own input. */
export interface ToolRuns {
  /**
   * Prepares a run with the configuration files of this one, and with its options if it is the same tool. The caller disposes the
   * run.
   *
   * @param tool - class of the tool
   * @param layers - further layers
   * @throws ConfigurationError; see `Run.prepare`
   */
  prepare(tool: string, layers?: readonly ConfigLayer[]): Promise<Run>;
}

/** The runs of other tools. */
export const TOOL_RUNS = serviceToken<ToolRuns>('cherenkit.ToolRuns');
