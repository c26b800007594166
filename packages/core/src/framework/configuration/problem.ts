import { CherenkitError, counted, ExitCode, printable } from '@cherenkit/errors';
import { shorten } from '../component/quote-value.js';

/** A position in a configuration: file, line and column (from 1); an option; or a path within an object. */
export interface Position {
  /** File name, option as typed, or path within an object: `config.ImageProcessor`. */
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
}

/** An error or a warning about a configuration. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** One line: what was found, what was expected, and the nearest valid spelling, if any. */
  readonly message: string;
  /** Undefined if no position is the cause: for a default or a missing value. */
  readonly at?: Position | undefined;
}

/** A mistake in the value of a trait. */
export interface ValueMistake {
  /** Keys and indices that lead to the mistake within the value. */
  readonly path: readonly string[];
  /** What was expected and what was found. */
  readonly statement: string;
  /** Returns the end of the message, such as the nearest valid spelling. Expensive, so computed when the message is read. */
  readonly hint: () => string;
}

/** Limit of the number of listed problems; further ones are counted. */
export const MAX_LISTED_PROBLEMS = 50;

/** The errors and warnings of a check, one per line. Exit code 2. */
export class ConfigurationError extends CherenkitError {
  override readonly name = 'ConfigurationError';

  /**
   * @param problems - errors and warnings, sorted
   * @param rest - last line of the message: the number of further problems
   */
  constructor(
    readonly problems: readonly Problem[],
    rest?: string,
  ) {
    const lines = [...problems.map(formatProblem), ...(rest === undefined ? [] : [rest])];
    super('CONFIGURATION_INVALID', ExitCode.USAGE, lines.join('\n'));
  }
}

/** Formats a problem: `run.yaml:3:5: error: ...`. */
export function formatProblem({ at, severity, message }: Problem): string {
  return `${at ? `${formatPosition(at)}: ` : ''}${severity}: ${printable(message)}`;
}

/** Formats a problem for a logger, whose lines begin with the severity: `run.yaml:3:5: ...`. */
export function describeProblem({ at, message }: Problem): string {
  return `${at ? `${formatPosition(at)}: ` : ''}${printable(message)}`;
}

/** Longer options are truncated in messages. */
const MAX_SOURCE_LENGTH = 200;

/** Formats a position: `run.yaml:3:5`. */
export function formatPosition({ source, line, column }: Position): string {
  return [printable(shorten(source, MAX_SOURCE_LENGTH)), line, column].filter((part) => part !== undefined).join(':');
}

/** A problem whose message ends with a hint that is computed when the message is read. */
class FoundProblem implements Problem {
  constructor(
    readonly severity: Problem['severity'],
    readonly at: Position | undefined,
    readonly statement: string,
    private readonly hint: () => string,
  ) {}

  get message(): string {
    return this.statement + this.hint();
  }
}

/** Collects problems. Hints are computed for the listed ones only, so collecting many is cheap. */
export class ProblemList {
  readonly problems: Problem[] = [];

  /** @param hint - returns the end of the message */
  error(at: Position | undefined, statement: string, hint: () => string = () => ''): void {
    this.problems.push(new FoundProblem('error', at, statement, hint));
  }

  /** @param hint - returns the end of the message */
  warn(at: Position | undefined, statement: string, hint: () => string = () => ''): void {
    this.problems.push(new FoundProblem('warning', at, statement, hint));
  }
}

/**
 * Sorts problems by source, line and column, those without a position last, removes duplicates, and throws if there are errors.
 *
 * @returns the warnings, if there are no errors: at most `MAX_LISTED_PROBLEMS`, and a last one that counts the others
 * @throws ConfigurationError with at most `MAX_LISTED_PROBLEMS` errors and warnings, and the number of the others
 */
export function throwErrors(problems: readonly Problem[]): readonly Problem[] {
  const sorted = sort([...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]);
  const ofSeverity = (severity: Problem['severity']): Problem[] => sorted.filter((each) => each.severity === severity);
  const [errors, warnings] = [ofSeverity('error'), ofSeverity('warning')];
  // Errors are listed before warnings if the limit is reached.
  const listed = new Set([...errors, ...warnings].slice(0, MAX_LISTED_PROBLEMS));
  const plain = sorted.filter((problem) => listed.has(problem)).map(plainProblem);
  const omitted = [errors, warnings].map((all) => all.filter((problem) => !listed.has(problem)).length);
  const rest = countText(omitted);
  if (errors.length > 0) throw new ConfigurationError(plain, rest);
  return rest === undefined ? plain : [...plain, { severity: 'warning', message: rest }];
}

function sort(problems: Problem[]): readonly Problem[] {
  const ranks = new Map<string, number>();
  for (const { at } of problems) if (at && !ranks.has(at.source)) ranks.set(at.source, ranks.size);
  const rank = ({ at }: Problem): number => (at && ranks.get(at.source)) ?? ranks.size;
  return problems.sort(
    (a, b) => rank(a) - rank(b) || (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
  );
}

/** Key for the removal of duplicates. */
function keyOf(problem: Problem): string {
  const { at, severity } = problem;
  const statement = problem instanceof FoundProblem ? problem.statement : problem.message;
  return `${at ? formatPosition(at) : ''} ${severity} ${statement}`;
}

function plainProblem({ severity, at, message }: Problem): Problem {
  return { severity, at, message };
}

/** Formats the number of omitted problems: `120 more errors and 1 more warning, not listed here`; undefined for none. */
function countText([errors = 0, warnings = 0]: readonly number[]): string | undefined {
  const parts = [
    ...(errors > 0 ? [counted(errors, 'more error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'more warning')] : []),
  ];
  return parts.length > 0 ? `${parts.join(' and ')}, not listed here` : undefined;
}
