import type { ProvenanceActivity } from '@cherenkit/core';

/** Which file this is and which run made it. Ids and times are all that differs between the files of two equal runs. */
export interface FileIdentity {
  readonly productId: string;
  readonly activity: ProvenanceActivity;
  readonly stopTime: Date;
}

/**
 * A random id and the clock; where SOURCE_DATE_EPOCH is set, that time, and ids that follow from it.
 *
 * @param obsIds - what the file is of, for ids that are not random
 * @param activity - what made the file; `cherenkit` where no program tells
 * @throws RangeError if SOURCE_DATE_EPOCH is no number of seconds
 */
export function fileIdentity(obsIds: string, activity: ProvenanceActivity | undefined): FileIdentity {
  const epoch = typeof process === 'undefined' ? undefined : process.env['SOURCE_DATE_EPOCH'];
  const stopTime = epoch ? timeOf(epoch) : new Date();
  const newId = (kind: string) => (epoch ? uuidOf(`${kind} ${obsIds} ${epoch}`) : crypto.randomUUID());
  const { name, softwareVersion } = activity ?? { name: 'cherenkit', softwareVersion: 'unknown' };
  const known = epoch ? undefined : activity;
  return {
    productId: newId('product'),
    activity: known ?? { name, id: newId('activity'), startTime: stopTime, softwareVersion },
    stopTime,
  };
}

function timeOf(epoch: string): Date {
  if (!/^\d+$/.test(epoch)) throw new RangeError(`SOURCE_DATE_EPOCH is "${epoch}"; it should be seconds since 1970.`);
  return new Date(1000 * Number(epoch));
}

/** A UUID of version 8, the one for ids made in one's own way; here by four FNV-1a hashes. */
function uuidOf(text: string): string {
  const digits = [0, 1, 2, 3].map((salt) => fnv1a(`${salt} ${text}`).toString(16).padStart(8, '0')).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
