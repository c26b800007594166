/** Placeholder: replaced by the tables branch. */
export interface Table {
  readonly nRows: number;
}
