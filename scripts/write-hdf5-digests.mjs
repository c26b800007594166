// Writes test/plugin-hdf5/writer/written-digests.json: digests of HDF5 files with events in which every field has a value. Run it
// after building the tests when output files change intentionally; the diff shows which tables changed.
import { writeFileSync } from 'node:fs';
import { digestsOf, WRITTEN, writtenBytes } from '../test/dist/support/written-digests.js';

const digests = {};
for (const [name, options] of Object.entries(WRITTEN)) digests[name] = await digestsOf(await writtenBytes(options));
const file = new URL('../test/plugin-hdf5/writer/written-digests.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(digests, undefined, 2)}\n`);
