import { definePlugin } from '@cherenkit/core';
import { PlanTool } from './plan/plan-tool.js';
import { VerifyTool } from './verify/verify-tool.js';

export { divideEvents, type EventRanges } from './plan/divide-events.js';
export { divideInput, type DividedInput, type ShardSize } from './plan/divide-input.js';
export { expectedSeconds, proposedResources, readRunReports, type EarlierRuns } from './plan/run-reports.js';
export { inputNames } from './plan/shard-names.js';
export { arrayText } from './verify/array-text.js';
export { PlanTool, VerifyTool };

export default definePlugin({
  name: 'production',
  apiVersion: 1,
  components: [PlanTool, VerifyTool],
});
