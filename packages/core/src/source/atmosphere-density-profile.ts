/** The table of an atmosphere as it was simulated; heights above sea level. */
export interface AtmosphereDensityProfile {
  readonly height: Float64Array;
  /** g/cm3. */
  readonly density: Float64Array;
  /** Matter above each height, g/cm2. */
  readonly columnDensity: Float64Array;
  /** Where the table comes from, as ctapipe keeps it beside the table. */
  readonly metadata: Readonly<Record<string, number | string>>;
}
