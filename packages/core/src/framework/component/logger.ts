import { serviceToken } from './service.js';

/** Log levels, least severe first. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Receives the messages of components. The program decides where they go. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
  /** Returns a logger whose messages are prefixed with `name`, after the name of this logger. */
  child(name: string): Logger;
}

/** The logger of the run. */
export const LOGGER = serviceToken<Logger>('cherenkit.Logger');

/** A logger that passes each message at or above `threshold` to a function, with its level and the name of the logger. */
export class FunctionLogger implements Logger {
  constructor(
    private readonly write: (level: LogLevel, message: string, name: string) => void,
    private readonly threshold: LogLevel = 'debug',
    private readonly name = '',
  ) {}

  debug(message: string): void {
    this.log('debug', message);
  }

  info(message: string): void {
    this.log('info', message);
  }

  warning(message: string): void {
    this.log('warning', message);
  }

  error(message: string): void {
    this.log('error', message);
  }

  child(name: string): Logger {
    return new FunctionLogger(this.write, this.threshold, this.name ? `${this.name}.${name}` : name);
  }

  private log(level: LogLevel, message: string): void {
    if (LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(this.threshold)) this.write(level, message, this.name);
  }
}

/** A logger that discards all messages: the default. */
export const SILENT_LOGGER: Logger = new FunctionLogger(() => undefined, 'error');
