import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout; compiled tests run from test/dist. */
export const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** A folder with `data/`, `reference/` and `tools/`, or undefined where there is none: such tests then say so and skip. */
export const TEST_DATA = process.env['CHERENKIT_TEST_DATA'];
