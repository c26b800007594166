import {
  corePlugin,
  definePlugin,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  ProcessorTool,
  Run,
  TableReconstructor,
  type RunOutcome,
} from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5, { readTable } from '@cherenkit/plugin-hdf5';
import hillas, { HillasReconstructor } from '@cherenkit/plugin-hillas';
import ml from '@cherenkit/plugin-ml';
import muon from '@cherenkit/plugin-muon';
import toymodel from '@cherenkit/plugin-toymodel';
import { buildComponent, showerEvent, smallSubarray, TemporaryFolder } from '@cherenkit/testing';
import { Table } from '@cherenkit/tables';
import { expect } from 'chai';
import imageModels, {
  ElongationDisp,
  IntensityEnergy,
  WidthClassifier,
} from '../../plugin-example/image-models/src/index.js';

const MODELS = [IntensityEnergy, WidthClassifier, ElongationDisp];
/** The groups below /dl2/event/telescope that contain the results of each model. */
const PROPERTIES = {
  IntensityEnergy: ['energy'],
  WidthClassifier: ['particle_type'],
  ElongationDisp: ['disp', 'geometry'],
};
const IDS = ['obs_id', 'event_id', 'tel_id'];

/** Reconstructs toy showers with the models and writes them to a file. */
async function processToyShowers(outputPath: string, reconstructors: readonly string[]): Promise<RunOutcome> {
  const plugins = [corePlugin, cleaners, extractors, hdf5, hillas, ml, muon, toymodel, imageModels, failing];
  const layers = [
    objectLayer({
      EventSource: { inputUrl: 'toymodel:?array=north&events=8&seed=4' },
      DataWriter: { outputPath, writeDl1Parameters: true, writeDl2: true },
      ShowerProcessor: { reconstructorTypes: ['HillasReconstructor', ...reconstructors] },
    }),
  ];
  const registry = new PluginRegistry(plugins.map((plugin) => installedPlugin(plugin)));
  await using run = await Run.prepare({ tool: 'ProcessorTool', layers }, { plugins: registry });
  const source = await run.open();
  return await run.create(ProcessorTool, 'ProcessorTool').run(source);
}

/** A model with an input column that no table has. */
class Unfeasible extends TableReconstructor {
  static override readonly help = 'For the test.';
  override readonly inputColumns = ['hillas_with'];

  override predictTable(table: Table): Table {
    return Table.of({ [`${this.name}_tel_energy`]: table.numbers('hillas_with') });
  }
}
const failing = definePlugin({ name: 'failing', apiVersion: 1, components: [Unfeasible] });

describe('TableReconstructor', () => {
  const folder = new TemporaryFolder();
  const file = folder.join('toy.dl2.h5');
  let telescopes: string[];

  before(async function () {
    this.timeout(60_000);
    await processToyShowers(
      file,
      MODELS.map(({ name }) => name),
    );
    const layout = await readTable(file, '/configuration/instrument/subarray/layout');
    telescopes = Array.from(layout.numbers('tel_id'), (telId) => `tel_${String(telId).padStart(3, '0')}`);
  });

  after(() => folder[Symbol.dispose]());

  /** The joined tables of a telescope, as a tool would pass them to a model. */
  async function joinedTable(telescope: string): Promise<Table | undefined> {
    const parameters = await readTable(file, `/dl1/event/telescope/parameters/${telescope}`).catch(() => undefined);
    if (!parameters) return undefined;
    const impact = await readTable(file, `/dl2/event/telescope/impact/HillasReconstructor/${telescope}`);
    const geometry = await readTable(file, '/dl2/event/subarray/geometry/HillasReconstructor');
    const pointing = await readTable(file, `/configuration/telescope/pointing/${telescope}`);
    return parameters.join(impact, IDS).join(geometry, ['obs_id', 'event_id']).join(pointing, ['obs_id', 'tel_id']);
  }

  for (const model of MODELS) {
    it(`${model.name}: predicts the same for tables of a file as for events`, async () => {
      const reconstructor: TableReconstructor = await buildComponent(model, { plugins: [ml] });
      let rows = 0;
      for (const telescope of telescopes) {
        const table = await joinedTable(telescope);
        if (!table) continue;
        const predicted = reconstructor.predictTable(table, Number(telescope.slice(4)));
        expect(predicted.nRows).to.equal(table.nRows);
        for (const property of PROPERTIES[model.name as keyof typeof PROPERTIES]) {
          const written = await readTable(file, `/dl2/event/telescope/${property}/${model.name}/${telescope}`);
          expect(written.nRows).to.equal(predicted.nRows);
          for (const name of predicted.names.filter((each) => written.has(each))) {
            // The file stores the pointing as float32; other angles are rounded when converted to radians.
            const tolerance = /_(alt|az)$/.test(name) ? 1e-7 : 1e-12;
            const expected = predicted.numbers(name, predicted.column(name).unit);
            [...written.numbers(name, written.column(name).unit)].forEach((value, row) => {
              if (Number.isNaN(expected[row])) expect(value, name).to.be.NaN;
              else expect(value, name).to.be.closeTo(expected[row], tolerance * Math.abs(expected[row]));
            });
          }
        }
        rows += table.nRows;
      }
      expect(rows).to.be.above(10);
    });
  }

  it('combines the predictions of telescopes', async () => {
    const energies = await readTable(file, '/dl2/event/subarray/energy/IntensityEnergy');
    const directions = await readTable(file, '/dl2/event/subarray/geometry/ElongationDisp');
    const types = await readTable(file, '/dl2/event/subarray/particle_type/WidthClassifier');
    expect(energies.filter('IntensityEnergy_is_valid and IntensityEnergy_energy > 0').nRows).to.be.above(4);
    expect(directions.filter('ElongationDisp_is_valid').nRows).to.be.above(4);
    expect(types.filter('WidthClassifier_is_valid and WidthClassifier_prediction < 1').nRows).to.be.above(4);
  });

  it('reports a missing input column', async () => {
    const run = processToyShowers(folder.join('failed.h5'), ['Unfeasible']);
    const error = await run.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String(error)).to.include(
      'Unfeasible: there is no input column "hillas_with"; did you mean "hillas_width"?',
    );
    expect(folder.files).to.deep.equal(['toy.dl2.h5']);
  });

  it('gives a reason for an invalid prediction', async () => {
    const reconstructor = await buildComponent(WidthClassifier, { plugins: [ml] });
    const event = showerEvent(smallSubarray());
    for (const dl1 of event.dl1.tel.values()) dl1.parameters = undefined;
    reconstructor.reconstruct(event);
    const { isValid, reason } = event.dl2.tel.get(1)?.particleType.get('WidthClassifier') ?? {};
    expect({ isValid, reason }).to.deep.equal({ isValid: false, reason: 'the model has no valid prediction' });
    expect(event.dl2.stereo.particleType.get('WidthClassifier')?.isValid).to.equal(false);
  });

  it('predicts telescopes with the same key by one table', async () => {
    const telIds: number[][] = [];
    class Grouped extends IntensityEnergy {
      protected override tableKeyOf(): string {
        return 'all';
      }
      override predictTable(table: Table): Table {
        telIds.push([...table.numbers('tel_id')]);
        return super.predictTable(table);
      }
      override readonly inputColumns = ['tel_id', 'hillas_intensity', 'HillasReconstructor_tel_impact_distance'];
    }
    const options = { plugins: [ml] };
    const subarray = smallSubarray();
    const events = await Promise.all(
      [Grouped, IntensityEnergy].map(async (model) => {
        const event = showerEvent(subarray);
        (await buildComponent(HillasReconstructor, { subarray })).reconstruct(event);
        (await buildComponent(model, { ...options, subarray })).reconstruct(event);
        return event;
      }),
    );
    const [grouped, alone] = events.map(({ dl2 }) =>
      [...dl2.tel].map(([telId, { energy }]) => ({ telId, energy: [...energy.values()] })),
    );
    expect(grouped?.length).to.be.above(1);
    expect(telIds).to.deep.equal([grouped?.map(({ telId }) => telId)]);
    expect(grouped).to.deep.equal(alone);
  });

  it('is identified by its method predictTable', async () => {
    expect('predictTable' in (await buildComponent(HillasReconstructor))).to.equal(false);
    expect('predictTable' in (await buildComponent(IntensityEnergy, { plugins: [ml] }))).to.equal(true);
  });
});
