import type { DataLevel } from '@cherenkit/core';
import type { Attributes } from '../hdf5/index.js';
import type { Contact } from './contact.js';
import type { FileIdentity } from './file-identity.js';
import type { Instrument } from './instrument.js';

/** The version of ctapipe's data model that files follow. */
export const DATA_MODEL_VERSION = 'v7.6.0';

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
    'CTA PRODUCT DATA MODEL VERSION': DATA_MODEL_VERSION,
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
