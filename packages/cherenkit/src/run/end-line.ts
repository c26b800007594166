import { formatMessage } from './run-log.js';
import type { RunEnd } from './run-report.js';
import { usedResources } from './used-resources.js';

/** The last line on standard error with `--log-format json`: how a run ended, and what it used. */
export function endLine({ message, ...end }: RunEnd): string {
  const level = end.exitCode === 0 ? 'info' : 'error';
  return formatMessage({ level, message, more: { ...end, ...usedResources() } }, 'json');
}
