/** What telescope patterns need to know of an array: which telescopes there are, and the type of each. */
export interface TelescopeTable {
  readonly telIds: readonly number[];
  /**
   * Size, optics and camera: `LST_LST_LSTCam`.
   *
   * @throws RangeError for an id that is not in `telIds`
   */
  typeOf(telId: number): string;
}
