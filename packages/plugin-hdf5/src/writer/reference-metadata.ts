import { Component, trait, type ProvenanceActivity } from '@cherenkit/core';
import type { DataModelVersion } from '@cherenkit/tables';
import type { Attributes } from '../format/index.js';

/** Contact of a file, stored in its attributes. Source: ctapipe 0.32 `Contact`. */
export class Contact extends Component.withTraits({
  name: trait.string({ default: 'unknown', help: 'Name of the contact person.' }),
  email: trait.string({ default: 'unknown', help: 'Email address of the contact person.' }),
  organization: trait.string({ default: 'unknown', help: 'Organization of the contact person.' }),
}) {
  static override readonly kind: string = 'Contact';
  static override readonly help = 'Contact person of a file.';
}

/** Instrument that recorded the data of a file, stored in its attributes. Source: ctapipe 0.32 `Instrument`. */
export class Instrument extends Component.withTraits({
  site: trait.string({ default: 'Other', help: 'Site of the instrument, for example CTA-North.' }),
  class_: trait.oneOf(
    ['Array', 'Subarray', 'Telescope', 'Camera', 'Optics', 'Mirror', 'Photo-sensor', 'Module', 'Part', 'Other'],
    { default: 'Other', help: 'Class of the instrument.' },
  ),
  type_: trait.string({ default: 'unspecified', help: 'Type of the instrument.' }),
  subtype: trait.string({ default: 'unspecified', help: 'Subtype of the instrument.' }),
  version: trait.string({ default: 'unspecified', help: 'Version of the instrument.' }),
  id_: trait.string({
    default: 'unspecified',
    help: 'Identifier of the instrument. If unspecified, the name of the array is stored.',
  }),
}) {
  static override readonly kind: string = 'Instrument';
  static override readonly help = 'Instrument that recorded the data of a file.';
}

/** Identity of a file and of the run that created it: the only content that differs between files of equal runs. */
export interface FileIdentity {
  readonly productId: string;
  readonly activity: ProvenanceActivity;
  readonly stopTime: Date;
}

/** Reference metadata of a file, stored as attributes of its root group. */
export interface ReferenceMetadata extends FileIdentity {
  readonly contact: Contact;
  readonly instrument: Instrument;
  readonly subarrayName: string;
  readonly isSimulation: boolean;
  readonly dataLevels: readonly string[];
  readonly obsIds: readonly number[];
  readonly dataModelVersion: DataModelVersion;
}

/** Converts reference metadata to attributes with ctapipe's names. Source: ctapipe 0.32 `Reference.to_dict`. */
export function referenceAttributes(metadata: ReferenceMetadata): Attributes {
  const { contact, instrument, isSimulation, activity } = metadata;
  const { id_, class_, type_, site, subtype, version } = instrument.traits;
  return {
    'CTA REFERENCE VERSION': '1',
    'CTA CONTACT NAME': contact.traits.name,
    'CTA CONTACT EMAIL': contact.traits.email,
    'CTA CONTACT ORGANIZATION': contact.traits.organization,
    'CTA PRODUCT DESCRIPTION': 'Cherenkit Data Product',
    'CTA PRODUCT CREATION TIME': formatUtc(metadata.stopTime),
    'CTA PRODUCT ID': metadata.productId,
    'CTA PRODUCT DATA CATEGORY': isSimulation ? 'Sim' : 'Other',
    'CTA PRODUCT DATA LEVELS': metadata.dataLevels.join(','),
    'CTA PRODUCT DATA ASSOCIATION': 'Subarray',
    'CTA PRODUCT DATA MODEL NAME': 'ASWG',
    'CTA PRODUCT DATA MODEL VERSION': metadata.dataModelVersion,
    'CTA PRODUCT DATA MODEL URL': '',
    'CTA PRODUCT FORMAT': 'hdf5',
    'CTA PROCESS TYPE': isSimulation ? 'Simulation' : 'Observation',
    'CTA PROCESS SUBTYPE': '',
    'CTA PROCESS ID': metadata.obsIds.join(','),
    'CTA ACTIVITY NAME': activity.name,
    'CTA ACTIVITY TYPE': 'software',
    'CTA ACTIVITY ID': activity.id,
    'CTA ACTIVITY START TIME': formatUtc(activity.startTime),
    'CTA ACTIVITY STOP TIME': formatUtc(metadata.stopTime),
    'CTA ACTIVITY SOFTWARE NAME': 'cherenkit',
    'CTA ACTIVITY SOFTWARE VERSION': activity.softwareVersion,
    'CTA INSTRUMENT SITE': site,
    'CTA INSTRUMENT CLASS': class_,
    'CTA INSTRUMENT TYPE': type_,
    'CTA INSTRUMENT SUBTYPE': subtype,
    'CTA INSTRUMENT VERSION': version,
    'CTA INSTRUMENT ID': id_ === 'unspecified' ? metadata.subarrayName : id_,
  };
}

/** Formats a time as ctapipe: `2026-01-31 23:59:59.123`. */
export function formatUtc(time: Date): string {
  return time.toISOString().slice(0, -1).replace('T', ' ');
}

/**
 * Creates the identity of a file: random ids and the current time. If the environment variable SOURCE_DATE_EPOCH is set, the
 * time is taken from it and the ids are derived from it, so that equal runs create equal files.
 *
 * @param obsIds - observation ids, from which ids are derived
 * @param activity - activity that creates the file. Default: `cherenkit`
 * @throws RangeError unless SOURCE_DATE_EPOCH is a number of seconds
 */
export function fileIdentity(obsIds: string, activity: ProvenanceActivity | undefined): FileIdentity {
  const epoch = typeof process === 'undefined' ? undefined : process.env['SOURCE_DATE_EPOCH'];
  const stopTime = epoch ? parseEpoch(epoch) : new Date();
  const newId = (kind: string) => (epoch ? deriveUuid(`${kind} ${obsIds} ${epoch}`) : crypto.randomUUID());
  const { name, softwareVersion } = activity ?? { name: 'cherenkit', softwareVersion: 'unknown' };
  const runningActivity = epoch ? undefined : activity;
  return {
    productId: newId('product'),
    activity: runningActivity ?? { name, id: newId('activity'), startTime: stopTime, softwareVersion },
    stopTime,
  };
}

function parseEpoch(epoch: string): Date {
  if (!/^\d+$/.test(epoch)) throw new RangeError(`SOURCE_DATE_EPOCH: expected seconds since 1970, found "${epoch}".`);
  return new Date(1000 * Number(epoch));
}

/** Derives a UUID of version 8 (vendor-specific) from a text by four FNV-1a hashes. */
function deriveUuid(text: string): string {
  const digits = digestOf(text);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** Digest of a text in hexadecimal, 128 bits. */
export function digestOf(text: string): string {
  return [0, 1, 2, 3].map((salt) => fnv1a(`${salt} ${text}`).toString(16).padStart(8, '0')).join('');
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
