import { CherenkitError, compileExpression, ExitCode, qualityCriterion, QualityQuery, trait } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';

/** A criterion: its name, and an expression over the columns of a table. */
export type QualityCriterion = readonly [name: string, expression: string];

/** Names of the columns that criteria use. @throws ExpressionError */
export function namesInCriteria(criteria: readonly QualityCriterion[]): string[] {
  return criteria.flatMap(([, expression]) => [...compileExpression(expression).names]);
}

/** Quality criteria of events for cuts and instrument responses. Source: ctapipe 0.32 `DL2EventQualityQuery`. */
export class DL2EventQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(qualityCriterion(), {
    default: [
      ['valid classifier', 'RandomForestClassifier_is_valid'],
      ['valid geom reco', 'HillasReconstructor_is_valid'],
      ['valid energy reco', 'RandomForestRegressor_is_valid'],
    ],
    help: '(name, expression) pairs over the columns of the events; all must evaluate to True.',
  }),
}) {
  static override readonly help = 'Quality criteria of events for cuts and instrument responses.';

  /**
   * Rows of a table that meet all criteria.
   *
   * @param criteria - instead of the configured ones
   * @throws CherenkitError TABLE_MASK_INVALID, ExpressionError (2)
   */
  mask(events: Table, criteria: readonly QualityCriterion[] = this.traits.qualityCriteria): Uint8Array {
    const mask = new Uint8Array(events.nRows).fill(1);
    for (const [name, expression] of criteria) {
      const passed = events.evaluate(expression);
      if (passed === true) continue;
      if (passed === false) mask.fill(0);
      else if (passed instanceof Uint8Array && passed.length === mask.length) {
        for (let row = 0; row < mask.length; row++) mask[row] &= passed[row];
      } else {
        const message = `Criterion "${name}", ${expression}: expected a condition with one truth value per event.`;
        throw new CherenkitError('TABLE_MASK_INVALID', ExitCode.USAGE, message);
      }
    }
    return mask;
  }
}
