import { Component, trait, type DataLevel, type ProvenanceActivity, dataModel } from '@cherenkit/core';
import type { Attributes } from '../format/index.js';

/** Who answers for a file; its values stand in the file's attributes. Source: ctapipe 0.32 `Contact`. */
export class Contact extends Component.withTraits({
  name: trait.string({ default: 'unknown', help: 'Whom to ask about the file.' }),
  email: trait.string({ default: 'unknown', help: 'Where to ask.' }),
  organization: trait.string({ default: 'unknown', help: 'Who stands behind it.' }),
}) {
  static override readonly kind: string = 'Contact';
  static override readonly help = 'Names who answers for a file.';
}

/** What instrument a file's data are from; its values stand in the file's attributes. Source: ctapipe 0.32 `Instrument`. */
export class Instrument extends Component.withTraits({
  site: trait.string({ default: 'Other', help: 'The site of CTAO, or another telescope.' }),
  class_: trait.oneOf(
    ['Array', 'Subarray', 'Telescope', 'Camera', 'Optics', 'Mirror', 'Photo-sensor', 'Module', 'Part', 'Other'],
    { default: 'Other', help: 'What part of an observatory it is.' },
  ),
  type_: trait.string({ default: 'unspecified', help: 'Its type.' }),
  subtype: trait.string({ default: 'unspecified', help: 'Its type, in more detail.' }),
  version: trait.string({ default: 'unspecified', help: 'Its version.' }),
  id_: trait.string({ default: 'unspecified', help: 'Its name; that of the array if it is left unspecified.' }),
}) {
  static override readonly kind: string = 'Instrument';
  static override readonly help = 'Names the instrument that a file is about.';
}

/** Which file this is and which run made it. Ids and times are all that differs between the files of two equal runs. */
export interface FileIdentity {
  readonly productId: string;
  readonly activity: ProvenanceActivity;
  readonly stopTime: Date;
}

/** What the attributes of a file's root tell. */
export interface ReferenceMetadata extends FileIdentity {
  readonly contact: Contact;
  readonly instrument: Instrument;
  readonly subarrayName: string;
  readonly isSimulation: boolean;
  readonly dataLevels: readonly DataLevel[];
  readonly obsIds: readonly number[];
}

/** CTAO's reference metadata under the keys of ctapipe. Source: ctapipe 0.32 `Reference.to_dict`. */
export function referenceAttributes(metadata: ReferenceMetadata): Attributes {
  const { contact, instrument, isSimulation, activity } = metadata;
  const { id_, class_, type_, site, subtype, version } = instrument.traits;
  return {
    'CTA REFERENCE VERSION': '1',
    'CTA CONTACT NAME': contact.traits.name,
    'CTA CONTACT EMAIL': contact.traits.email,
    'CTA CONTACT ORGANIZATION': contact.traits.organization,
    'CTA PRODUCT DESCRIPTION': 'Cherenkit Data Product',
    'CTA PRODUCT CREATION TIME': utc(metadata.stopTime),
    'CTA PRODUCT ID': metadata.productId,
    'CTA PRODUCT DATA CATEGORY': isSimulation ? 'Sim' : 'Other',
    'CTA PRODUCT DATA LEVELS': metadata.dataLevels.join(','),
    'CTA PRODUCT DATA ASSOCIATION': 'Subarray',
    'CTA PRODUCT DATA MODEL NAME': 'ASWG',
    'CTA PRODUCT DATA MODEL VERSION': dataModel.DATA_MODEL_VERSION,
    'CTA PRODUCT DATA MODEL URL': '',
    'CTA PRODUCT FORMAT': 'hdf5',
    'CTA PROCESS TYPE': isSimulation ? 'Simulation' : 'Observation',
    'CTA PROCESS SUBTYPE': '',
    'CTA PROCESS ID': metadata.obsIds.join(','),
    'CTA ACTIVITY NAME': activity.name,
    'CTA ACTIVITY TYPE': 'software',
    'CTA ACTIVITY ID': activity.id,
    'CTA ACTIVITY START TIME': utc(activity.startTime),
    'CTA ACTIVITY STOP TIME': utc(metadata.stopTime),
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

/** As ctapipe writes times: `2026-01-31 23:59:59.123`. */
function utc(time: Date): string {
  return time.toISOString().slice(0, -1).replace('T', ' ');
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
