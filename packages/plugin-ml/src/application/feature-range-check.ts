import { nameSome, type Logger } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import type { ModelDescription } from '../model/model-description.js';

/** Fraction of the rows that may be outside of the range of a feature without a warning. */
const TOLERATED = 0.01;

/** Counts predictions of events whose features are outside of the ranges of the training, where trees do not extrapolate. */
export class FeatureRangeCheck {
  readonly #outside = new Map<string, number>();
  #nRows = 0;

  constructor(private readonly description: ModelDescription) {}

  /**
   * Counts rows outside of each range.
   *
   * @param isUsed - 1 for rows that are predicted
   */
  add(table: Table, type: string, isUsed: Uint8Array): void {
    const { features, featureUnits, telescopeTypes } = this.description;
    const ranges = telescopeTypes.find((each) => each.type === type)?.featureRanges;
    if (!ranges) return;
    this.#nRows += isUsed.reduce((sum, used) => sum + used, 0);
    features.forEach((name, i) => {
      const [least, largest] = ranges[i];
      let count = 0;
      table.numbers(name, featureUnits.get(name)).forEach((value, row) => {
        if (isUsed[row] && (value < least || value > largest)) count++;
      });
      this.#outside.set(name, (this.#outside.get(name) ?? 0) + count);
    });
  }

  /**
   * Warns of features with more than 1 % of the rows outside.
   *
   * @param path - of the model
   */
  report(path: string, logger: Logger): void {
    const found = [...this.#outside]
      .filter(([, count]) => count > TOLERATED * this.#nRows)
      .sort(([, a], [, b]) => b - a);
    if (found.length === 0) return;
    const shown = found.map(([name, count]) => `${name} (${((100 * count) / this.#nRows).toFixed(1)} %)`);
    logger.warning(
      `${path}: features are outside of the ranges with which the model was trained: ${nameSome(shown)} of the telescope events. Trees do not extrapolate; train with events like these.`,
    );
  }
}
