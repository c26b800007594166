import { CherenkitError, ExitCode } from '@cherenkit/core';

/** A template file that is damaged, or that has another content than expected. */
export function corruptTemplates(path: string, problem: string, cause?: unknown): CherenkitError {
  const message = `${path}: ${problem}. Expected image templates of cherenkit make-templates or of ctapipe; copy or make the file again.`;
  return new CherenkitError('TEMPLATES_CORRUPT', ExitCode.BAD_INPUT, message, { cause });
}
