import { definePlugin } from '@cherenkit/core';

import { HDF5DataWriter } from './writer/hdf5-data-writer.js';
import { Contact, Instrument } from './writer/reference-metadata.js';

export { readTable, type ReadTableOptions } from './tables/read-table.js';
export { Hdf5Writer } from './format/hdf5-writer.js';
export { writeTable } from './tables/write-table.js';
export { Contact, HDF5DataWriter, Instrument };

export default definePlugin({
  name: 'hdf5',
  apiVersion: 1,
  kinds: [Contact, Instrument],
  components: [Contact, HDF5DataWriter, Instrument],
});
