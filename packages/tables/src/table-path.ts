import type { DataModelVersion } from './data-model-version.js';
import { pathIn, type TableSpec } from './table-spec.js';

/** Values of the placeholders in a path or a column name: `{ telescope: 1, algorithm: 'HillasReconstructor' }`. */
export type Placeholders = Readonly<Record<string, string | number>>;

/** Specification that matches a path, and the values of its placeholders. */
export interface FoundSpec<S extends TableSpec = TableSpec> {
  readonly spec: S;
  readonly placeholders: Placeholders;
}

const PLACEHOLDER = /\{(\w+)\}/g;
const PATTERNS: Readonly<Record<string, string>> = { telescope: 'tel_(\\d+)', camera: '(\\d+)' };

/** Name of the table of a telescope: `tel_001`. */
export function telescopeName(telId: number): string {
  return `tel_${String(telId).padStart(3, '0')}`;
}

/**
 * Replaces the placeholders in a path or a column name by their values.
 *
 * @throws RangeError for a placeholder without value
 */
export function fillPlaceholders(template: string, placeholders: Placeholders): string {
  return template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = placeholders[name];
    if (value === undefined) throw new RangeError(`${template}: missing value of the placeholder ${placeholder}`);
    return name === 'telescope' ? telescopeName(Number(value)) : String(value);
  });
}

/** Values of the placeholders of a template in a path; undefined if the path does not match. */
export function matchPath(template: string, path: string): Placeholders | undefined {
  const match = patternOf(template).exec(path);
  if (!match) return undefined;
  const names = Array.from(template.matchAll(PLACEHOLDER), ([, name = '']) => name);
  return Object.fromEntries(
    names.map((name, i) => [name, name in PATTERNS ? Number(match[i + 1]) : String(match[i + 1])]),
  );
}

/** Finds the specification of a path; undefined if none matches. */
export function findSpec<S extends TableSpec>(
  specs: readonly S[],
  path: string,
  version?: DataModelVersion,
): FoundSpec<S> | undefined {
  for (const spec of specs) {
    const placeholders = matchPath(version ? pathIn(spec, version) : spec.path, path);
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
