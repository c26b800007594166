/** Type of a telescope event is this plus what the telescope's id adds. */
const TELESCOPE_EVENT_BASE = 2200;
const TRACKING_POSITION_BASE = 2100;

/**
 * The telescope whose event an object is, by its type, 2200 + id % 100 + 1000 * floor(id / 100); undefined for other
 * objects.
 */
export function telescopeOfEventType(type: number): number | undefined {
  return telescopeOf(type - TELESCOPE_EVENT_BASE);
}

/** The telescope whose tracking position an object is, by its type, as with its events but from 2100 on. */
export function telescopeOfTrackingType(type: number): number | undefined {
  return telescopeOf(type - TRACKING_POSITION_BASE);
}

function telescopeOf(number: number): number | undefined {
  const hundreds = Math.floor(number / 1000);
  const rest = number % 1000;
  return number >= 0 && rest < 100 ? hundreds * 100 + rest : undefined;
}

/** The type of the object with an event of this telescope. */
export function eventTypeOf(telId: number): number {
  return TELESCOPE_EVENT_BASE + numberOf(telId);
}

/** The type of the object with the tracking position of this telescope. */
export function trackingTypeOf(telId: number): number {
  return TRACKING_POSITION_BASE + numberOf(telId);
}

function numberOf(telId: number): number {
  return (telId % 100) + 1000 * Math.floor(telId / 100);
}

/** The telescope in the id of objects whose other bits are flags: 8 bits at the end, 6 from bit 24 on. */
export function telescopeOfFlaggedId(id: number): number {
  return (id & 0xff) | ((id & 0x3f000000) >> 16);
}

/** An id with these flags, which are in the bits from 8 to 23. */
export function flaggedId(telId: number, flags: number): number {
  return (telId & 0xff) | ((telId & 0x3f00) << 16) | flags;
}
