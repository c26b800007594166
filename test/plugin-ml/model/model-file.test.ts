import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { CherenkitError } from '@cherenkit/core';
import { RandomStream } from '@cherenkit/kernels';
import { ModelFiles, readModel, writeModel, type Role } from '@cherenkit/plugin-ml';
import { TemporaryFolder } from '@cherenkit/testing';
import { randomModel } from '../../support/random-model.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

/** Features and outputs of scikit-learn, by model and telescope type. */
type ReferenceRows = Readonly<
  Record<
    string,
    {
      readonly features: readonly string[];
      readonly types: Readonly<Record<string, Readonly<Record<Role, number[]>> & { readonly X: number[][] }>>;
    }
  >
>;

const reference = (name: string): string => inTestData('reference', 'ml', name);

describe('model files', () => {
  for (const reconstructor of ['EnergyRegressor', 'ParticleClassifier', 'DispReconstructor'] as const) {
    it(`give the same predictions and description after writing: ${reconstructor}`, () => {
      fc.assert(
        fc.property(fc.nat(1000), (seed) => {
          const model = randomModel({ reconstructor, seed, types: ['LST_LST_LSTCam', 'MST_MST_NectarCam'] });
          const { description, estimators } = readModel(writeModel(model, '1.2.3'), 'model.onnx');
          for (const name of ['prefix', 'unit', 'logTarget', 'features', 'featureUnits', 'combiner'] as const) {
            expect(description[name], name).to.deep.equal(model[name]);
          }
          expect(description.json).to.include({ note: 'random', format: 1 });
          const random = new RandomStream(seed);
          const rows = Float32Array.from({ length: 3 * 50 }, () => random.normal());
          for (const { type, roles } of model.telescopeTypes) {
            for (const [role, { trained }] of roles) {
              expect(estimators.get(type)?.get(role)?.predict(rows)).to.deep.equal(trained.predict(rows));
            }
          }
        }),
        { numRuns: 20 },
      );
    });
  }

  it('are read once, also compressed', () => {
    using folder = new TemporaryFolder();
    const path = folder.join('model.onnx.gz');
    writeFileSync(path, gzipSync(writeModel(randomModel(), '1.2.3')));
    const files = new ModelFiles();
    expect(files.read(path)).to.equal(files.read(path));
    expect(files.read(path).description.prefix).to.equal('ExtraTreesRegressor');
  });

  it('that are missing or damaged are reported', () => {
    using folder = new TemporaryFolder();
    const files = new ModelFiles();
    expect(() => files.read(folder.join('no.onnx')))
      .to.throw(CherenkitError, 'no.onnx: the model does not exist. Check the path.')
      .with.property('exitCode', 66);
    writeFileSync(folder.join('text.onnx'), 'This is not a model.');
    expect(() => files.read(folder.join('text.onnx')))
      .to.throw(CherenkitError, /text\.onnx: .* The file is damaged or was not written for Cherenkit/)
      .with.property('code', 'MODEL_CORRUPT');
    writeFileSync(folder.join('text.onnx.gz'), Buffer.from([0x1f, 0x8b, 8, 0]));
    expect(() => files.read(folder.join('text.onnx.gz')))
      .to.throw(CherenkitError, 'the model cannot be read')
      .with.property('exitCode', 65);
    expect(() => files.read(folder.path))
      .to.throw(CherenkitError)
      .with.property('code', 'INPUT_MISSING');
  });

  it('are refused with any damage, or read', function () {
    this.timeout(60_000);
    const bytes = writeModel(randomModel({ reconstructor: 'DispReconstructor' }), '1.2.3');
    const rows = new Float32Array(3 * 20).fill(0.3);
    let refused = 0;
    const damaged = fc.oneof(
      fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }).map(({ at, byte }) => {
        const copy = bytes.slice();
        copy[at] = byte;
        return copy;
      }),
      fc.nat(bytes.length - 1).map((length) => bytes.slice(0, length)),
      fc.record({ from: fc.nat(bytes.length - 1), length: fc.nat(40), to: fc.nat(bytes.length - 1) }).map((move) => {
        const copy = bytes.slice();
        copy.copyWithin(move.to, move.from, move.from + move.length);
        return copy;
      }),
    );
    fc.assert(
      fc.property(damaged, (content) => {
        try {
          const { estimators } = readModel(content, 'model.onnx');
          for (const roles of estimators.values()) for (const each of roles.values()) each.predict(rows);
        } catch (error) {
          if (!CherenkitError.is(error)) throw error;
          expect(error.code).to.be.oneOf(['MODEL_CORRUPT', 'MODEL_UNSUPPORTED']);
          refused++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).to.be.above(200);
  });

  it('of ctapipe, converted, predict what scikit-learn does', function () {
    this.timeout(20_000);
    skipWithoutTestData.call(this);
    const rows = JSON.parse(gunzipSync(readFileSync(reference('rows.json.gz'))).toString()) as ReferenceRows;
    for (const name of ['energy', 'classifier', 'disp']) {
      const { description, estimators } = new ModelFiles().read(reference(`${name}.onnx`));
      expect(description.features).to.deep.equal(rows[name].features);
      for (const [type, { X, ...outputs }] of Object.entries(rows[name].types)) {
        for (const [role, trained] of estimators.get(type) ?? []) {
          const predicted = trained.predict(Float32Array.from(X.flat()));
          expect(predicted.length).to.equal(outputs[role].length);
          predicted.forEach((value, row) => {
            expect(value).to.be.closeTo(outputs[role][row], 1e-6 * (Math.abs(value) + 1e-3));
          });
        }
      }
    }
  });
});
