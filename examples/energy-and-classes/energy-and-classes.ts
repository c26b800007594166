// # Energies, particle types and directions from trained models
//
// This script simulates gamma rays and protons, reconstructs them, trains models of energy, particle type and direction with the
// configuration `models.yaml`, applies them to events that were not used for training, and prints how good the results are. Each training
// writes a report, a page with plots. docs/machine-learning.md explains the steps. In a clone of the repository, after `npm run build`:
//
//     node examples/dist/energy-and-classes/energy-and-classes.js results 1000
//
// writes models, reports and tables to the folder `results`, with 1000 showers of each kind for training: a few minutes. Without the number
// there are 120, which is enough to try, not for good models.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationLayers, readTable, runTool, type ConfigurationSections, type Table } from 'cherenkit';
import { angularSeparation, areaUnderRoc, degrees, relativeErrors, quantileOf } from '@cherenkit/kernels';

const [folder = 'energy-and-classes', number = '120'] = process.argv.slice(2);
const nEvents = Number(number);
mkdirSync(folder, { recursive: true });
const file = (name: string): string => join(folder, name);
const models = fileURLToPath(new URL('../../energy-and-classes/models.yaml', import.meta.url));

/** Runs a tool, as its command does, and prints what it wrote. */
async function run(tool: string, ...configuration: (string | ConfigurationSections)[]): Promise<void> {
  const { files, content, seconds } = await runTool({ tool, layers: await configurationLayers(configuration) });
  console.log(
    `${tool}: ${files.map(({ path }) => path).join(', ')}${content ? `; ${content}` : ''} (${seconds.toFixed(1)} s)`,
  );
}

// ## Events
//
// Images of the simulated showers are calibrated, cleaned and parametrized, and their directions reconstructed from the image axes. Gamma
// rays and protons come from all directions of the field of view. Events for training and for tests have different seeds.

const samples = { gamma: 1, proton: 2, 'test-gamma': 3, 'test-proton': 4 };
for (const [name, seed] of Object.entries(samples)) {
  const particle = name.replace('test-', '');
  await run('ProcessorTool', {
    EventSource: {
      input_url: `toymodel:?array=north&particle=${particle}&events=${nEvents}&seed=${seed}&view_cone_radius=2`,
    },
    DataWriter: { output_path: file(`${name}.dl2.h5`), overwrite: true, write_dl1_parameters: true, write_dl2: true },
  });
}

// ## Energy
//
// One model per telescope type, trained with gamma rays. The particle type is trained with predicted energies, so the model is applied to
// the events for its training first.

await run('TrainEnergyRegressor', models, {
  EventSource: { input_url: file('gamma.dl2.h5') },
  TrainEnergyRegressor: { output_path: file('energy.onnx'), report_path: file('energy.html'), overwrite: true },
});
for (const name of ['gamma', 'proton']) {
  await run('ApplyModels', {
    ApplyModels: {
      input_url: file(`${name}.dl2.h5`),
      output_path: file(`${name}.energy.h5`),
      reconstructor_paths: [file('energy.onnx')],
      overwrite: true,
    },
  });
}

// ## Particle type

await run('TrainParticleClassifier', models, {
  EventSource: { input_url: file('gamma.energy.h5') },
  TrainParticleClassifier: {
    input_url_background: file('proton.energy.h5'),
    output_path: file('particle.onnx'),
    report_path: file('particle.html'),
    overwrite: true,
  },
});

// ## Direction
//
// Of the two directions on the axis of an image, the sign of disp selects one. The images of an event are resolved together.

await run('TrainDispReconstructor', models, {
  EventSource: { input_url: file('gamma.dl2.h5') },
  TrainDispReconstructor: { output_path: file('disp.onnx'), report_path: file('disp.html'), overwrite: true },
});

// ## Predictions
//
// Models are applied in this order: the model of the particle type needs the predicted energies.

for (const name of ['test-gamma', 'test-proton']) {
  await run('ApplyModels', {
    ApplyModels: {
      input_url: file(`${name}.dl2.h5`),
      output_path: file(`${name}.ml.h5`),
      reconstructor_paths: ['energy', 'particle', 'disp'].map((model) => file(`${model}.onnx`)),
      overwrite: true,
    },
  });
}

// ## Results
//
// Predictions are tables of the files, one row per array event, beside the simulated truth.

const IDS = ['obs_id', 'event_id'];

/** Valid predictions of a test sample with the true showers. */
async function results(sample: string, path: string, prefix: string): Promise<Table> {
  const showers = await readTable(file(`${sample}.ml.h5`), '/simulation/event/subarray/shower');
  const predictions = await readTable(file(`${sample}.ml.h5`), `/dl2/event/subarray/${path}/${prefix}`);
  return predictions.filter(`${prefix}_is_valid`).join(showers, IDS);
}

const energies = await results('test-gamma', 'energy', 'HistGradientBoostingRegressor');
const { bias, resolution } = relativeErrors(
  energies.numbers('true_energy', 'TeV'),
  energies.numbers('HistGradientBoostingRegressor_energy', 'TeV'),
);
console.log(`\nenergy: bias ${percent(bias)}, resolution ${percent(resolution)}, of ${energies.nRows} gamma rays`);

const classifier = 'HistGradientBoostingClassifier';
const [signal, background] = await Promise.all(
  ['test-gamma', 'test-proton'].map(async (sample) =>
    (await results(sample, 'particle_type', classifier)).numbers(`${classifier}_prediction`),
  ),
);
const truth = [...signal.map(() => 1), ...background.map(() => 0)];
console.log(`particle type: area under the ROC curve ${areaUnderRoc(truth, [...signal, ...background]).toFixed(3)}`);

for (const prefix of ['disp', 'HillasReconstructor']) {
  const directions = await results('test-gamma', 'geometry', prefix);
  const [alt, az, trueAlt, trueAz] = [`${prefix}_alt`, `${prefix}_az`, 'true_alt', 'true_az'].map((name) =>
    directions.numbers(name, 'rad'),
  );
  const theta = alt.map((_, row) => degrees(angularSeparation(az[row], alt[row], trueAz[row], trueAlt[row])));
  console.log(`direction of ${prefix}: 68 % within ${quantileOf(theta, 0.68).toFixed(3)}°`);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
