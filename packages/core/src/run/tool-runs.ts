import { serviceToken } from '../framework/component/index.js';
import type { ConfigLayer } from '../framework/configuration/index.js';
import type { Run } from './run.js';

/** Prepares runs of other tools, for tools that plan them. */
export interface ToolRuns {
  /**
   * Prepares a run of another tool with the configuration files of this one. The caller disposes the run.
   *
   * @param tool - class of the tool
   * @param layers - further layers
   * @throws ConfigurationError; see `Run.prepare`
   */
  prepare(tool: string, layers?: readonly ConfigLayer[]): Promise<Run>;
}

/** The runs of other tools. */
export const TOOL_RUNS = serviceToken<ToolRuns>('cherenkit.ToolRuns');
