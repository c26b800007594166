import {
  degrees,
  geodeticToItrs,
  itrsToGeodetic,
  type GeodeticLocation,
  type ItrsLocation,
  type Metres,
  type Radians,
} from '@cherenkit/kernels';

/** A location on Earth (WGS84), in geodetic and in Earth-centred (ITRS) coordinates. */
export class EarthLocation {
  private constructor(
    readonly geodetic: GeodeticLocation,
    readonly itrs: ItrsLocation,
  ) {}

  /** Makes a location from longitude (east positive, up to 2 pi), latitude and height above the ellipsoid. */
  static fromGeodetic(lon: Radians, lat: Radians, height: Metres): EarthLocation {
    const wrapped = lon > Math.PI ? lon - 2 * Math.PI : lon;
    return new EarthLocation({ lon: wrapped, lat, height }, geodeticToItrs({ lon, lat, height }));
  }

  /** Makes a location from Earth-centred coordinates, as stored in tables. */
  static fromItrs(x: Metres, y: Metres, z: Metres): EarthLocation {
    const itrs = { x, y, z };
    return new EarthLocation(itrsToGeodetic(itrs), itrs);
  }

  /** Longitude, east positive. */
  get lon(): Radians {
    return this.geodetic.lon;
  }

  /** Latitude. */
  get lat(): Radians {
    return this.geodetic.lat;
  }

  /** Height above the ellipsoid. */
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
