// Writes test/plugin-hdf5/writer/written-digests.json: digests of the files that the HDF5 writer makes of events in which every field
// has a value. To be run, after a build of the tests, when the files are meant to change; the diff tells which tables do.
import { writeFileSync } from 'node:fs';
import { digestsOf, WRITTEN, writtenBytes } from '../test/dist/support/written-digests.js';

const digests = {};
for (const [name, options] of Object.entries(WRITTEN)) digests[name] = await digestsOf(await writtenBytes(options));
const file = new URL('../test/plugin-hdf5/writer/written-digests.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(digests, undefined, 2)}\n`);
