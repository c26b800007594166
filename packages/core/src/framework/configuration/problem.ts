import { CherenkitError, ExitCode } from '@cherenkit/errors';

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
  /** Missing where nothing in the configuration is to blame: a default, a value that nobody gave. */
  readonly at?: Position | undefined;
}

/** All mistakes that one gate has found in a configuration, a line each. Exit code 2. */
export class ConfigurationError extends CherenkitError {
  override readonly name = 'ConfigurationError';

  /** @param problems - in the order to be read, warnings among them */
  constructor(readonly problems: readonly Problem[]) {
    super('CONFIGURATION_INVALID', ExitCode.USAGE, problems.map(formatProblem).join('\n'));
  }
}

/** `run.yaml:3:5: error: ...` */
export function formatProblem({ at, severity, message }: Problem): string {
  return `${at ? `${formatPosition(at)}: ` : ''}${severity}: ${message}`;
}

/** `run.yaml:3:5` */
export function formatPosition({ source, line, column }: Position): string {
  return [source, line, column].filter((part) => part !== undefined).join(':');
}

/**
 * The problems in the order of the sources, and of the places in each; what has no place comes last, and nothing twice.
 *
 * @throws ConfigurationError when there is an error among them; warnings alone are returned
 */
export function throwErrors(problems: readonly Problem[]): readonly Problem[] {
  const sources = [...new Set(problems.map(({ at }) => at?.source))];
  const rank = ({ at }: Problem): number => (at ? sources.indexOf(at.source) : sources.length);
  const sorted = [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()].sort(
    (a, b) => rank(a) - rank(b) || (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
  );
  if (sorted.some(({ severity }) => severity === 'error')) throw new ConfigurationError(sorted);
  return sorted;
}
