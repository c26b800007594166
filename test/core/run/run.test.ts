import {
  addOutcomes,
  assignmentLayer,
  corePlugin,
  definePlugin,
  EMPTY_OUTCOME,
  ImageParametersContainer,
  ImageParametrizer,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  Run,
  type RunSettings,
} from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5, { readTable } from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import muon from '@cherenkit/plugin-muon';
import toymodel from '@cherenkit/plugin-toymodel';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { processRun, processRunInWorker } from '../../support/run-in-worker.js';

const plugins = new PluginRegistry(
  [corePlugin, cleaners, extractors, hdf5, hillas, muon, toymodel].map((plugin) => installedPlugin(plugin)),
);

const inputOf = (url: string): object => ({ EventSource: { input_url: url } });

/** The configured value of a trait of the toy model source. */
async function toyValue(settings: RunSettings, trait: string): Promise<unknown> {
  await using run = await Run.prepare({ tool: 'ProcessorTool', ...settings }, { plugins });
  return run.planBelowTool('ToyModelEventSource').settings.get(trait)?.value;
}

describe('Run', () => {
  it('checks attributes in criteria, except of parameters that a component of a plugin may extend', async () => {
    class WideParametrizer extends ImageParametrizer {
      override parametrize(): ImageParametersContainer {
        return new ImageParametersContainer();
      }
    }
    const wide = definePlugin({ name: 'wide', apiVersion: 1, components: [WideParametrizer] });
    const config = (expression: string): RunSettings => ({
      layers: [objectLayer({ StereoQualityQuery: { quality_criteria: [['cut', expression]] } })],
      tool: 'ProcessorTool',
    });
    const problemOf = async (settings: RunSettings, registry: PluginRegistry): Promise<string> =>
      Run.prepare(settings, { plugins: registry }).then(
        () => 'none',
        (error: unknown) => String(error),
      );
    const extended = new PluginRegistry([...plugins.installed, installedPlugin(wide)]);
    expect(await problemOf(config('parameters.shape > 1'), plugins)).to.include('has no attribute "shape"');
    expect(await problemOf(config('parameters.shape > 1'), extended)).to.equal('none');
    expect(await problemOf(config('parametrs.shape > 1'), extended)).to.include('unknown name "parametrs"');
  });

  it('gives the options of a URL precedence over files and below the command line', async () => {
    const input = objectLayer({
      ...inputOf('toymodel:?seed=2&array=chec'),
      ToyModelEventSource: { seed: 1, events: 3 },
    });
    expect(await toyValue({ layers: [input] }, 'seed')).to.equal(2);
    expect(await toyValue({ layers: [input] }, 'events')).to.equal(3);
    expect(await toyValue({ layers: [input] }, 'array')).to.equal('chec');
    const option = assignmentLayer(['ToyModelEventSource.seed=3']);
    expect(await toyValue({ layers: [input, option] }, 'seed')).to.equal(3);
  });

  for (const [url, message] of [
    ['toymodel:?evnts=3', 'has no trait evnts; did you mean "events"?'],
    ['toymodel:?events=0', 'events: expected at least 1, found 0'],
    ['toymodel:?events=1.5', 'events: expected an integer, found 1.5'],
    ['toymodel:?noise=', 'noise: expected a number, found ""'],
    ['toymodel:?array=nrth', 'found "nrth"; did you mean "north"?'],
    ['toymodel:?events=3&events=4', 'duplicate key events'],
    ['toymodel:?__proto__=3', 'expected the name of a trait of ToyModelEventSource'],
    ['toymodel:?input_url=x', 'input_url is the URL itself'],
  ] as const) {
    it(`rejects ${url} and names the option`, async () => {
      const error = await Run.prepare({ layers: [objectLayer(inputOf(url))], tool: 'ProcessorTool' }, { plugins }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error)
        .to.have.property('message')
        .that.includes(message)
        .and.satisfies((text: string) => text.startsWith(url.replace('events=3&', '')));
    });
  }

  describe('with serialized settings', () => {
    const folder = new TemporaryFolder();
    after(() => folder[Symbol.dispose]());

    function settingsOf(name: string, events?: readonly [first: number, end: number]): RunSettings {
      const config = {
        ...inputOf('toymodel:?array=chec&events=6&seed=5&energy_min=0.5'),
        DataWriter: { output_path: folder.join(name), write_dl2: true },
      };
      const options = assignmentLayer(['TailcutsImageCleaner.picture_threshold_pe=[[type, "*", 9]]']);
      return { layers: [objectLayer(config), options], tool: 'ProcessorTool', events };
    }

    it('gives the same outcome and tables after a round trip through JSON', async () => {
      const settings = settingsOf('json.h5', [0, 2]);
      const outcome = await processRun(settings);
      const copied = JSON.parse(JSON.stringify(settings).replaceAll('json.h5', 'copy.h5')) as RunSettings;
      expect(await processRun(copied)).to.deep.equal(outcome);
      const tables = async (name: string): Promise<object[]> => [
        (await readTable(folder.join(name), '/dl1/event/telescope/parameters/tel_001')).toRows(),
        (await readTable(folder.join(name), '/dl2/event/subarray/geometry/HillasReconstructor')).toRows(),
      ];
      expect(await tables('copy.h5')).to.deep.equal(await tables('json.h5'));
    });

    it('can be split among workers, with outcomes that add up to that of the whole', async function () {
      this.timeout(60_000);
      const whole = await processRun(settingsOf('whole.h5'));
      const parts = await Promise.all([
        processRunInWorker(settingsOf('a.h5', [0, 1])),
        processRunInWorker(settingsOf('b.h5', [1, 4])),
        processRunInWorker(settingsOf('c.h5', [4, Infinity])),
      ]);
      expect(whole.events).to.equal(6);
      expect(parts.map(({ events }) => events)).to.deep.equal([1, 3, 2]);
      const sum = parts.reduce(addOutcomes, EMPTY_OUTCOME);
      // The number of simulated showers is counted by the source; the last part has read all of them.
      expect(sum).to.deep.equal(whole);
    });
  });

  it('closes its source and disposes its services', async () => {
    const run = await Run.prepare({ layers: [objectLayer(inputOf('toymodel:'))], components: [] }, { plugins });
    const source = await run.open();
    let closed = 0;
    source[Symbol.asyncDispose] = () => Promise.resolve(void closed++);
    await run[Symbol.asyncDispose]();
    expect(closed).to.equal(1);
  });
});
