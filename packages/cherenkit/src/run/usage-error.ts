import { didYouMean, printable, printableLines } from '@cherenkit/errors';

/** Error of oclif for a command line that cannot be parsed. */
export interface UsageError extends Error {
  readonly oclif: { readonly exit?: unknown };
  readonly parse?: {
    readonly input?: {
      readonly argv?: readonly string[];
      readonly flags?: Readonly<Record<string, { readonly allowNo?: boolean }>>;
    };
  };
  /** Missing arguments. */
  readonly args?: readonly {
    readonly name?: string;
    readonly description?: string;
    readonly options?: readonly string[];
  }[];
  /** End of the first line, added by a command: replaces the suggestion of the nearest flag. */
  hint?: string;
}

// oclif uses 2 for usage errors, like ExitCode of core.
const USAGE = 2;

/** Whether oclif rejected the command line. Its parser and its command lookup use exit code 2, other errors do not. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && 'oclif' in error && (error.oclif as UsageError['oclif']).exit === USAGE;
}

/** Returns the names of the flags that a command does not have, without dashes; empty for other errors. */
export function unknownFlags({ message }: UsageError): readonly string[] {
  const [, list = ''] = /^Nonexistent flags?: (.*)$/m.exec(message) ?? [];
  return list.split(', ').flatMap((flag) => /^--?([\w-]+)/.exec(flag)?.[1] ?? []);
}

/** Describes an invalid command line in the words of other messages: place, expected and found value, suggestion. */
export function describeUsageError(error: UsageError): string {
  return `error: ${statementOf(error)}\nSee more help with --help\n`;
}

type Rule = readonly [pattern: RegExp, statement: (error: UsageError, ...groups: string[]) => string];

/** Messages of oclif's parser, and ours. */
const RULES: readonly Rule[] = [
  [
    /^Nonexistent flags?: (.*)$/m,
    (error, list) => `unknown ${plural('flag', list)} ${shortened(list)}${flagHint(error)}`,
  ],
  [/^Flag (--\S+) expects a value$/m, (_, flag) => `${flag}: expected a value, found none`],
  [
    /^Flag (--\S+) expects one of these values: (.*)$/m,
    (_, flag, list) => `${flag}: expected ${anyOf(list)}, found none`,
  ],
  [/^Expected (--[^\s=]+)=(.*) to be one of: (.*)$/m, (_, flag, value, list) => `${flag}: ${choice(value, list)}`],
  [/^Expected (.*) to be one of: (.*)$/m, (_, value, list) => choice(value, list)],
  [
    /^Parsing (--\S+)\s+Expected (.*) but received: (.*)$/m,
    (_, flag, type, value) => `${flag}: expected ${type}, found ${JSON.stringify(value)}`,
  ],
  [/^Parsing (--\S+)\s+([^]*?)(?:\nSee more help.*)?$/, (_, flag, reason) => `${flag}: ${reason}`],
  [
    /^Missing \d+ required args?/,
    ({ args = [] }) =>
      `missing ${plural('argument', args.map(({ name }) => name).join(', '))}: ${args.map(describeArgument).join('; ')}`,
  ],
  [/^Unexpected arguments?: (.*)$/m, describeUnexpected],
  [/^Flag (--\S+) can only be specified once$/m, (_, flag) => `${flag} is given twice; remove one of them`],
  [
    /All of the following must be provided when using (--\S+): (--\S+)/,
    (_, flag, needed) => `${flag} requires ${needed}`,
  ],
  [/Missing required flag (\S+)/, (_, flag) => `missing flag --${flag}`],
];

function statementOf(error: UsageError): string {
  const message = printableLines(error.message);
  for (const [pattern, statement] of RULES) {
    const found = pattern.exec(message);
    if (found) return statement(error, ...found.slice(1));
  }
  return message.replace(/\nSee more help with --help$/, '');
}

function describeUnexpected({ parse }: UsageError, list = ''): string {
  const { argv = [], flags = {} } = parse?.input ?? {};
  const [value = ''] = list.split(', ');
  // To oclif, the value of a flag that takes none is an argument.
  const [, name] = argv.map((word) => /^--([\w-]+)=(.*)$/s.exec(word)).find((found) => found?.[2] === value) ?? [];
  if (name !== undefined) {
    const forms = flags[name]?.allowNo ? `--${name} or --no-${name}` : `--${name}`;
    return `--${name} takes no value, found ${JSON.stringify(value)}; write ${forms}`;
  }
  const hint = hintOfUnexpected(list, 'input' in flags);
  return `unexpected ${plural('argument', list)}: ${shortened(list)}${hint}`;
}

/** @param hasInput - whether the command has the flag `--input` */
function hintOfUnexpected(list: string, hasInput: boolean): string {
  if (/\.fits\.fz\b/.test(list)) {
    return '; give one file: those of the same run are read with its first one, of stream 1';
  }
  return hasInput ? '; the input is given as --input FILE' : '';
}

function choice(value: string, list: string): string {
  return `expected ${anyOf(list)}, found ${JSON.stringify(value)}${didYouMean(value, list.split(', '))}`;
}

function anyOf(list: string): string {
  return list.replace(/, ([^,]*)$/, ' or $1');
}

function plural(noun: string, list: string): string {
  return list.includes(', ') ? `${noun}s` : noun;
}

function describeArgument({ name = '', description = '', options }: NonNullable<UsageError['args']>[number]): string {
  return printable(
    `${name.toUpperCase()} (${description.replace(/\.$/, '')}${options ? `: ${options.join(', ')}` : ''})`,
  );
}

function flagHint(error: UsageError): string {
  if (error.hint !== undefined) return error.hint;
  const [flag] = unknownFlags(error);
  if (flag === undefined) return '';
  const flags = Object.entries(error.parse?.input?.flags ?? {});
  // Compared without dashes, which would make short names similar.
  const names = flags.flatMap(([name, { allowNo }]) => [name, ...(allowNo ? [`no-${name}`] : [])]);
  return didYouMean(flag, names).replace(/"(?=\w)/g, '"--');
}

/** Shortens a list of arguments: `--a, --b ... and 990 more`. */
function shortened(list: string): string {
  const all = list.split(', ');
  return all.length > 10 ? `${all.slice(0, 10).join(', ')} and ${all.length - 10} more` : list;
}
