import {
  DL2Container,
  EMPTY_OUTCOME,
  ImageParametersContainer,
  ReconstructedGeometryContainer,
  type ArrayEvent,
  type ComponentClass,
  type DataWriter,
} from '@cherenkit/core';
import { buildComponent } from './build-component.js';
import type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
import { firstDifference, snapshotOf } from './first-difference.js';
import { TemporaryFolder } from './node/temporary-folder.js';
import { ShowerEventSource } from './shower-event-source.js';
import { ensure } from './test-case.js';

/** Checks for data writers. */
export function dataWriterChecks(
  component: ComponentClass<DataWriter>,
  { extension = '', ...options }: ConformanceOptions,
): ConformanceCheck[] {
  const name = `events${extension}`;
  const writer = (folder: TemporaryFolder, traits: object = {}): Promise<DataWriter> => {
    const own = { DataWriter: { output_path: folder.join(name), write_dl2: true, ...traits } };
    return buildComponent(component, { ...options, config: [options.config ?? {}, own].flat() });
  };
  return [
    {
      name: 'creates the output file in finish()',
      run: () =>
        inFolder(async (folder, source) => {
          const opened = await writer(folder);
          try {
            await opened.open(source.run);
            for await (const event of source) {
              await opened.write(addResult(event));
              ensure(!folder.has(name), `${name} exists before finish() was called`);
            }
            await opened.finish(EMPTY_OUTCOME);
          } finally {
            await opened[Symbol.asyncDispose]();
          }
          ensure(folder.has(name), `${name} does not exist after finish()`);
          ensure(folder.read(name).length > 0, `${name} is empty`);
        }),
    },
    {
      name: 'leaves no output without finish()',
      run: () =>
        inFolder(async (folder, source) => {
          const opened = await writer(folder);
          await opened.open(source.run);
          for await (const event of source) await opened.write(addResult(event));
          await opened[Symbol.asyncDispose]();
          ensure(!folder.has(name), `${name} exists although finish() was not called`);
        }),
    },
    {
      name: 'replaces an existing file only with overwrite',
      run: () =>
        inFolder(async (folder, source) => {
          folder.write(name, 'older');
          const isRejected = await writeAll(await writer(folder), source).then(
            () => false,
            () => true,
          );
          ensure(isRejected, `${name} exists, but opening it without overwrite did not fail`);
          ensure(folder.read(name).length === 'older'.length, `${name} was replaced without overwrite`);
          await writeAll(await writer(folder, { overwrite: true }), source);
          ensure(folder.read(name).length !== 'older'.length, `${name} was not replaced with overwrite`);
        }),
    },
    {
      name: 'writes events without telescopes, images or results, and does not modify events',
      run: () =>
        inFolder(async (folder, source) => {
          await using opened = await writer(folder, { write_dl1_images: true });
          await opened.open(source.run);
          for await (const event of source) {
            if (event.count === 1) for (const level of [event.r1, event.dl1]) level.tel.clear();
            if (event.count === 2)
              for (const dl1 of event.dl1.tel.values()) dl1.parameters = new ImageParametersContainer();
            const before = snapshotOf(addResult(event));
            await opened.write(event);
            const difference = firstDifference(snapshotOf(event), before, 'event');
            ensure(difference === undefined, `modified by write(): ${difference}`);
          }
          await opened.finish(EMPTY_OUTCOME);
        }),
    },
  ];
}

async function inFolder(task: (folder: TemporaryFolder, source: ShowerEventSource) => Promise<void>): Promise<void> {
  using folder = new TemporaryFolder();
  await task(folder, await buildComponent(ShowerEventSource));
}

async function writeAll(writer: DataWriter, source: ShowerEventSource): Promise<void> {
  try {
    await writer.open(source.run);
    for await (const event of source) await writer.write(addResult(event));
    await writer.finish(EMPTY_OUTCOME);
  } finally {
    await writer[Symbol.asyncDispose]();
  }
}

/** Adds the result of a reconstructor to an event: the true geometry, or an invalid result for every third event. */
function addResult(event: ArrayEvent): ArrayEvent {
  event.dl2 = new DL2Container();
  const { alt = NaN, az = NaN, coreX = NaN, coreY = NaN } = event.simulation?.shower ?? {};
  const telescopes = [...event.dl1.tel.keys()];
  const result =
    event.count % 3 === 2
      ? new ReconstructedGeometryContainer({ reason: 'for the test' })
      : new ReconstructedGeometryContainer({ alt, az, coreX, coreY, hMax: 9000, isValid: true, telescopes });
  event.dl2.stereo.geometry.set('HillasReconstructor', result);
  return event;
}
