const TELESCOPE_EVENT_BASE = 2200;
const TRACKING_POSITION_BASE = 2100;

/**
 * Returns the telescope id of a telescope event from its object type, which is 2200 + id % 100 + 1000 * floor(id / 100).
 * Undefined for other object types.
 */
export function telescopeOfEventType(type: number): number | undefined {
  return telescopeOf(type - TELESCOPE_EVENT_BASE);
}

/** Returns the telescope id of a tracking position from its object type, numbered like telescope events from 2100. */
export function telescopeOfTrackingType(type: number): number | undefined {
  return telescopeOf(type - TRACKING_POSITION_BASE);
}

function telescopeOf(offset: number): number | undefined {
  const hundreds = Math.floor(offset / 1000);
  const rest = offset % 1000;
  return offset >= 0 && rest < 100 ? hundreds * 100 + rest : undefined;
}

/** Object type of the events of a telescope. */
export function eventObjectType(telId: number): number {
  return TELESCOPE_EVENT_BASE + typeOffset(telId);
}

/** Object type of the tracking positions of a telescope. */
export function trackingObjectType(telId: number): number {
  return TRACKING_POSITION_BASE + typeOffset(telId);
}

function typeOffset(telId: number): number {
  return (telId % 100) + 1000 * Math.floor(telId / 100);
}

/** Decodes the telescope id from an object id with flags: bits 0 to 7 are its low bits, bits 24 to 29 its high bits. */
export function decodeTelescopeId(id: number): number {
  return (id & 0xff) | ((id & 0x3f000000) >> 16);
}

/** Encodes a telescope id and flags, bits 8 to 23, as object id. */
export function encodeTelescopeId(telId: number, flags: number): number {
  return (telId & 0xff) | ((telId & 0x3f00) << 16) | flags;
}
