import { FunctionLogger, LOGGER, printable, provide, type ProvidedService } from '@cherenkit/core';

/** A logger that prints warnings and errors to standard error, as `warning: text`: each once, as an input may be read twice. */
export function warningsOnStandardError(): ProvidedService {
  const printed = new Set<string>();
  const print = (level: string, message: string): void => {
    if (!printed.has(message)) process.stderr.write(`${level}: ${printable(message)}\n`);
    printed.add(message);
  };
  return provide(LOGGER, new FunctionLogger(print, 'warning'));
}
