import { definePlugin } from '@cherenkit/core';
import { PlanTool } from './plan/plan-tool.js';
import { VerifyTool } from './verify/verify-tool.js';
import {
  WorkflowCwlTool,
  WorkflowNextflowTool,
  WorkflowSlurmTool,
  WorkflowSnakemakeTool,
} from './workflow/workflow-engines.js';
import { WorkflowTool } from './workflow/workflow-tool.js';

export { divideEvents, type EventRanges } from './plan/divide-events.js';
export { divideInput, type DividedInput, type ShardSize } from './plan/divide-input.js';
export { filesOfRuns, type RunFiles } from './plan/files-of-run.js';
export { expectedSeconds, proposedResources, readRunReports, type EarlierRuns } from './plan/run-reports.js';
export { inputNames } from './plan/shard-names.js';
export { arrayText } from './verify/array-text.js';
export { PlanTool, VerifyTool, WorkflowCwlTool, WorkflowNextflowTool, WorkflowSlurmTool, WorkflowSnakemakeTool };

export default definePlugin({
  name: 'production',
  apiVersion: 1,
  bases: [WorkflowTool],
  components: [PlanTool, VerifyTool, WorkflowCwlTool, WorkflowNextflowTool, WorkflowSlurmTool, WorkflowSnakemakeTool],
});
