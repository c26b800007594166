import { closeSync, openSync, writeSync } from 'node:fs';
import { LOG_LEVELS } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, FunctionLogger, type Logger, type LogLevel } from '@cherenkit/core';

/** Where a run's messages go. */
export interface LogOptions {
  /** Least severe level that is shown on the console; undefined for none at all. */
  readonly consoleLevel: LogLevel | undefined;
  /** Takes finished lines for the console. */
  readonly writeToConsole: (text: string) => void;
  /** A file that messages are appended to. */
  readonly file?: string | undefined;
  readonly fileLevel: LogLevel;
}

/** A logger that writes to the console and, if asked to, to a file of its own level. */
export interface RunLog extends Disposable {
  readonly logger: Logger;
}

/**
 * Lines as ctapipe's: time (UTC), level, the component in brackets, message.
 *
 * @throws CherenkitError LOG_FILE_UNWRITABLE
 */
export function openRunLog({ consoleLevel, writeToConsole, file, fileLevel }: LogOptions): RunLog {
  const descriptor = file === undefined ? undefined : openLogFile(file);
  const atLeast = (level: LogLevel, least: LogLevel): boolean => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
  const logger = new FunctionLogger((level, message, name) => {
    const time = new Date().toISOString().replace('T', ' ');
    const line = `${time} ${level.toUpperCase()}${name && ` [${name}]`}: ${message}\n`;
    if (consoleLevel && atLeast(level, consoleLevel)) writeToConsole(line);
    if (descriptor !== undefined && atLeast(level, fileLevel)) writeSync(descriptor, line);
  });
  return {
    logger,
    [Symbol.dispose]: () => {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

function openLogFile(file: string): number {
  try {
    return openSync(file, 'a');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CherenkitError(
      'LOG_FILE_UNWRITABLE',
      ExitCode.CANNOT_CREATE,
      `The log file ${file} cannot be written (${reason}); give another path after --log-file.`,
      { cause: error },
    );
  }
}
