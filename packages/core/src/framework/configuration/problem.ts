import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { shorten } from '../component/quote-value.js';

/** Where something of a configuration stands: a file with line and column (from 1), or an option, or a place in an object. */
export interface Position {
  /** The file's name, the option as it was typed, or the path within an object: `config.ImageProcessor`. */
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong with a configuration, or may not be meant. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** One line; what was found, what was expected, and the nearest right spelling where there is one. */
  readonly message: string;
  /** Missing where no place in the configuration is the cause: a default, a value that is missing. */
  readonly at?: Position | undefined;
}

/** One mistake in the value of a trait. */
export interface ValueMistake {
  /** The steps to its place within the value. */
  readonly path: readonly string[];
  /** What was expected, and what was found. */
  readonly statement: string;
  /** The end of the message, such as the nearest right spelling. It takes work, and is asked for when the message is read. */
  readonly remark: () => string;
}

/** More problems than these are counted, not listed. */
export const MOST_LISTED = 50;

/** The mistakes that a check has found in a configuration, a line each. Exit code 2. */
export class ConfigurationError extends CherenkitError {
  override readonly name = 'ConfigurationError';

  /**
   * @param problems - in the order to be read, warnings among them
   * @param rest - the last line of the message: how many more there are
   */
  constructor(
    readonly problems: readonly Problem[],
    rest?: string,
  ) {
    const lines = [...problems.map(formatProblem), ...(rest === undefined ? [] : [rest])];
    super('CONFIGURATION_INVALID', ExitCode.USAGE, lines.join('\n'));
  }
}

/** `run.yaml:3:5: error: ...` */
export function formatProblem({ at, severity, message }: Problem): string {
  return `${at ? `${formatPosition(at)}: ` : ''}${severity}: ${message}`;
}

/** Of an option that was typed, enough to find it. */
const LONGEST_SOURCE = 200;

/** `run.yaml:3:5` */
export function formatPosition({ source, line, column }: Position): string {
  return [shorten(source, LONGEST_SOURCE), line, column].filter((part) => part !== undefined).join(':');
}

/** A problem whose message ends with what takes work to find, such as the nearest spelling: that is done when it is read. */
class FoundProblem implements Problem {
  constructor(
    readonly severity: Problem['severity'],
    readonly at: Position | undefined,
    readonly statement: string,
    private readonly remark: () => string,
  ) {}

  get message(): string {
    return this.statement + this.remark();
  }
}

/** Collects problems, as many as there are: only those that are listed cost more than a few words. */
export class ProblemList {
  readonly problems: Problem[] = [];

  /** @param remark - the end of the message */
  error(at: Position | undefined, statement: string, remark: () => string = () => ''): void {
    this.problems.push(new FoundProblem('error', at, statement, remark));
  }

  /** @param remark - the end of the message */
  warn(at: Position | undefined, statement: string, remark: () => string = () => ''): void {
    this.problems.push(new FoundProblem('warning', at, statement, remark));
  }
}

/**
 * Sorts problems by their sources, and in each by line and column; those without a place come last, and equal ones are
 * left out.
 *
 * @returns the warnings, where there are no errors: at most `MOST_LISTED`, and one more that counts the others
 * @throws ConfigurationError when there are errors, with at most `MOST_LISTED` errors and warnings, and the number of others
 */
export function throwErrors(problems: readonly Problem[]): readonly Problem[] {
  const sorted = sort([...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]);
  const ofSeverity = (severity: Problem['severity']): Problem[] => sorted.filter((each) => each.severity === severity);
  const [errors, warnings] = [ofSeverity('error'), ofSeverity('warning')];
  // No warning takes the place of an error.
  const listed = new Set([...errors, ...warnings].slice(0, MOST_LISTED));
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

/** What two problems have in common that are the same one. */
function keyOf(problem: Problem): string {
  const { at, severity } = problem;
  const statement = problem instanceof FoundProblem ? problem.statement : problem.message;
  return `${at ? formatPosition(at) : ''} ${severity} ${statement}`;
}

function plainProblem({ severity, at, message }: Problem): Problem {
  return { severity, at, message };
}

/** `120 more errors and 1 more warning, not listed here`; undefined for none. */
function countText([errors = 0, warnings = 0]: readonly number[]): string | undefined {
  const parts = [
    ...(errors > 0 ? [`${errors} more error${errors === 1 ? '' : 's'}`] : []),
    ...(warnings > 0 ? [`${warnings} more warning${warnings === 1 ? '' : 's'}`] : []),
  ];
  return parts.length > 0 ? `${parts.join(' and ')}, not listed here` : undefined;
}
