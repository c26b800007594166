import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { runCtapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

/** Trains a model with ctapipe, and applies it: arguments are the input, the configuration, the model and the output. */
const TRAIN_AND_APPLY = `
import os, sys
os.environ['OMP_NUM_THREADS'] = '1'
from ctapipe.core import run_tool
from ctapipe.tools.apply_models import ApplyModels
from ctapipe.tools.train_energy_regressor import TrainEnergyRegressor
events, configuration, model, output = sys.argv[1:]
run_tool(TrainEnergyRegressor(), ['-i', events, '-c', configuration, '-o', model, '-q'], raises=True)
run_tool(ApplyModels(), ['-i', events, '-r', model, '-o', output, '-q'], raises=True)`;

/** Estimators that the reference models do not have. */
const ESTIMATORS: readonly (readonly [name: string, parameters: object])[] = [
  ['GradientBoostingRegressor', { n_estimators: 10, random_state: 1 }],
  ['HistGradientBoostingRegressor', { max_iter: 10, random_state: 1 }],
];

describe('the converter of models of ctapipe', function () {
  this.timeout(600_000);
  before(skipWithoutCtapipeOrTestData);

  for (const [name, parameters] of ESTIMATORS) {
    it(`gives models with the same predictions: ${name}`, async function () {
      using folder = new TemporaryFolder();
      const [model, converted, theirs] = ['model.pkl', 'model.onnx', 'theirs.h5'].map((file) => folder.join(file));
      const events = inTestData('reference', 'ml', 'gamma.dl2.h5');
      const configuration = {
        TrainEnergyRegressor: {
          CrossValidator: { n_cross_validations: 0 },
          EnergyRegressor: {
            model_cls: name,
            model_config: parameters,
            log_target: true,
            features: ['hillas_intensity', 'hillas_width', 'area', 'HillasReconstructor_tel_impact_distance'],
            FeatureGenerator: { features: [['area', 'hillas_width * hillas_length']] },
            StereoMeanCombiner: { weights: 'aspect-weighted-intensity', log_target: true },
          },
        },
      };
      writeFileSync(folder.join('train.json'), JSON.stringify(configuration));
      const train = ['-c', TRAIN_AND_APPLY, events, folder.join('train.json'), model, theirs];
      const trained = await runCtapipePython(train, { cwd: folder.path });
      expect(folder.files, trained.stderr).to.include('theirs.h5');
      const converter = join(REPOSITORY_ROOT, 'converter', 'export_models_to_onnx.py');
      const conversion = await runCtapipePython([converter, model, converted], { cwd: folder.path });
      if (/No module named '?onnx/.test(conversion.stderr)) this.skip();
      expect(conversion.stdout, conversion.stderr).to.match(/model\.onnx: \d+ bytes, 2 types/);
      const args = ['apply-models', '-i', events, '-r', 'model.onnx', '-o', 'ours.h5'];
      const { exitCode, stderr } = await cherenkit(args, folder.path);
      expect(exitCode, stderr).to.equal(0);
      for (const path of [
        `subarray/energy/${name}`,
        `telescope/energy/${name}/tel_001`,
        `telescope/energy/${name}/tel_010`,
      ]) {
        const [ours, expected] = await Promise.all(
          [folder.join('ours.h5'), theirs].map((file) => readTable(file, `/dl2/event/${path}`)),
        );
        expect(ours.nRows).to.equal(expected.nRows);
        for (const column of expected.names.filter((each) => /energy|is_valid/.test(each))) {
          const values = ours.numbers(column);
          expected.numbers(column).forEach((value, row) => {
            if (Number.isNaN(value)) expect(values[row]).to.be.NaN;
            else expect(values[row]).to.be.closeTo(value, 1e-6 * (Math.abs(value) + 1e-3));
          });
        }
      }
    });
  }
});
