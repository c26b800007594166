import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CherenkitError } from '@cherenkit/core';
import { readTable } from '@cherenkit/plugin-hdf5';
import { readModel } from '@cherenkit/plugin-ml';
import onnx, { OnnxGraphRunner } from '@cherenkit/plugin-onnx';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';

interface Reference {
  /** ONNX file, base64. */
  readonly model: string;
  /** Features of one row after the other. */
  readonly rows: readonly number[];
  /** Outputs of ONNX Runtime by telescope type. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/** Written by make_onnx_graph_reference.py. */
const reference = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'onnx-graphs.json'), 'utf8'),
) as Readonly<Record<'energy' | 'particle', Reference>>;

const bytesOf = (name: 'energy' | 'particle'): Uint8Array => Buffer.from(reference[name].model, 'base64');
const PLUGIN = ['--plugin', join(REPOSITORY_ROOT, 'packages', 'plugin-onnx')];

describe('OnnxGraphRunner', function () {
  this.timeout(120_000);

  for (const name of ['energy', 'particle'] as const) {
    it(`gives the numbers of ONNX Runtime in Python: ${name}`, async () => {
      const runner = await buildComponent(OnnxGraphRunner, { plugins: [onnx] });
      const { estimators } = readModel(bytesOf(name), `${name}.onnx`, runner);
      const rows = Float32Array.from(reference[name].rows);
      expect([...estimators.keys()]).to.deep.equal(Object.keys(reference[name].outputs));
      for (const [type, expected] of Object.entries(reference[name].outputs)) {
        const predict = estimators.get(type)?.get('model');
        const found = predict?.predict(rows) ?? [];
        expect(found).to.have.length(expected.length);
        expected.forEach((value, row) => expect(found[row]).to.be.closeTo(value, 1e-6));
        expect(predict?.predict(new Float32Array(0))).to.have.length(0);
      }
    });
  }

  it('applies models to a file, with predictions of the graph, and process gives the same', async () => {
    using folder = new TemporaryFolder();
    for (const name of ['energy', 'particle'] as const) writeFileSync(folder.join(`${name}.onnx`), bytesOf(name));
    const toy = ['process', '-i', 'toymodel:?events=3', '--write-parameters', '--write-showers'];
    expect((await cherenkit([...toy, '-o', 'in.h5'], folder.path)).exitCode).to.equal(0);
    const models = ['-r', 'energy.onnx', '-r', 'particle.onnx'];
    const apply = ['apply-models', '-i', 'in.h5', ...models, '-o', 'out.h5', '--skip-missing-models'];
    const runner = ['--graph-runner', 'OnnxGraphRunner', ...PLUGIN];
    const applied = await cherenkit([...apply, ...runner], folder.path);
    expect(applied.exitCode, applied.stderr).to.equal(0);
    const energies = await readTable(folder.join('out.h5'), '/dl2/event/subarray/energy/Network');
    expect(energies.nRows).to.equal(3);
    const values = energies.filter('Network_is_valid').numbers('Network_energy', 'TeV');
    expect(values.length).to.be.greaterThan(0);
    expect(values.every((value) => value > 0.3 && value < 3)).to.equal(true); // exp(tanh)
    const inLoop = ['--EnergyRegressor.load_path=energy.onnx', '--EnergyRegressor.graph_runner=OnnxGraphRunner'];
    const processed = await cherenkit(
      [...toy, '-o', 'loop.h5', '--reconstructor', 'EnergyRegressor', ...inLoop, ...PLUGIN],
      folder.path,
    );
    expect(processed.exitCode, processed.stderr).to.equal(0);
    const same = await readTable(folder.join('loop.h5'), '/dl2/event/subarray/energy/Network');
    expect([...same.numbers('Network_energy', 'TeV')]).to.deep.equal([...energies.numbers('Network_energy', 'TeV')]);
  });

  it('is named by the error without it, and model show needs none', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('energy.onnx'), bytesOf('energy'));
    const shown = await cherenkit(['model', 'show', 'energy.onnx'], folder.path);
    expect(shown.exitCode, shown.stderr).to.equal(0);
    expect(shown.stdout).to.include('LST_LST_LSTCam: MLP (), a graph for a GraphRunner');
    const args = [
      'process',
      '-i',
      'toymodel:?events=1',
      '-o',
      'x.h5',
      '--write-showers',
      '--reconstructor',
      'EnergyRegressor',
    ];
    const refused = await cherenkit([...args, '--EnergyRegressor.load_path=energy.onnx'], folder.path);
    expect(refused.exitCode).to.equal(65);
    expect(refused.stderr).to.match(/MODEL_UNSUPPORTED.*npm install @cherenkit\/plugin-onnx.*OnnxGraphRunner/s);
  });

  it('reports graphs that cannot be evaluated, with the model and the reason', async () => {
    const runner = await buildComponent(OnnxGraphRunner, { plugins: [onnx] });
    const bytes = bytesOf('energy');
    expect(() => runner.open(bytes.subarray(0, bytes.length / 2), 'half.onnx'))
      .to.throw(CherenkitError, /half\.onnx: ONNX Runtime cannot evaluate the graph: .*variable number of rows/)
      .with.property('code', 'MODEL_UNSUPPORTED');
    const graph = runner.open(bytes, 'energy.onnx');
    const run = (input: string, output: string, nFeatures: number) => () =>
      graph.run({ input, output }, new Float32Array(2 * nFeatures), nFeatures);
    expect(run('x9', 'y0', 3)).to.throw(/energy\.onnx: y0: .*there is no input x9/);
    expect(run('x0', 'y9', 3)).to.throw(/energy\.onnx: y9: .*there is no output y9/);
    expect(run('x0', 'y0', 4)).to.throw(CherenkitError, /energy\.onnx: y0: ONNX Runtime cannot evaluate the graph/);
    expect(run('x0', 'y0', 3)()).to.have.length(2);
  });
});
