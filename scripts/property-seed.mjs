// Required by mocha: gives property tests the same random values in each run, so that a failure can be repeated. PROPERTY_SEED
// is another seed, or `random`.
import fc from 'fast-check';

const { PROPERTY_SEED = '20260101' } = process.env;
if (PROPERTY_SEED !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(PROPERTY_SEED) });
