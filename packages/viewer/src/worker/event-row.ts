import { EventType, type ArrayEvent } from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';
import type { EventResult, EventRow } from '../protocol.js';

const TYPES = new Map<number, string>(Object.entries(EventType).map(([name, value]) => [value, name]));

/** What is listed of a processed event. */
export function eventRow(index: number, { event, unused }: EventResult): EventRow {
  const { obsId, eventId } = event.index;
  const { energy = NaN, alt = NaN, az = NaN, coreX = NaN, coreY = NaN } = event.simulation?.shower ?? {};
  const geometries = [...event.dl2.stereo.geometry.values()];
  const found = geometries.find(({ isValid }) => isValid) ?? geometries[0];
  const isValid = found?.isValid === true;
  const images = [...event.dl1.tel.values()].flatMap(({ parameters }) => parameters ?? []);
  const shapes = images.map(({ hillas: { width, length } }) => width / length).filter(Number.isFinite);
  return {
    index,
    obsId,
    eventId,
    type: TYPES.get(event.trigger.eventType) ?? String(event.trigger.eventType),
    nTriggered: event.trigger.telsWithTrigger.length || event.dl1.tel.size,
    nUsed: event.dl1.tel.size - unused.size,
    intensity: images.reduce((sum, { hillas }) => sum + (hillas.intensity > 0 ? hillas.intensity : 0), 0),
    energy: Number.isFinite(energy) ? energy : energyOf(event),
    theta: isValid ? degrees(separation(found.az, found.alt, az, alt)) : NaN,
    coreError: isValid ? Math.hypot(found.coreX - coreX, found.coreY - coreY) : NaN,
    coreDistance: Math.hypot(coreX, coreY),
    hMax: isValid ? found.hMax : NaN,
    widthOverLength: shapes.length > 0 ? shapes.reduce((a, b) => a + b, 0) / shapes.length : NaN,
  };
}

function energyOf({ dl2 }: ArrayEvent): number {
  return [...dl2.stereo.energy.values()].find(({ isValid }) => isValid)?.energy ?? NaN;
}

function separation(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const sinLat = Math.sin((lat2 - lat1) / 2) ** 2;
  const sinLon = Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(sinLat + sinLon)));
}
