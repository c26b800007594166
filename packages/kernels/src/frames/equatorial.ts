import type { Radians } from '../units.js';
import { wrapAtTwoPi, type AltAz, type Vector3 } from './alt-az.js';
import type { GeodeticLocation } from './wgs84.js';

/** Direction in the ICRS: right ascension and declination. */
export interface Equatorial {
  readonly ra: Radians;
  readonly dec: Radians;
}

const ARCSECOND: Radians = Math.PI / 648_000;
const DEGREE: Radians = Math.PI / 180;
const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_CENTURY = 36_525 * SECONDS_PER_DAY;
/** Constant of aberration. */
const ABERRATION: Radians = 20.49552 * ARCSECOND;
/** TT - UTC, s, from a time in years since 2000 on; UT1 differs from UTC by less than a second. */
const TT_MINUS_UTC: readonly (readonly [years: number, seconds: number])[] = [
  [17, 69.184],
  [15.5, 68.184],
  [12.5, 67.184],
  [9, 66.184],
  [6, 65.184],
  [-1, 64.184],
];

/**
 * Converts a direction in the horizontal frame into the ICRS, good to 0.01 deg, which is far below the resolution of air showers:
 * rotation of the Earth with UTC for UT1, precession, nutation and aberration; without refraction.
 *
 * Source: precession of IAU 1976, largest terms of the nutation of IAU 1980; rotation of the Earth of N. Capitaine et al., A&A 406
 * (2003) 1135.
 *
 * @param seconds - time since 2000-01-01T12:00:00 TT, s
 * @param axis - of the Earth at about this time, to convert many directions: see {@link earthAxis}
 */
export function altAzToEquatorial(
  { alt, az }: AltAz,
  seconds: number,
  { lon, lat }: GeodeticLocation,
  { toIcrs, velocity, equinoxes }: EarthAxis = earthAxis(seconds),
): Equatorial {
  const [sinAlt, cosAlt, sinLat, cosLat] = [Math.sin(alt), Math.cos(alt), Math.sin(lat), Math.cos(lat)];
  const sinDec = sinLat * sinAlt + cosLat * cosAlt * Math.cos(az);
  const hourAngle = Math.atan2(-cosAlt * Math.sin(az), cosLat * sinAlt - sinLat * cosAlt * Math.cos(az));
  const ra = siderealTime(seconds) + equinoxes + lon - hourAngle;
  const cosDec = Math.sqrt(Math.max(0, 1 - sinDec * sinDec));
  const ofDateX = cosDec * Math.cos(ra) - velocity.x;
  const ofDateY = cosDec * Math.sin(ra) - velocity.y;
  const ofDateZ = sinDec - velocity.z;
  const [a, b, c] = toIcrs;
  const x = a.x * ofDateX + b.x * ofDateY + c.x * ofDateZ;
  const y = a.y * ofDateX + b.y * ofDateY + c.y * ofDateZ;
  const z = a.z * ofDateX + b.z * ofDateY + c.z * ofDateZ;
  return { ra: wrapAtTwoPi(Math.atan2(y, x)), dec: Math.atan2(z, Math.sqrt(x * x + y * y)) };
}

/** The axis of the Earth and its velocity at a time. They change by less than 1e-7 deg in a minute. */
export interface EarthAxis {
  /** Axes of the equator and equinox of date, in the ICRS. */
  readonly toIcrs: readonly [Vector3, Vector3, Vector3];
  /** In units of the speed of light, in the equator and equinox of date. */
  readonly velocity: Vector3;
  /** Equation of the equinoxes: apparent minus mean sidereal time. */
  readonly equinoxes: Radians;
}

/** Precession, nutation and velocity of the Earth. @param seconds - time since 2000-01-01T12:00:00 TT, s */
export function earthAxis(seconds: number): EarthAxis {
  const t = seconds / SECONDS_PER_CENTURY;
  const { longitude, obliquity, meanObliquity } = nutation(t);
  const { zeta, zed, theta } = precession(t);
  const toIcrs = (ofDate: Vector3): Vector3 => {
    const mean = rotatedX(rotatedZ(rotatedX(ofDate, obliquity), longitude), -meanObliquity);
    return rotatedZ(rotatedY(rotatedZ(mean, zed), -theta), zeta);
  };
  return {
    toIcrs: [toIcrs({ x: 1, y: 0, z: 0 }), toIcrs({ x: 0, y: 1, z: 0 }), toIcrs({ x: 0, y: 0, z: 1 })],
    velocity: earthVelocity(t, obliquity),
    equinoxes: longitude * Math.cos(meanObliquity),
  };
}

/** Converts a direction in the ICRS into the horizontal frame, as the inverse of {@link altAzToEquatorial}. */
export function equatorialToAltAz({ ra, dec }: Equatorial, seconds: number, { lon, lat }: GeodeticLocation): AltAz {
  const { toIcrs, velocity, equinoxes } = earthAxis(seconds);
  const cosDec = Math.cos(dec);
  const icrs = { x: cosDec * Math.cos(ra), y: cosDec * Math.sin(ra), z: Math.sin(dec) };
  const [xOfDate, yOfDate, zOfDate] = toIcrs.map((axis) => axis.x * icrs.x + axis.y * icrs.y + axis.z * icrs.z);
  const ofDate = { x: xOfDate, y: yOfDate, z: zOfDate };
  const along = ofDate.x * velocity.x + ofDate.y * velocity.y + ofDate.z * velocity.z;
  const speed2 = velocity.x ** 2 + velocity.y ** 2 + velocity.z ** 2;
  // The length for which the sum with the velocity is a unit vector.
  const length = Math.sqrt(along * along + 1 - speed2) - along;
  const [x, y, sinDec] = [
    length * ofDate.x + velocity.x,
    length * ofDate.y + velocity.y,
    length * ofDate.z + velocity.z,
  ];
  const hourAngle = siderealTime(seconds) + equinoxes + lon - Math.atan2(y, x);
  const [across, sinLat, cosLat] = [Math.hypot(x, y), Math.sin(lat), Math.cos(lat)];
  const sinAlt = sinLat * sinDec + cosLat * across * Math.cos(hourAngle);
  const north = cosLat * sinDec - sinLat * across * Math.cos(hourAngle);
  const east = -across * Math.sin(hourAngle);
  return { alt: Math.atan2(sinAlt, Math.hypot(north, east)), az: wrapAtTwoPi(Math.atan2(east, north)) };
}

/** Angles of the precession since 2000. */
function precession(t: number): { readonly zeta: Radians; readonly zed: Radians; readonly theta: Radians } {
  return {
    zeta: (2306.2181 * t + 0.30188 * t * t) * ARCSECOND,
    zed: (2306.2181 * t + 1.09468 * t * t) * ARCSECOND,
    theta: (2004.3109 * t - 0.42665 * t * t) * ARCSECOND,
  };
}

/** Greenwich mean sidereal time. */
function siderealTime(seconds: number): Radians {
  const years = seconds / (365.25 * SECONDS_PER_DAY);
  const [, difference] = TT_MINUS_UTC.find(([start]) => years >= start) ?? [0, 64.184];
  const days = (seconds - difference) / SECONDS_PER_DAY;
  const t = seconds / SECONDS_PER_CENTURY;
  const rotation = 2 * Math.PI * (0.779057273264 + 0.00273781191135448 * days + (days - Math.floor(days)));
  return rotation + (0.014506 + 4612.156534 * t + 1.3915817 * t * t) * ARCSECOND;
}

/** Nutation in longitude, and the true and the mean obliquity of the ecliptic. */
function nutation(t: number): {
  readonly longitude: Radians;
  readonly obliquity: Radians;
  readonly meanObliquity: Radians;
} {
  const node = (125.04452 - 1934.136261 * t) * DEGREE;
  const sun = (280.4665 + 36000.7698 * t) * DEGREE;
  const moon = (218.3165 + 481267.8813 * t) * DEGREE;
  const longitude =
    -17.2 * Math.sin(node) - 1.32 * Math.sin(2 * sun) - 0.23 * Math.sin(2 * moon) + 0.21 * Math.sin(2 * node);
  const tilt = 9.2 * Math.cos(node) + 0.57 * Math.cos(2 * sun) + 0.1 * Math.cos(2 * moon) - 0.09 * Math.cos(2 * node);
  const meanObliquity = (84381.448 - 46.815 * t) * ARCSECOND;
  return { longitude: longitude * ARCSECOND, obliquity: meanObliquity + tilt * ARCSECOND, meanObliquity };
}

/** Velocity of the Earth in units of the speed of light, in the equator and equinox of date. */
function earthVelocity(t: number, obliquity: Radians): Vector3 {
  const anomaly = (357.528 + 35999.05 * t) * DEGREE;
  const sun = (280.46 + 36000.771 * t + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * DEGREE;
  return {
    x: ABERRATION * Math.sin(sun),
    y: -ABERRATION * Math.cos(sun) * Math.cos(obliquity),
    z: -ABERRATION * Math.cos(sun) * Math.sin(obliquity),
  };
}

/** Coordinates in a frame that is rotated about its x axis. */
function rotatedX({ x, y, z }: Vector3, angle: Radians): Vector3 {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return { x, y: y * cos + z * sin, z: z * cos - y * sin };
}

function rotatedY({ x, y, z }: Vector3, angle: Radians): Vector3 {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return { x: x * cos - z * sin, y, z: z * cos + x * sin };
}

function rotatedZ({ x, y, z }: Vector3, angle: Radians): Vector3 {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return { x: x * cos + y * sin, y: y * cos - x * sin, z };
}
