import { serviceToken } from './service.js';

export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where components say what people may want to read. What becomes of it is the program's business. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
  /** A logger whose messages carry a name, below the name of this one. */
  child(name: string): Logger;
}

export const LOGGER = serviceToken<Logger>('cherenkit.Logger');

/** A logger that hands each message of at least `threshold` to one function, with its level and the name of its origin. */
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

/** A logger that drops everything: the default of the library. */
export const SILENT_LOGGER: Logger = new FunctionLogger(() => undefined, 'error');
