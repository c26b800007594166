// Runs the main job on simulated showers, or on a file, and shows what came out.
//
// usage: npm run demo -- [FILE [OPTION of process]...]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const folder = join(root, 'demo');
const output = join(folder, 'events.dl2.h5');
const [file, ...more] = process.argv.slice(2);
const input = file === undefined ? 'toymodel:' : resolve(process.env.INIT_CWD ?? '.', file);
const shown = 10;

mkdirSync(folder, { recursive: true });
const options = ['--input', input, '--output', output, '--overwrite', '--write-images', '--write-showers', ...more];
console.log(`$ npx cherenkit process ${options.map(shortened).join(' ')}`);
const { status } = spawnSync(process.execPath, [command, 'process', ...options], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const { Hdf5Reader } = await import('@cherenkit/plugin-hdf5');
const { FileAccess } = await import('@cherenkit/plugin-hdf5/node');
const access = await FileAccess.open(output);
const reader = await Hdf5Reader.open(access);
await showDirections();
await showTables();
await access[Symbol.asyncDispose]();

console.log(`
Try next:
  npx cherenkit events ${shortened(input)} --max-events 5
  npx cherenkit process --help
  npx cherenkit process -i ${shortened(input)} -o demo/strict.h5 --TailcutsImageCleaner.picture_threshold_pe=20
  npm run demo -- FILE       the same with a sim_telarray file
and read README.md: the same in a script, configuration files, and where each step is in the code.`);

/** True and reconstructed directions, event by event. */
async function showDirections() {
  const geometry = '/dl2/event/subarray/geometry/HillasReconstructor';
  const truth = '/simulation/event/subarray/shower';
  if (!(await reader.has(geometry)) || !(await reader.has(truth))) return;
  const simulated = await (await reader.table(truth)).read(['event_id', 'true_energy', 'true_alt', 'true_az']);
  const names = ['event_id', 'alt', 'az', 'is_valid', 'telescopes'].map((name) =>
    name === 'event_id' ? name : `HillasReconstructor_${name}`,
  );
  const table = await reader.table(geometry);
  const [eventId, alt, az, isValid, telescopes] = Object.values(await table.read(names));
  const width = telescopes.length / table.nRows;

  console.log('\n  event id   true energy   telescopes   off the true direction by');
  const rows = Math.min(table.nRows, shown);
  for (let row = 0; row < rows; row++) {
    const at = simulated.event_id.indexOf(eventId[row]);
    const used = telescopes.subarray(row * width, (row + 1) * width).reduce((sum, flag) => sum + flag, 0);
    const offset = separation(az[row], alt[row], simulated.true_az[at], simulated.true_alt[at]);
    console.log(
      `${String(eventId[row]).padStart(10)}${`${simulated.true_energy[at].toFixed(3)} TeV`.padStart(14)}${String(used).padStart(13)}   ${isValid[row] ? `${offset.toFixed(3)} degrees` : 'not reconstructed'}`,
    );
  }
  if (table.nRows > rows) console.log(`  ... and ${table.nRows - rows} more`);
}

/** The tables of the file, those of telescopes taken together. */
async function showTables() {
  const rowsOf = new Map();
  for (const path of await reader.tables()) {
    const name = path.replace(/\/tel_\d+$/, '/tel_*');
    rowsOf.set(name, (rowsOf.get(name) ?? 0) + (await reader.table(path)).nRows);
  }
  console.log(`\nIn ${relative(root, output)}, which ctapipe, PyTables and h5py read as well:`);
  for (const [name, rows] of rowsOf) {
    if (/^\/(dl1|dl2|simulation)\/event/.test(name)) console.log(`  ${name.padEnd(64)} ${rows} rows`);
  }
}

/** Angle between two directions, degrees. */
function separation(lon1, lat1, lon2, lat2) {
  const [x1, y1, x2, y2] = [lon1, lat1, lon2, lat2].map((angle) => (angle * Math.PI) / 180);
  const haversine = Math.sin((y2 - y1) / 2) ** 2 + Math.cos(y1) * Math.cos(y2) * Math.sin((x2 - x1) / 2) ** 2;
  return (2 * Math.asin(Math.sqrt(haversine)) * 180) / Math.PI;
}

/** Paths as they look from here. */
function shortened(text) {
  return text.startsWith(root) ? relative(root, text) : text;
}
