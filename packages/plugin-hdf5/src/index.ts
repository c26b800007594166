import { definePlugin } from '@cherenkit/core';

import { Contact } from './writer/contact.js';
import { HDF5DataWriter } from './writer/hdf5-data-writer.js';
import { Instrument } from './writer/instrument.js';

export * from './hdf5/index.js';
export { Contact, HDF5DataWriter, Instrument };
export { FixedPoint, type FixedPointType } from './writer/fixed-point.js';
export { DATA_MODEL_VERSION } from './writer/reference-metadata.js';

export default definePlugin({
  name: 'hdf5',
  apiVersion: 1,
  kinds: [Contact, Instrument],
  components: [Contact, HDF5DataWriter, Instrument],
});
