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

/** The telescope in the id of objects whose other bits are flags: 8 bits at the end, 6 from bit 24 on. */
export function telescopeOfFlaggedId(id: number): number {
  return (id & 0xff) | ((id & 0x3f000000) >> 16);
}
