// Benchmarks island counting and tail-cuts cleaning, and compares with ctapipe's compiled functions on the same images.
//
// usage: npm run bench -- images [--runs 7]
//
// Camera and images are those of test/reference/toy-images.json. If $CTAPIPE_PYTHON is a Python with ctapipe 0.32.0, the
// programs alternate and their results are compared; otherwise only Cherenkit is measured.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '7' } }, allowPositionals: true });
const { buildPixelLookup, findNeighbors, neighborRule, numberOfIslands, tailcutsClean } =
  await import('@cherenkit/kernels');

const [PICTURE, BOUNDARY, NEIGHBORS] = [10, 5, 2];
const ROUNDS = 2000;
const python = process.env.CTAPIPE_PYTHON;
const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const root = fileURLToPath(new URL('..', import.meta.url));
const reference = JSON.parse(readFileSync(join(root, 'test', 'reference', 'toy-images.json'), 'utf8'));
const pixX = doubles(reference.pixX);
const pixY = doubles(reference.pixY);
const neighbors = findNeighbors(buildPixelLookup(pixX, pixY), neighborRule('hex', 'hexagon'));
const images = madeImages();

const inputs = join(scratch, 'images.json');
writeFileSync(
  inputs,
  JSON.stringify({
    pixX: [...pixX],
    pixY: [...pixY],
    images: images.map(({ image }) => [...image]),
    cuts: [PICTURE, BOUNDARY, NEIGHBORS],
    rounds: ROUNDS,
  }),
);
const ours = [];
const theirs = [];
for (let run = 0; run < Number(options.runs); run++) {
  ours.push(images.map(timeOurs));
  if (python) theirs.push(timeCtapipe());
}

console.log(`Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model}; ${pixX.length} pixels`);
console.log(`microseconds per image, medians of ${options.runs} runs of ${ROUNDS} images each\n`);
console.log(
  `${'image'.padEnd(16)}${'pixels'.padStart(8)}${'islands'.padStart(9)}  ${heading('islands')}  ${heading('tailcuts')}`,
);
images.forEach(({ name }, index) => {
  const first = ours[0][index];
  const other = theirs[0]?.[index];
  if (other && (other.nPixels !== first.nPixels || other.nIslands !== first.nIslands)) {
    console.error(`${name}: results differ; ctapipe finds ${other.nPixels} pixels in ${other.nIslands} islands`);
    process.exitCode = 1;
  }
  const [islands, tailcuts] = ['islands', 'tailcuts'].map((what) =>
    compared(median(ours.map((run) => run[index][what])), python && median(theirs.map((run) => run[index][what]))),
  );
  console.log(
    `${name.padEnd(16)}${String(first.nPixels).padStart(8)}${String(first.nIslands).padStart(9)}  ${islands}  ${tailcuts}`,
  );
});
if (!python) console.log('\nSet CTAPIPE_PYTHON to a Python with ctapipe to compare with it.');

/** Images with one island, nine islands, and an island that covers half of the camera. */
function madeImages() {
  const nine = floats(reference.nineIslands[0].image);
  const nPixels = pixX.length;
  const half = new Float32Array(nPixels).map((_, pixel) => (pixX[pixel] > 0 ? 20 : 0));
  const one = new Float32Array(nPixels).map((_, pixel) => {
    const [u, v] = [(pixX[pixel] - 0.2) / 0.2, (pixY[pixel] + 0.1) / 0.08];
    return 100 * Math.exp(-(u * u + v * v) / 2);
  });
  return [
    { name: 'one island', image: one },
    { name: 'nine islands', image: nine },
    { name: 'half the camera', image: half },
  ];
}

function timeOurs({ image }) {
  const mask = new Uint8Array(image.length);
  const clean = () => tailcutsClean(neighbors, image, PICTURE, BOUNDARY, { minPictureNeighbors: NEIGHBORS }, mask);
  const nPixels = clean();
  const { nIslands } = numberOfIslands(neighbors, mask);
  return {
    nPixels,
    nIslands,
    tailcuts: microseconds(clean),
    islands: microseconds(() => numberOfIslands(neighbors, mask)),
  };
}

function microseconds(call) {
  for (let i = 0; i < ROUNDS / 10; i++) call();
  const begin = performance.now();
  for (let i = 0; i < ROUNDS; i++) call();
  return (1000 * (performance.now() - begin)) / ROUNDS;
}

function timeCtapipe() {
  const program = `
import json, sys, time
import astropy.units as u, numpy as np
from ctapipe.image import number_of_islands, tailcuts_clean
from ctapipe.instrument import CameraGeometry
given = json.load(open(sys.argv[1]))
x, y = np.array(given['pixX']), np.array(given['pixY'])
area = np.full(len(x), 0.05**2 * np.sqrt(3) / 2)
geometry = CameraGeometry('Toy', np.arange(len(x)), x * u.m, y * u.m, area * u.m**2, 'hexagon')
picture, boundary, neighbors = given['cuts']
rounds = given['rounds']
def microseconds(call):
    for _ in range(rounds // 10): call()
    begin = time.perf_counter()
    for _ in range(rounds): call()
    return 1e6 * (time.perf_counter() - begin) / rounds
results = []
for image in given['images']:
    image = np.array(image, dtype=np.float32)
    clean = lambda: tailcuts_clean(geometry, image, picture, boundary, False, neighbors)
    mask = clean()
    results.append({'nPixels': int(mask.sum()), 'nIslands': int(number_of_islands(geometry, mask)[0]),
                    'tailcuts': microseconds(clean), 'islands': microseconds(lambda: number_of_islands(geometry, mask))})
print(json.dumps(results))
`;
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', program, inputs], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ctapipe failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}

function heading(what) {
  return `${what}: ours`.padStart(14) + (python ? `${'ctapipe'.padStart(10)}${'ratio'.padStart(8)}` : '');
}

function compared(our, their) {
  const own = our.toFixed(1).padStart(14);
  return their ? own + their.toFixed(1).padStart(10) + (their / our).toFixed(1).padStart(8) : own;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function doubles({ data }) {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return new Float64Array(bytes.buffer);
}

function floats({ data }) {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return new Float32Array(bytes.buffer);
}
