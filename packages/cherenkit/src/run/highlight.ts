import type { WriteStream } from 'node:tty';

/** Members of a terminal stream that decide on colours. */
export type ColorStream = Pick<WriteStream, 'isTTY' | 'hasColors'>;

/** Words that are highlighted: the level of a log line, the start of an error message, and that of a listed problem. */
const WORDS = /^(\d{4}-\S+ \S+ )?(ERROR|WARNING|error(?:\[\w+\])?)(?=[: ])|(?<=: )(error|warning)(?=: )/gm;

/** Colours the words `error` (red) and `warning` (yellow) on a terminal with colours; the variable `NO_COLOR` disables it. */
export function highlight(text: string, stream: ColorStream): string {
  if (!stream.isTTY || process.env['NO_COLOR'] || !stream.hasColors()) return text;
  return text.replace(WORDS, (_all, time = '', level?: string, word?: string) => {
    const found = level ?? word ?? '';
    return `${String(time)}\x1b[${/^error/i.test(found) ? 31 : 33}m${found}\x1b[39m`;
  });
}
