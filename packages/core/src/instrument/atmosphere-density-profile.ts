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

/** An atmosphere tabulated at heights above sea level. */
export interface AtmosphereTable {
  /** Height above sea level, m. */
  readonly height: Float64Array;
  /** Density, g/cm3. */
  readonly density: Float64Array;
  /** Column density (overburden) above each height, g/cm2. */
  readonly columnDensity: Float64Array;
}

/** Metadata of an atmosphere, under ctapipe's names. */
export type AtmosphereMetadata = Readonly<Record<string, number | string>>;

/**
 * The atmosphere used in the simulation of showers.
 *
 * Source: ctapipe 0.32 `TableAtmosphereDensityProfile` and, with layers, `FiveLayerAtmosphereDensityProfile`.
 */
export class AtmosphereDensityProfile implements Atmosphere {
  /** Table of the simulation, or of the layers. It may have too few rows for an interpolation. */
  readonly table: AtmosphereTable;
  readonly metadata: AtmosphereMetadata;
  /** CORSIKA's layers, lowest first; undefined for a tabulated atmosphere. */
  readonly layers: readonly AtmosphericLayer[] | undefined;
  #atmosphere: Atmosphere | undefined;

  constructor(table: AtmosphereTable, metadata: AtmosphereMetadata = {}, layers?: readonly AtmosphericLayer[]) {
    this.table = table;
    this.metadata = metadata;
    this.layers = layers;
  }

  /**
   * Makes an atmosphere from CORSIKA's layers.
   *
   * @param height - heights of the table, m
   */
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
   * Returns the density at a height above sea level, g/cm3; NaN below the atmosphere.
   *
   * @throws RangeError for a table of fewer than four rows, as do all methods
   */
  density(height: Metres): number {
    return this.#interpolated.density(height);
  }

  /** Returns the overburden at a height, g/cm2; NaN below the atmosphere. */
  overburden(height: Metres): Grammage {
    return this.#interpolated.overburden(height);
  }

  /** Inverse of `overburden`. */
  heightFromOverburden(overburden: Grammage): Metres {
    return this.#interpolated.heightFromOverburden(overburden);
  }

  /** Returns the slant depth along a line of sight from a height upwards, for a flat atmosphere: up to 70 degrees zenith angle. */
  slantDepthFromHeight(height: Metres, zenithAngle: Radians = 0): Grammage {
    return slantDepthFromHeight(this, height, zenithAngle);
  }

  /** Inverse of `slantDepthFromHeight`. */
  heightFromSlantDepth(slantDepth: Grammage, zenithAngle: Radians = 0): Metres {
    return heightFromSlantDepth(this, slantDepth, zenithAngle);
  }

  /** Created on first use: most runs only write the table. */
  get #interpolated(): Atmosphere {
    const { height, density, columnDensity } = this.table;
    this.#atmosphere ??=
      this.layers === undefined ? tableAtmosphere(height, density, columnDensity) : layeredAtmosphere(this.layers);
    return this.#atmosphere;
  }
}
