import { nameSome } from '@cherenkit/errors';

/** The telescopes of an array and their types: all that rules per telescope depend on. */
export interface TelescopeTypes {
  readonly telIds: readonly number[];
  /**
   * Size class, optics and camera of a telescope: `LST_LST_LSTCam`.
   *
   * @throws RangeError for an id that is not in `telIds`
   */
  typeOf(telId: number): string;
}

/** The value of one trait for each telescope, resolved from the rules of the configuration. */
export class TelescopeValues<V> {
  constructor(private readonly values: ReadonlyMap<number, V>) {}

  /** The telescopes that have a value, in the order of the subarray. */
  get telIds(): number[] {
    return [...this.values.keys()];
  }

  /**
   * Returns the value for a telescope. Fast enough for the event loop.
   *
   * @throws RangeError for a telescope that the component does not serve
   */
  for(telId: number): V {
    const value = this.values.get(telId);
    if (value === undefined && !this.values.has(telId)) {
      throw new RangeError(`No value for telescope ${telId}; there are values for ${nameSome(this.telIds)}.`);
    }
    return value as V;
  }

  /** Converts all values. `convert` is called once per distinct value, so telescopes with equal values share the result. */
  map<W>(convert: (value: V) => W): TelescopeValues<W> {
    const converted = new Map([...new Set(this.values.values())].map((value) => [value, convert(value)]));
    return new TelescopeValues(new Map([...this.values].map(([telId, value]) => [telId, converted.get(value) as W])));
  }
}
