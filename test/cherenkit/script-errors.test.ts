import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import {
  ArrayEvent,
  configurationLayers,
  createPipeline,
  DataWriter,
  EventSource,
  OutcomeTally,
  runTool,
} from 'cherenkit';
import { expect } from 'chai';

/** Returns the message of the error of a step. */
async function messageOf(step: () => Promise<unknown>): Promise<string> {
  try {
    await step();
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('errors of scripts', function () {
  this.timeout(60_000);

  it('name options as scripts write them', async () => {
    using folder = new TemporaryFolder();
    const options: object = { maxEvent: 5 };
    expect(await messageOf(() => EventSource.open('toymodel:', options))).to.equal(
      'options.EventSource.maxEvent: error: EventSource has no trait maxEvent; did you mean "maxEvents"?',
    );
    await using source = await EventSource.open('toymodel:', { maxEvents: 1 });
    const { subarray } = source;
    const config: object = { TailcutsImageCleaner: { pictureTreshold: 3 } };
    expect(await messageOf(() => createPipeline({ subarray, config }))).to.equal(
      'config.TailcutsImageCleaner.pictureTreshold: error: TailcutsImageCleaner has no trait pictureTreshold; did you mean "pictureThresholdPe"?',
    );
    const path = folder.join('out.h5');
    writeFileSync(path, '');
    expect(await messageOf(() => DataWriter.open(path, { source }))).to.include(
      'already exists. Use --overwrite (in scripts, overwrite) to replace it',
    );
  });

  it('name what is missing', async () => {
    const layers = await configurationLayers({});
    expect(await messageOf(() => runTool({ tool: 'ProcessorTool', layers }))).to.include('(in scripts, inputUrl)');
    expect(await messageOf(() => runTool({ tool: 'ProcessTool', layers }))).to.equal(
      'There is no tool ProcessTool; did you mean "ProcessorTool"?',
    );
  });

  it('name methods of a writer that is disposed', async () => {
    using folder = new TemporaryFolder();
    await using source = await EventSource.open('toymodel:', { maxEvents: 1 });
    await using pipeline = await createPipeline({ subarray: source.subarray });
    const writer = await DataWriter.open(folder.join('out.h5'), { source });
    const outcome = new OutcomeTally().outcome(source, pipeline);
    await writer[Symbol.asyncDispose]();
    expect(await messageOf(() => writer.finish(outcome))).to.match(
      /out\.h5: finish was called after the writer was disposed\. Call finish\(\) before/,
    );
    expect(await messageOf(() => writer.write(new ArrayEvent()))).to.include('write was called after the writer was');
  });
});
