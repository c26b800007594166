import { closeSync, openSync, writeSync } from 'node:fs';
import { exitCodeOf, printable, systemReason } from '@cherenkit/errors';
import { LOG_LEVELS } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, FunctionLogger, type Logger, type LogLevel } from '@cherenkit/core';
import { requireReader } from './require-reader.js';

/** Format of messages: lines for readers, or an object of JSON per line for programs. */
export type LogFormat = 'text' | 'json';

/** Destinations of log messages. */
export interface LogOptions {
  /** Minimum level of messages on the console; undefined for no messages. */
  readonly consoleLevel: LogLevel | undefined;
  /** Writes complete lines to the console. */
  readonly writeToConsole: (text: string) => void;
  /** Log file to append messages to. */
  readonly file?: string | undefined;
  /** Minimum level of messages in the log file. */
  readonly fileLevel: LogLevel;
  readonly format: LogFormat;
}

/** A log message. */
export interface LogMessage {
  readonly level: LogLevel;
  readonly message: string;
  /** Component. */
  readonly name?: string;
  /** Further members of the line in JSON. */
  readonly more?: object;
}

/** Logger of a run. Disposing it closes the log file. */
export interface RunLog extends Disposable {
  readonly logger: Logger;
}

/**
 * Opens the log of a run. Lines have ctapipe's format: time (UTC), level, component in brackets, message.
 *
 * @throws CherenkitError LOG_FILE_UNWRITABLE
 */
export function openRunLog({ consoleLevel, writeToConsole, file, fileLevel, format }: LogOptions): RunLog {
  const descriptor = file === undefined ? undefined : attempt(file, () => openLog(file));
  const atLeast = (level: LogLevel, least: LogLevel): boolean => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
  const logger = new FunctionLogger((level, message, name) => {
    const line = formatMessage({ level, message, name }, format);
    if (consoleLevel && atLeast(level, consoleLevel)) writeToConsole(line);
    if (descriptor !== undefined && atLeast(level, fileLevel)) attempt(file, () => writeSync(descriptor, line));
  });
  return {
    logger,
    [Symbol.dispose]: () => {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

/** A message of now as a line. */
export function formatMessage({ level, message, name = '', more }: LogMessage, format: LogFormat): string {
  const time = new Date().toISOString();
  if (format === 'json') return `${JSON.stringify({ time, level, ...(name && { name }), message, ...more })}\n`;
  return `${time.replace('T', ' ')} ${level.toUpperCase()}${name && ` [${name}]`}: ${printable(message)}\n`;
}

function openLog(file: string): number {
  requireReader(file);
  return openSync(file, 'a');
}

/** @throws CherenkitError LOG_FILE_UNWRITABLE if the step fails */
function attempt<T>(file: string | undefined, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const message = `Cannot write the log file ${file}: ${systemReason(cause)}. Choose another path for --log-file.`;
    throw new CherenkitError('LOG_FILE_UNWRITABLE', exitCodeOf(cause, ExitCode.CANNOT_CREATE), message, { cause });
  }
}
