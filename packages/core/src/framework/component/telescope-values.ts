/** The values of one trait, one per telescope, with all patterns of the configuration resolved. */
export class TelescopeValues<V> {
  constructor(private readonly values: ReadonlyMap<number, V>) {}

  /** The telescopes that have a value, in the order of the array. */
  get telIds(): number[] {
    return [...this.values.keys()];
  }

  /**
   * The value for a telescope; cheap enough for the event loop.
   *
   * @throws RangeError for a telescope that the component does not serve
   */
  for(telId: number): V {
    const value = this.values.get(telId);
    if (value === undefined && !this.values.has(telId)) {
      throw new RangeError(`No value for telescope ${telId}; there are values for ${this.telIds.join(', ')}.`);
    }
    return value as V;
  }

  /** Converts each distinct value once: telescopes with the same value share the result. */
  map<W>(convert: (value: V) => W): TelescopeValues<W> {
    const converted = new Map([...new Set(this.values.values())].map((value) => [value, convert(value)]));
    return new TelescopeValues(new Map([...this.values].map(([telId, value]) => [telId, converted.get(value) as W])));
  }
}
