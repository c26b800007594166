/** How many passed each of a list of criteria, in the order in which they were applied; the first row counts all. */
export interface QualityStatistics {
  /** `TOTAL`, then the names. */
  readonly criteria: readonly string[];
  /** `True`, then the expressions as written. */
  readonly expressions: readonly string[];
  /** Passed this criterion. */
  readonly counts: readonly number[];
  /** Passed this criterion and all before it. */
  readonly cumulativeCounts: readonly number[];
}
