import { CherenkitError, ExitCode, nameSome } from '@cherenkit/errors';
import { type GroundPoint, groundToItrs, type SquareMetres } from '@cherenkit/kernels';
import type { CameraDescription } from './camera-description.js';
import { EarthLocation } from './earth-location.js';
import type { OpticsDescription } from './optics-description.js';
import type { TelescopeDescription } from './telescope-description.js';

/**
 * Formats telescope ids in ascending order, with three or more consecutive ones as a range: `1-4,7`.
 *
 * Source: ctapipe 0.32 `_range_extraction`.
 */
export function telescopeIdRanges(telIds: Iterable<number>): string {
  const ids = [...telIds].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0, end; start < ids.length; start = end) {
    end = start + 1;
    while (end < ids.length && ids[end] === Number(ids[end - 1]) + 1) end++;
    const run = ids.slice(start, end);
    parts.push(run.length > 2 ? `${run[0]}-${run[run.length - 1]}` : run.join(','));
  }
  return parts.join(',');
}

/** Constructor arguments of {@link SubarrayDescription}. The order of the telescopes is that of telDescriptions. */
export interface SubarrayDescriptionOptions {
  name: string;
  telPositions: ReadonlyMap<number, GroundPoint>;
  telDescriptions: ReadonlyMap<number, TelescopeDescription>;
  referenceLocation: EarthLocation;
}

/** Positions of all telescopes in the ground frame, m, by telescope index. */
export interface TelescopeCoordinates {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/**
 * An array of telescopes: their descriptions and positions. Immutable. Source: ctapipe 0.32 `SubarrayDescription`.
 *
 * A telescope has an id, used in files and in configurations, and an index: its position in columns and masks with one entry
 * per telescope.
 *
 * @example
 * ```ts
 * console.log(subarray.info());
 * const { x, y } = subarray.position(1); // m, north and west of the reference location
 * const { camera, optics } = subarray.telescope(1);
 * const lsts = subarray.getTelIdsForType('LST_LST_LSTCam');
 * const selection = subarray.selectSubarray(lsts, 'LSTs');
 * ```
 */
export class SubarrayDescription {
  readonly name: string;
  /** Telescopes by id, in the order of their index. */
  readonly tel: ReadonlyMap<number, TelescopeDescription>;
  /** Positions by id, in the ground frame: x north, y west, z up from the reference location. */
  readonly positions: ReadonlyMap<number, GroundPoint>;
  /** The origin of the ground frame. */
  readonly referenceLocation: EarthLocation;
  /** Telescope ids by index. */
  readonly telIds: readonly number[];
  /** Telescope index by id. */
  readonly telIndex: ReadonlyMap<number, number>;
  /** Positions by telescope index. */
  readonly telCoords: TelescopeCoordinates;
  /** Distinct telescopes, sorted by name, then by first occurrence. */
  readonly telescopeTypes: readonly TelescopeDescription[];
  /** Distinct cameras, sorted in the same way. */
  readonly cameraTypes: readonly CameraDescription[];
  /** Distinct optics, sorted in the same way. */
  readonly opticsTypes: readonly OpticsDescription[];

  /** @throws CherenkitError SUBARRAY_INCONSISTENT for a telescope without position or without description */
  constructor({ name, telPositions, telDescriptions, referenceLocation }: SubarrayDescriptionOptions) {
    this.name = name;
    this.tel = new Map(telDescriptions);
    this.telIds = [...this.tel.keys()];
    const positions = new Map<number, GroundPoint>();
    for (const telId of this.telIds) {
      const position = telPositions.get(telId);
      if (position === undefined) throw inconsistent(name, telId, 'position');
      positions.set(telId, position);
    }
    for (const telId of telPositions.keys()) {
      if (!positions.has(telId)) throw inconsistent(name, telId, 'description');
    }
    this.positions = positions;
    this.referenceLocation = referenceLocation;
    this.telIndex = new Map(this.telIds.map((telId, index) => [telId, index]));
    const points = [...positions.values()];
    this.telCoords = {
      x: Float64Array.from(points, (point) => point.x),
      y: Float64Array.from(points, (point) => point.y),
      z: Float64Array.from(points, (point) => point.z),
    };
    const telescopes = [...this.tel.values()];
    this.telescopeTypes = uniqueByName(telescopes);
    this.cameraTypes = uniqueByName(telescopes.map((telescope) => telescope.camera));
    this.opticsTypes = uniqueByName(telescopes.map((telescope) => telescope.optics));
  }

  /** Number of telescopes. */
  get nTels(): number {
    return this.telIds.length;
  }

  /** Area of the smallest circle around the origin that contains all telescopes. */
  get footprint(): SquareMetres {
    const { x, y } = this.telCoords;
    return Math.PI * x.reduce((largest, _, i) => Math.max(largest, (x[i] ?? 0) ** 2 + (y[i] ?? 0) ** 2), 0);
  }

  /** Returns the locations of the telescopes on Earth, by id; computed at each call. */
  telEarthLocations(): Map<number, EarthLocation> {
    const { geodetic } = this.referenceLocation;
    return new Map(
      Array.from(this.positions, ([telId, position]) => {
        const { x, y, z } = groundToItrs(position, geodetic);
        return [telId, EarthLocation.fromItrs(x, y, z)];
      }),
    );
  }

  /**
   * Returns the description of a telescope.
   *
   * @throws CherenkitError TELESCOPE_ID_UNKNOWN
   */
  telescope(telId: number): TelescopeDescription {
    const telescope = this.tel.get(telId);
    if (telescope === undefined) throw this.#unknown([telId]);
    return telescope;
  }

  /**
   * Returns the position of a telescope in the ground frame, m.
   *
   * @throws CherenkitError TELESCOPE_ID_UNKNOWN
   */
  position(telId: number): GroundPoint {
    const position = this.positions.get(telId);
    if (position === undefined) throw this.#unknown([telId]);
    return position;
  }

  /**
   * Returns the type of a telescope, `LST_LST_LSTCam` (size class, optics, camera), which rules per telescope match.
   *
   * @throws CherenkitError TELESCOPE_ID_UNKNOWN
   */
  typeOf(telId: number): string {
    return this.telescope(telId).toString();
  }

  /**
   * Converts telescope ids to indices.
   *
   * @throws CherenkitError TELESCOPE_ID_UNKNOWN
   */
  telIdsToIndices(telIds: Iterable<number>): Int32Array {
    const indices = Array.from(telIds, (telId) => {
      const index = this.telIndex.get(telId);
      if (index === undefined) throw this.#unknown([telId]);
      return index;
    });
    return Int32Array.from(indices);
  }

  /** Converts telescope ids to a mask with one entry per telescope index. */
  telIdsToMask(telIds: Iterable<number>): Uint8Array {
    const mask = new Uint8Array(this.nTels);
    for (const index of this.telIdsToIndices(telIds)) mask[index] = 1;
    return mask;
  }

  /** Converts a mask with one entry per telescope index to telescope ids. */
  telMaskToTelIds(mask: ArrayLike<number>): number[] {
    return this.telIds.filter((_, index) => mask[index] !== 0);
  }

  /**
   * Returns the ids of the telescopes of a type, in the order of their index.
   *
   * @param telType - `MST_MST_NectarCam`, or an element of `telescopeTypes`
   * @throws CherenkitError TELESCOPE_TYPE_UNKNOWN
   */
  getTelIdsForType(telType: string | TelescopeDescription): number[] {
    const isOfType = (telescope: TelescopeDescription): boolean =>
      typeof telType === 'string' ? telescope.toString() === telType : telescope.equals(telType);
    const telIds = this.telIds.filter((telId) => isOfType(this.telescope(telId)));
    if (telIds.length > 0) return telIds;
    throw new CherenkitError(
      'TELESCOPE_TYPE_UNKNOWN',
      ExitCode.USAGE,
      `The array ${this.name} has no telescope of type ${String(telType)}; it has: ${nameSome(this.#typeNames())}.`,
    );
  }

  /**
   * Returns the telescope ids for a mixture of ids, types and descriptions, ascending and without duplicates.
   *
   * @throws CherenkitError TELESCOPE_ID_UNKNOWN, TELESCOPE_TYPE_UNKNOWN
   */
  getTelIds(telescopes: Iterable<number | string | TelescopeDescription>): number[] {
    const telIds = new Set<number>();
    for (const wanted of typeof telescopes === 'string' ? [telescopes] : telescopes) {
      if (typeof wanted !== 'number') for (const telId of this.getTelIdsForType(wanted)) telIds.add(telId);
      else if (this.tel.has(wanted)) telIds.add(wanted);
      else throw this.#unknown([wanted]);
    }
    return [...telIds].sort((a, b) => a - b);
  }

  /** Counts the telescopes in a mask, of one type or of all. */
  multiplicity(mask: ArrayLike<number>, telType?: string | TelescopeDescription): number {
    const telIds = telType === undefined ? this.telIds : this.getTelIdsForType(telType);
    return this.telIdsToIndices(telIds).reduce((count, index) => count + (mask[index] !== 0 ? 1 : 0), 0);
  }

  /**
   * Returns a subarray with the given telescopes, in the given order.
   *
   * @param name - default: `<name>_<ids>`, such as `alpha_1-4,7`
   * @throws CherenkitError TELESCOPE_ID_UNKNOWN naming all unknown ids
   */
  selectSubarray(telIds: Iterable<number>, name?: string): SubarrayDescription {
    const wanted = [...new Set(telIds)];
    const unknown = wanted.filter((telId) => !this.tel.has(telId));
    if (unknown.length > 0) throw this.#unknown(unknown);
    return new SubarrayDescription({
      name: name ?? `${this.name}_${telescopeIdRanges(wanted)}`,
      telPositions: new Map(wanted.map((telId) => [telId, this.position(telId)])),
      telDescriptions: new Map(wanted.map((telId) => [telId, this.telescope(telId)])),
      referenceLocation: this.referenceLocation,
    });
  }

  /** Formats a summary of several lines. */
  info(): string {
    const types = this.#typeNames().map((type) => {
      const telIds = this.getTelIdsForType(type);
      return [type, String(telIds.length), telescopeIdRanges(telIds)] as const;
    });
    const typeWidth = Math.max(4, ...types.map(([type]) => type.length));
    return [
      `Subarray : ${this.name}`,
      `Num Tels : ${this.nTels}`,
      `Footprint: ${(this.footprint / 1e6).toFixed(2)} km2`,
      `Location : ${this.referenceLocation.toString()}`,
      '',
      `${'Type'.padEnd(typeWidth)} Count Tel IDs`,
      `${'-'.repeat(typeWidth)} ----- -------`,
      ...types.map(([type, count, ids]) => `${type.padEnd(typeWidth)} ${count.padStart(5)} ${ids}`),
    ].join('\n');
  }

  /** Whether name, reference location, ids, positions (exactly) and descriptions are equal. */
  equals(other: SubarrayDescription): boolean {
    if (this === other) return true;
    return (
      this.name === other.name &&
      this.nTels === other.nTels &&
      this.referenceLocation.equals(other.referenceLocation) &&
      this.telIds.every((telId) => {
        const [mine, theirs] = [this.positions.get(telId), other.positions.get(telId)];
        const telescope = other.tel.get(telId);
        return (
          telescope !== undefined &&
          mine?.x === theirs?.x &&
          mine?.y === theirs?.y &&
          mine?.z === theirs?.z &&
          this.telescope(telId).equals(telescope)
        );
      })
    );
  }

  toString(): string {
    return this.name;
  }

  /** Used by `console.log` in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `SubarrayDescription\n${this.info()}`;
  }

  #typeNames(): string[] {
    return [...new Set(Array.from(this.tel.values(), String))].sort();
  }

  #unknown(telIds: readonly number[]): CherenkitError {
    const telescopes = telIds.length === 1 ? `telescope ${telIds.join()}` : `telescopes ${nameSome(telIds)}`;
    return new CherenkitError(
      'TELESCOPE_ID_UNKNOWN',
      ExitCode.USAGE,
      `The array ${this.name} has no ${telescopes}; it has ${this.nTels === 1 ? 'only telescope' : 'the telescopes'} ${telescopeIdRanges(this.telIds)}.`,
    );
  }
}

function inconsistent(subarray: string, telId: number, missing: string): CherenkitError {
  return new CherenkitError(
    'SUBARRAY_INCONSISTENT',
    ExitCode.BAD_INPUT,
    `Telescope ${telId} of the array ${subarray} has no ${missing}: every telescope needs a position and a description.`,
  );
}

/** Removes duplicates and sorts by name: stable, and by code point as in Python. */
function uniqueByName<T extends { readonly name: string; equals(other: T): boolean }>(
  items: readonly T[],
): readonly T[] {
  const unique: T[] = [];
  for (const item of new Set(items)) {
    if (!unique.some((known) => known.equals(item))) unique.push(item);
  }
  return unique.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
