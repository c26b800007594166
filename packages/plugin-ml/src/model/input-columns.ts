import { compileExpression, SUBARRAY_NAME } from '@cherenkit/core';
import { POINTING_COLUMNS } from '../reconstruction/telescope-pointing-columns.js';
import type { ModelDescription } from './model-description.js';

/** Columns of which the direction is computed from disp. */
export const DISP_COLUMNS: readonly string[] = ['hillas_fov_lon', 'hillas_fov_lat', 'hillas_psi', ...POINTING_COLUMNS];

/**
 * Columns that a model needs: its features that are not generated, and those that the expressions of features and criteria use.
 *
 * @throws ExpressionError for an invalid expression
 */
export function inputColumns({
  features,
  generatedFeatures,
  qualityCriteria,
  reconstructor,
}: ModelDescription): string[] {
  const expressions = [...generatedFeatures, ...qualityCriteria].map(([, expression]) => expression);
  const used = expressions.flatMap((expression) => [...compileExpression(expression).names]);
  const disp = reconstructor === 'DispReconstructor' ? DISP_COLUMNS : [];
  const generated = new Set([...generatedFeatures.map(([name]) => name), SUBARRAY_NAME]);
  return [...new Set([...features, ...used, ...disp])].filter((name) => !generated.has(name));
}
