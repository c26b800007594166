import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { differentTables } from '../support/different-tables.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';
import { engineCommand, ENGINES, FlakyProgram, runIn } from '../support/workflow-engine.js';

/** Simulated samples: particle and number of events. */
const SAMPLES = {
  train_gamma: ['gamma', 100],
  train_proton: ['proton', 100],
  gamma: ['gamma', 200],
  proton: ['proton', 100],
} as const;
/** What the chain writes. */
const APPLIED = ['gamma.ml.h5', 'proton.ml.h5'];
const RESPONSES = ['cuts.fits', 'irf.fits.gz', 'benchmarks.fits.gz'];

/** The steps in docs/production.md. */
function steps(): string {
  const page = readFileSync(join(REPOSITORY_ROOT, 'docs', 'production.md'), 'utf8');
  const [, found] = /^```text\n# steps\.txt\n(.*?)^```$/ms.exec(page) ?? [];
  if (found === undefined) throw new Error('docs/production.md has no steps.txt');
  return found;
}

/** Records of a FITS file, without the HDU and the keywords that name files or times: CWL links files to folders of jobs. */
function recordsOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  const hdus = text.split(/(?=XTENSION= )/).filter((hdu) => !hdu.includes("EXTNAME = 'CHERENKIT INPUTS'"));
  const records = hdus.join('').match(/[^]{80}/g) ?? [];
  return records.filter((record) => !/^(?:(?:CUTS {4}|DATE {4}|CHECKSUM)=|CONTINUE| {80}$)/.test(record));
}

describe('generated workflows from showers to responses', function () {
  this.timeout(900_000);
  let folder: TemporaryFolder;
  /** What commands give that are run one after the other. */
  let expected: TemporaryFolder;

  const succeed = async (place: TemporaryFolder, ...args: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await cherenkit([...args, '-q'], place.path);
    expect(exitCode, stderr).to.equal(0);
  };
  const inputOf = (name: keyof typeof SAMPLES): string => {
    const [particle, events] = SAMPLES[name];
    const seed = Object.keys(SAMPLES).indexOf(name);
    return `toymodel:?array=chec&particle=${particle}&view_cone_radius=2.5&events=${events}&seed=${seed}`;
  };
  const prepare = (place: TemporaryFolder): void => {
    for (const name of ['models.yaml', 'responses.yaml']) {
      copyFileSync(join(REPOSITORY_ROOT, 'examples', 'dl3', name), place.join(name));
    }
    place.write('dl2.yaml', 'DataWriter: { write_dl1_parameters: true, write_dl2: true }\n');
    place.write('steps.txt', steps());
  };

  after(() => expected?.[Symbol.dispose]());
  beforeEach(() => {
    folder = new TemporaryFolder();
    prepare(folder);
  });
  afterEach(() => folder[Symbol.dispose]());

  const makeExpected = async (): Promise<void> => {
    if (expected !== undefined) return;
    expected = new TemporaryFolder();
    prepare(expected);
    for (const name of Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]) {
      await succeed(expected, 'process', '-i', inputOf(name), '-o', `${name}.h5`, '-c', 'dl2.yaml');
    }
    const lines = steps().replaceAll('\\\n', ' ').trim().split('\n');
    for (const line of lines) await succeed(expected, ...line.split(/ +/));
  };

  for (const engine of ENGINES) {
    it(`are run by ${engine}`, async function () {
      const command = engineCommand(this, engine);
      await makeExpected();
      for (const name of Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]) {
        await succeed(folder, 'plan', inputOf(name), '-o', `${name}.json`, '-c', 'dl2.yaml', '--target-events', '100');
      }
      const manifests = Object.keys(SAMPLES).map((name) => `${name}.json`);
      const { path: program } = new FlakyProgram(folder);
      const options = ['-o', engine, '--steps', 'steps.txt', '--program', program];
      await succeed(folder, 'workflow', engine, ...manifests, ...options);
      const { status, stdout, stderr } = runIn(folder, command);
      expect(status, `${stdout}${stderr}`).to.equal(0);
      const results = existsSync(folder.join('results')) ? folder.join('results') : folder.path;
      for (const name of APPLIED) {
        expect(await differentTables(join(results, name), expected.join(name))).to.deep.equal([]);
      }
      for (const name of RESPONSES) {
        const [found, wanted] = [recordsOf(join(results, name)), recordsOf(expected.join(name))];
        expect(found.filter((record, i) => record !== wanted[i])).to.deep.equal([]);
        expect(found.length, name).to.equal(wanted.length);
      }
    });
  }
});
