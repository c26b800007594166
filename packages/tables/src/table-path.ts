import { isBefore, type DataModelVersion } from './data-model-version.js';
import type { TableSpec } from './table-spec.js';

/** What stands for the placeholders of a path or of a column's name: `{ telescope: 1, algorithm: 'HillasReconstructor' }`. */
export type Placeholders = Readonly<Record<string, string | number>>;

/** A table of the data model that was found by its path. */
export interface FoundSpec<S extends TableSpec = TableSpec> {
  readonly spec: S;
  readonly placeholders: Placeholders;
}

const PLACEHOLDER = /\{(\w+)\}/g;
const PATTERNS: Readonly<Record<string, string>> = { telescope: 'tel_(\\d+)', camera: '(\\d+)' };

/** The name of a telescope's table: `tel_001`. */
export function telescopeName(telId: number): string {
  return `tel_${String(telId).padStart(3, '0')}`;
}

/**
 * A path or a column's name with something in the place of each placeholder.
 *
 * @throws RangeError for a placeholder that nothing is given for
 */
export function fillPlaceholders(template: string, placeholders: Placeholders): string {
  return template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = placeholders[name];
    if (value === undefined) throw new RangeError(`${template} needs a value for ${placeholder}.`);
    return name === 'telescope' ? telescopeName(Number(value)) : String(value);
  });
}

/** What stands for the placeholders in a path; undefined where the path is not of this kind. */
export function matchPath(template: string, path: string): Placeholders | undefined {
  const match = patternOf(template).exec(path);
  if (!match) return undefined;
  const names = Array.from(template.matchAll(PLACEHOLDER), ([, name = '']) => name);
  return Object.fromEntries(
    names.map((name, i) => [name, name in PATTERNS ? Number(match[i + 1]) : String(match[i + 1])]),
  );
}

/** The table that a path is of, among some; undefined for a path that is none of theirs. */
export function findSpec<S extends TableSpec>(
  specs: readonly S[],
  path: string,
  version?: DataModelVersion,
): FoundSpec<S> | undefined {
  for (const spec of specs) {
    const { earlierPath } = spec;
    const isEarlier = earlierPath && version && isBefore(version, earlierPath.before);
    const placeholders = matchPath(isEarlier ? earlierPath.path : spec.path, path);
    if (placeholders) return { spec, placeholders };
  }
  return undefined;
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  let pattern = patterns.get(template);
  if (!pattern) {
    const source = template.replace(PLACEHOLDER, (_, name: string) => PATTERNS[name] ?? '([^/]+)');
    pattern = new RegExp(`^${source}$`);
    patterns.set(template, pattern);
  }
  return pattern;
}
