import {
  heightFromSlantDepth,
  layeredAtmosphere,
  slantDepthFromHeight,
  tableAtmosphere,
  type Atmosphere,
  type AtmosphericLayer,
  type Grammage,
  type Metres,
  type Radians,
} from '@cherenkit/kernels';

/** An atmosphere by its values at some heights above sea level. */
export interface AtmosphereTable {
  readonly height: Float64Array;
  /** g/cm3. */
  readonly density: Float64Array;
  /** Matter above each height, g/cm2. */
  readonly columnDensity: Float64Array;
}

/** Where an atmosphere comes from, under the names that ctapipe keeps beside its table. */
export type AtmosphereMetadata = Readonly<Record<string, number | string>>;

/**
 * The atmosphere that showers were simulated in.
 *
 * Source: ctapipe 0.32 `TableAtmosphereDensityProfile` and, with layers, `FiveLayerAtmosphereDensityProfile`.
 */
export class AtmosphereDensityProfile implements Atmosphere {
  /** The table of the simulation, or one of the layers; it need not have rows that can be interpolated. */
  readonly table: AtmosphereTable;
  readonly metadata: AtmosphereMetadata;
  /** CORSIKA's layers, from below, where the atmosphere is described by them; undefined where it is by the table. */
  readonly layers: readonly AtmosphericLayer[] | undefined;
  #atmosphere: Atmosphere | undefined;

  constructor(table: AtmosphereTable, metadata: AtmosphereMetadata = {}, layers?: readonly AtmosphericLayer[]) {
    this.table = table;
    this.metadata = metadata;
    this.layers = layers;
  }

  /** CORSIKA's layers, whose table has their values at given heights. */
  static ofLayers(
    layers: readonly AtmosphericLayer[],
    height: Float64Array,
    metadata?: AtmosphereMetadata,
  ): AtmosphereDensityProfile {
    const atmosphere = layeredAtmosphere(layers);
    const table = {
      height,
      density: height.map((at) => atmosphere.density(at)),
      columnDensity: height.map((at) => atmosphere.overburden(at)),
    };
    return new AtmosphereDensityProfile(table, metadata, layers);
  }

  /**
   * g/cm3; NaN below the atmosphere.
   *
   * @throws RangeError for a table of fewer than four rows, as all methods do
   */
  density(height: Metres): number {
    return this.#interpolated.density(height);
  }

  /** The matter above a height, g/cm2; NaN below the atmosphere. */
  overburden(height: Metres): Grammage {
    return this.#interpolated.overburden(height);
  }

  /** The inverse of `overburden`. */
  heightFromOverburden(overburden: Grammage): Metres {
    return this.#interpolated.heightFromOverburden(overburden);
  }

  /** The matter along a line of sight from a height upwards, of a flat atmosphere: for zenith angles up to 70 degrees. */
  slantDepthFromHeight(height: Metres, zenithAngle: Radians = 0): Grammage {
    return slantDepthFromHeight(this, height, zenithAngle);
  }

  /** The inverse of `slantDepthFromHeight`. */
  heightFromSlantDepth(slantDepth: Grammage, zenithAngle: Radians = 0): Metres {
    return heightFromSlantDepth(this, slantDepth, zenithAngle);
  }

  /** Made when it is first asked for: most runs only write the table. */
  get #interpolated(): Atmosphere {
    const { height, density, columnDensity } = this.table;
    this.#atmosphere ??=
      this.layers === undefined ? tableAtmosphere(height, density, columnDensity) : layeredAtmosphere(this.layers);
    return this.#atmosphere;
  }
}
