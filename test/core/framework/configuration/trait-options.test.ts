import { expect } from 'chai';
import { jsonOf, splitTraitOptions } from '@cherenkit/core/internal';
import {
  assignmentLayer,
  ConfigurationError,
  formatProblem,
  objectLayer,
  optionLayer,
  PluginRegistry,
  type Json,
} from '@cherenkit/core';
import {
  EventSource,
  ProcessorTool,
  type TailcutsImageCleaner,
  type ToySource,
} from '../../../support/test-components.js';
import { example, standard, subarray } from '../../../support/test-run.js';
import { compose } from '../../../support/compose.js';
import { nodeAt, outline } from '../../../support/outline.js';

function valueOf(text: string): Json | undefined {
  const node = nodeAt(assignmentLayer([`A.x=${text}`]), 'A', 'x');
  return node && jsonOf(node);
}

describe('trait options on the command line', () => {
  it('are separated from the other arguments', () => {
    const { rest, options } = splitTraitOptions([
      'process',
      '--set',
      'TailcutsImageCleaner.picture_threshold_pe=8',
      '-i',
      'a=b',
      '--EventSource.max_events=5',
      '--ProcessorTool.ImageProcessor.use_telescope_frame',
      'False',
      '--set=DataWriter.overwrite=true',
      '--no-progress',
      '--',
      '--EventSource.max_events=6',
    ]);
    expect(rest).to.deep.equal(['process', '-i', 'a=b', '--no-progress', '--', '--EventSource.max_events=6']);
    const layer = optionLayer(options);
    expect(layer.problems).to.deep.equal([]);
    expect(Object.keys(outline(layer))).to.deep.equal([
      'TailcutsImageCleaner',
      'EventSource',
      'ProcessorTool',
      'DataWriter',
    ]);
    const maxEvents = nodeAt(layer, 'EventSource', 'max_events');
    expect(maxEvents?.at).to.deep.equal({ source: '--EventSource.max_events=5' });
    const frame = nodeAt(layer, 'ProcessorTool', 'ImageProcessor', 'use_telescope_frame');
    expect(frame && jsonOf(frame)).to.equal(false);
  });

  it('accept class names qualified by plugin or package', () => {
    const { rest, options } = splitTraitOptions([
      '--plane-fit/PlaneFit.min_telescopes=3',
      '--@my.site/fits.v2/PlaneFit.min_telescopes',
      '4',
      '--set',
      'ShowerProcessor.Fits/PlaneFit.min_telescopes=5',
      '--output=plane-fit/Plane.h5',
    ]);
    expect(rest).to.deep.equal(['--output=plane-fit/Plane.h5']);
    const layer = optionLayer(options);
    expect(layer.problems).to.deep.equal([]);
    expect(layer.content?.entries.map(({ key }) => key)).to.deep.equal([
      'plane-fit/PlaneFit',
      '@my.site/fits.v2/PlaneFit',
      'ShowerProcessor',
    ]);
    expect(nodeAt(layer, 'ShowerProcessor', 'Fits/PlaneFit', 'min_telescopes')).to.include({ value: 5 });
  });

  it('refuse the ambiguous numbers of files', () => {
    for (const text of ['010', '[1, 010]', '(-010,)']) {
      const { problems } = optionLayer([{ source: `--A.b=${text}`, key: 'A.b', value: text }]);
      expect(problems.map(({ message }) => message)).to.have.length(1);
      expect(problems[0]?.message).to.match(
        /expected a number without leading zeros, found -?010, which is -?8 in YAML 1.1/,
      );
    }
  });

  it('accept Python literals', () => {
    const cases: [string, Json][] = [
      ['5', 5],
      ['-2.5e3', -2500],
      ['+0x1F', 31],
      ['-0x10', -16],
      ['1_000', '1_000'],
      ['.5', 0.5],
      ['5.', 5],
      ['None', null],
      ['null', null],
      ['True', true],
      ['false', false],
      ['word', 'word'],
      ['LST* and more', 'LST* and more'],
      ["'8'", '8'],
      ['"a\\"b"', 'a"b'],
      ["'it\\'s\\n'", "it's\n"],
      ['[]', []],
      ['()', []],
      ['(1, 2,)', [1, 2]],
      [
        "[('type', '*', 7.5), ('id', 3, None)]",
        [
          ['type', '*', 7.5],
          ['id', 3, null],
        ],
      ],
      ['[type, LST*, 8]', ['type', 'LST*', 8]],
      ["{'a': 1, b: [True]}", { a: 1, b: [true] }],
      // Not literals, hence strings.
      ['1,2,5-9', '1,2,5-9'],
      ['2024-01-01', '2024-01-01'],
      ['[1, 2', '[1, 2'],
      ['[1] + [2]', '[1] + [2]'],
      ["'open", "'open"],
      ['', ''],
      ['np.count_nonzero(image) > 2', 'np.count_nonzero(image) > 2'],
      ['/path with = and , in it', '/path with = and , in it'],
      ['['.repeat(200), '['.repeat(200)],
    ];
    for (const [text, expected] of cases) expect(valueOf(text), text).to.deep.equal(expected);
  });

  it('are rejected if malformed', () => {
    const { options } = splitTraitOptions([
      '--set',
      'plugins=[]',
      '--set',
      'A.b.C=3',
      '--set',
      'A.b',
      '--A.b=1',
      '--A.b=2',
      '--A.c',
    ]);
    expect(optionLayer(options).problems.map(formatProblem)).to.deep.equal([
      '--set plugins=[]: error: expected Component.trait=value, found "plugins"',
      '--set A.b.C=3: error: expected Component.trait=value, found "A.b.C"',
      '--set A.b: error: expected Component.trait=value',
      '--A.b=2: error: duplicate key A.b; write a list as A.b=[1, 2]',
      '--A.c: error: expected Component.trait=value',
    ]);
  });

  async function run(options: string[], file: object = {}): Promise<{ tool: ProcessorTool; source: ToySource }> {
    const composition = await compose({
      plugins: new PluginRegistry([standard, example]),
      layers: [objectLayer(file), optionLayer(splitTraitOptions(options).options)],
      root: 'ProcessorTool',
    });
    const source = (await composition.createChosen(EventSource, 'ToySource')) as ToySource;
    await composition.setSubarray(subarray);
    return { tool: composition.create(ProcessorTool, 'ProcessorTool'), source };
  }

  it('have precedence over files and are converted to the declared type', async () => {
    const { tool, source } = await run(
      [
        '--EventSource.max_events=7',
        '--EventSource.allowed_tels=1,2,5-9',
        '--EventSource.input_url=12',
        '--ShowerProcessor.reconstructor_types=HillasIntersection',
        '--Reconstructor.prefix=None',
        "--TailcutsImageCleaner.picture_threshold_pe=[('type', '*', 7), ('id', '5', 8.5)]",
      ],
      { EventSource: { maxEvents: 3 } },
    );
    expect(source.traits.maxEvents).to.equal(7);
    expect([...(source.traits.allowedTels ?? [])]).to.deep.equal([1, 2, 5, 6, 7, 8, 9]);
    expect(source.traits.inputUrl).to.equal('12');
    const [reconstructor] = tool.showerProcessor.reconstructors;
    expect([reconstructor.name, reconstructor.traits.prefix]).to.deep.equal(['HillasIntersection', 'None']);
    const cleaner = tool.imageProcessor.cleaners.for(5) as TailcutsImageCleaner;
    expect([1, 2, 5].map((telId) => cleaner.traits.pictureThresholdPe.for(telId))).to.deep.equal([7, 7, 8.5]);
    const optional = await run(['--EventSource.input_url=None', '--EventSource.allowed_tels', '[3, 4]']);
    expect(optional.source.traits.inputUrl).to.equal(undefined);
    expect([...(optional.source.traits.allowedTels ?? [])]).to.deep.equal([3, 4]);
    expect([...((await run(['--EventSource.allowed_tels=4'])).source.traits.allowedTels ?? [])]).to.deep.equal([4]);
  });

  it('are checked like a file', async () => {
    let message = '';
    try {
      await run([
        '--ImageProcesor.foo=1',
        '--EventSource.max_events=many',
        '--EventSource.allowed_tels=9-5',
        '--ToySource.allowed_tels=0-999999999',
        ...['--set', 'max_event=3'],
        ...['--set', 'foo=3'],
      ]);
    } catch (error) {
      if (error instanceof ConfigurationError) message = error.message;
    }
    expect(message.split('\n')).to.deep.equal([
      '--set max_event=3: error: expected Component.trait=value, found "max_event"; did you mean EventSource.max_events?',
      '--set foo=3: error: expected Component.trait=value, found "foo"',
      '--ImageProcesor.foo=1: error: unknown section ImageProcesor; did you mean "ImageProcessor"?',
      '--EventSource.max_events=many: error: EventSource.max_events: expected an integer or null, found "many"',
      '--EventSource.allowed_tels=9-5: error: EventSource.allowed_tels: expected a list of integers, or "1,2,5-9" or null, found "9-5"; write 5-9',
      '--ToySource.allowed_tels=0-999999999: error: ToySource.allowed_tels: expected a list of integers, or "1,2,5-9" or null, found "0-999999999"; at most 100000 integers are allowed',
    ]);
  });
});
