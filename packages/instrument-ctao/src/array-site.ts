/** A telescope. */
export interface ArrayElement {
  readonly id: number;
  readonly name: string;
  /** Earth-centred coordinates (ITRS), m. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Telescopes that operate together. */
export interface ArraySubset {
  readonly id: number;
  readonly name: string;
  readonly telIds: readonly number[];
}

/** The telescopes of a site. */
export interface ArraySite {
  /** Origin of the ground frame: Earth-centred coordinates (ITRS), m. */
  readonly referenceLocation: { readonly x: number; readonly y: number; readonly z: number };
  readonly elements: readonly ArrayElement[];
  readonly subarrays: readonly ArraySubset[];
}
