import {
  degrees,
  geodeticToItrs,
  itrsToGeodetic,
  type GeodeticLocation,
  type ItrsLocation,
  type Metres,
  type Radians,
} from '@cherenkit/kernels';

/** A place on Earth, on WGS84, known both by its geodetic and by its Earth-centred coordinates. */
export class EarthLocation {
  private constructor(
    readonly geodetic: GeodeticLocation,
    readonly itrs: ItrsLocation,
  ) {}

  /** From longitude (east positive, up to a full turn), latitude and height above the ellipsoid. */
  static fromGeodetic(lon: Radians, lat: Radians, height: Metres): EarthLocation {
    const wrapped = lon > Math.PI ? lon - 2 * Math.PI : lon;
    return new EarthLocation({ lon: wrapped, lat, height }, geodeticToItrs({ lon, lat, height }));
  }

  /** From Earth-centred coordinates, as tables store them. */
  static fromItrs(x: Metres, y: Metres, z: Metres): EarthLocation {
    const itrs = { x, y, z };
    return new EarthLocation(itrsToGeodetic(itrs), itrs);
  }

  get lon(): Radians {
    return this.geodetic.lon;
  }

  get lat(): Radians {
    return this.geodetic.lat;
  }

  /** Above the ellipsoid. */
  get height(): Metres {
    return this.geodetic.height;
  }

  equals(other: EarthLocation): boolean {
    return this.itrs.x === other.itrs.x && this.itrs.y === other.itrs.y && this.itrs.z === other.itrs.z;
  }

  toString(): string {
    return `lon ${degrees(this.lon).toFixed(6)} deg, lat ${degrees(this.lat).toFixed(6)} deg, height ${this.height.toFixed(2)} m`;
  }
}
