import { readFileSync, writeFileSync } from 'node:fs';
import { FunctionLogger, type CherenkitError } from '@cherenkit/core';
import { TemporaryFolder } from '@cherenkit/testing';
import { configurationLayers, runTool, type Configuration, type RunOutcome, type ThreadOptions } from 'cherenkit';
import { expect } from 'chai';
import { concatenatedRuns } from '../support/concatenated-runs.js';
import { decompressedBytes, topLevelObjects } from '../support/edit-simtel.js';
import { errorOf } from '../support/error-of.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { FIXED_DIRECTION, reconstructorCode, writePackage } from '../support/third-party-plugin.js';
import { digestsOf } from '../support/written-digests.js';

/** The results of a run that must not depend on the number of threads. */
interface Result {
  readonly outcome: RunOutcome | undefined;
  readonly tables: Readonly<Record<string, string>>;
  /** Messages from info on. */
  readonly log: readonly string[];
  /** Number of blocks that worker threads processed. */
  readonly ofWorkers: number;
}

interface Options {
  readonly source?: object;
  readonly writer?: object;
  readonly more?: object;
  readonly events?: readonly [first: number, end: number];
  readonly plugin?: string;
  readonly failFast?: boolean;
  readonly signal?: AbortSignal;
}

const ONE: ThreadOptions = { count: 1 };
const EAGER = { isEager: true, isRequested: true } as const;

/** Processes a file with a number of threads. */
async function processed(input: string, threads: ThreadOptions, options: Options = {}): Promise<Result> {
  using folder = new TemporaryFolder();
  const path = folder.join('out.h5');
  const config: Configuration = {
    EventSource: { input_url: input, focal_length_choice: 'EQUIVALENT', ...options.source },
    DataWriter: { output_path: path, write_dl1_images: true, write_dl2: true, ...options.writer },
    ...options.more,
  };
  const log: string[] = [];
  const logger = new FunctionLogger((level, message, name) => {
    if (!message.includes(path)) log.push(`${level} ${name}: ${message}`);
  });
  const { plugin, failFast, signal, events } = options;
  const request = {
    tool: 'ProcessorTool',
    layers: await configurationLayers(config),
    plugins: { plugins: plugin === undefined ? [] : [plugin], discovery: false },
    failFast,
    events,
  };
  const { outcome } = await runTool(request, { logger, threads, ...(signal && { signal }) });
  const { tables } = await digestsOf(readFileSync(path));
  delete (tables as Record<string, string>)['/cherenkit/configuration']; // contains the path
  const counted = log.flatMap((line) => /Worker threads processed (\d+)/.exec(line)?.[1] ?? []);
  return { outcome, tables, log: log.filter((line) => !line.startsWith('debug')), ofWorkers: Number(counted[0] ?? 0) };
}

/** Requires a run with several threads to have the results of a run with one. */
async function expectSameResults(input: string, options: Options = {}, minOfWorkers = 1): Promise<Result> {
  const expected = await processed(input, ONE, options);
  for (const threads of [
    { ...EAGER, count: 2, blockBytes: 1 },
    { ...EAGER, count: 4, blockBytes: 1_000_000 },
  ]) {
    const { ofWorkers, ...found } = await processed(input, threads, options);
    const where = `${threads.count} threads, blocks of ${threads.blockBytes} bytes`;
    expect(found.tables, where).to.deep.equal(expected.tables);
    expect(found.outcome, where).to.deep.equal(expected.outcome);
    expect(found.log, where).to.deep.equal(expected.log);
    if (threads.blockBytes === 1) expect(ofWorkers, where).to.be.at.least(minOfWorkers);
  }
  return expected;
}

describe('process with several threads', function () {
  this.timeout(300_000);
  before(skipWithoutTestData);

  const data = (name: string): string => inTestData('data', name);

  it('gives the results of one thread for events with monitoring data, of which some events have none', async () => {
    const file = inTestData('reference', 'monitoring', 'south_lsts_v036.monitoring.h5');
    const { log } = await expectSameResults(data('south_lsts_v036.simtel.zst'), {
      source: { allowed_tels: [1, 2] },
      more: {
        ProcessorTool: { monitoring_source_list: ['HDF5MonitoringSource'] },
        HDF5MonitoringSource: { input_files: [file], coefficients_lifetime: '0.1 s', timestamp_tolerance: 0 },
        ImageProcessor: { image_cleaner_type: 'NSBImageCleaner' },
      },
    });
    expect(log.join('\n')).to.include('There are no valid calibration coefficients of telescope 1 at 2026-08-20T');
  });

  for (const [name, options] of [
    ['gamma_prod6_tel_event_header_v4.simtel.zst', {}],
    ['proton_north_alpha_700.simtel.zst', { writer: { write_r0_waveforms: true, write_r1_waveforms: true } }],
    ['gct_checs_muons.simtel.zst', { writer: { write_muon_parameters: true } }],
    ['calib_events.simtel.gz', { source: { skip_calibration_events: false } }],
    ['gamma_merged.simtel.gz', {}],
    ['gamma_diffuse_north_alpha_602.simtel.zst', {}],
  ] as const) {
    it(`gives the tables, outcome and messages of one thread for ${name}`, () =>
      expectSameResults(data(name), options, 0));
  }

  it('gives those of a file of several runs, and of the first events of a file', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('runs.simtel');
    writeFileSync(path, await concatenatedRuns(SMALL, [7, 8, 9]));
    const { outcome } = await expectSameResults(path);
    expect(outcome?.simulationConfig.size).to.equal(3);
    const limited = await expectSameResults(data(LONG), { source: { max_events: 2 } });
    expect(limited.outcome?.events).to.equal(2);
  });

  it('gives those of ranges of events', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('runs.simtel');
    writeFileSync(path, await concatenatedRuns(SMALL, [7, 8, 9]));
    const nEvents = (await processed(path, ONE)).outcome?.events ?? 0;
    for (const events of [
      [0, 1],
      [1, nEvents - 1],
      [nEvents - 1, nEvents],
      [nEvents, Infinity],
    ] as const) {
      const { outcome } = await expectSameResults(path, { events }, events[0] === 1 ? 1 : 0);
      expect(outcome?.events).to.equal(Math.min(nEvents, events[1]) - events[0]);
    }
  });

  it('gives those of events that filters and triggers reject or change', async () => {
    await expectSameResults(data(LONG), {
      more: {
        EventTypeFilter: { allowed_types: ['SUBARRAY'] },
        SoftwareTrigger: { min_telescopes: 3 },
      },
    });
  });

  it('reads damaged files as far as one thread does', async () => {
    using folder = new TemporaryFolder();
    const whole = await decompressedBytes(data(LONG));
    const events: number[] = [];
    for await (const { type, payloadOffset } of topLevelObjects(whole))
      if (type === ARRAY_EVENT) events.push(payloadOffset);
    const [truncated, corrupt] = [folder.join('truncated.simtel'), folder.join('corrupt.simtel')];
    writeFileSync(truncated, whole.subarray(0, (events[2] ?? 0) + 100_000));
    // Samples are decoded by the thread that processes the event.
    writeFileSync(
      corrupt,
      whole.map((byte, i) => (i > (events[1] ?? 0) + 300_000 && i < (events[2] ?? 0) - 200_000 ? 0xff : byte)),
    );
    for (const [path, count] of [
      [truncated, 2],
      [corrupt, 1],
    ] as const) {
      const { outcome, log } = await expectSameResults(path, { source: { allow_truncated: true } }, 0);
      expect(outcome).to.deep.include({ truncated: true, events: count });
      expect(log.join('\n')).to.include('The rest of the file is ignored');
      const expected = await errorOf(processed(path, ONE));
      const found = await errorOf(processed(path, { ...EAGER, count: 3, blockBytes: 1 }));
      expect(found).to.deep.include({ code: (expected as CherenkitError).code, message: expected.message });
    }
  });

  it('counts the failures of a plugin, or ends at the first one, as one thread does', async () => {
    using folder = new TemporaryFolder();
    const plugin = await failing(folder, "if (event.index.eventId % 2 === 1) throw new Error('odd');");
    const options = { plugin, more: { ShowerProcessor: { reconstructor_types: ['PlaneFit'] } } };
    const { outcome, log } = await expectSameResults(data(LONG), options, 0);
    expect(outcome?.failures).to.have.length(1);
    expect(log.filter((line) => line.includes('PlaneFit of plugin plane-fit failed'))).to.have.length(1);
    const expected = await errorOf(processed(data(LONG), ONE, { ...options, failFast: true }));
    const found = await errorOf(
      processed(data(LONG), { ...EAGER, count: 3, blockBytes: 1 }, { ...options, failFast: true }),
    );
    expect(found.message).to.equal(expected.message).and.to.include('odd');
  });

  it('names a plugin that ends its thread or does not catch an error', async () => {
    for (const [body, message] of [
      ['if (!isMainThread) process.exit(3);', /The plugin plane-fit \(1\.2\.3, .*\) called process\.exit\(3\)/],
      // The worker ends at once, before its second event.
      ["if (!isMainThread) void Promise.reject(new Error('not caught'));", /not caught/],
    ] as const) {
      using folder = new TemporaryFolder();
      const options = {
        plugin: await failing(folder, body),
        more: { ShowerProcessor: { reconstructor_types: ['PlaneFit'] } },
      };
      const error = await errorOf(processed(data(LONG), { ...EAGER, count: 2, blockBytes: 1 }, options));
      expect(error.message).to.match(message);
      expect(error.message.includes('exit') ? error : { code: 'RUN_NOT_FINISHED' }).to.include({
        code: 'RUN_NOT_FINISHED',
      });
    }
  });

  for (const [moment, milliseconds] of [
    ['threads start', 700],
    ['a plugin hangs', 5000],
  ] as const) {
    it(`can be interrupted while ${moment}`, async () => {
      using folder = new TemporaryFolder();
      const options = {
        plugin: await failing(folder, 'while (!isMainThread);'),
        more: { ShowerProcessor: { reconstructor_types: ['PlaneFit'] } },
        signal: AbortSignal.timeout(milliseconds),
      };
      const error = await errorOf(processed(data(LONG), { ...EAGER, count: 3, blockBytes: 1 }, options));
      expect(error.name).to.equal('TimeoutError');
    });
  }

  it('uses one thread, and gives the reason, if the source, a plugin or the input requires it', async () => {
    using folder = new TemporaryFolder();
    const sharing = await failing(folder, '', ', sharesState: true');
    const fit = { ShowerProcessor: { reconstructor_types: ['PlaneFit'] } };
    for (const [input, options, reason] of [
      ['toymodel:?events=2', {}, 'ToyModelEventSource reads its events with one thread'],
      [data(LONG), { plugin: sharing, more: fit }, 'plugin plane-fit shares state between events'],
    ] as const) {
      const { ofWorkers, log } = await processed(input, { ...EAGER, count: 2 }, options);
      expect(ofWorkers).to.equal(0);
      expect(log.join('\n')).to.include(`warning : One thread processes the events, since ${reason}.`);
    }
  });
});

/** A plugin with a reconstructor that runs some code for every event. */
function failing(folder: TemporaryFolder, body: string, more = ''): Promise<string> {
  const code = reconstructorCode('plane-fit', 'PlaneFit', `${body} ${FIXED_DIRECTION}`).replace(
    ', components: [PlaneFit] }',
    `, components: [PlaneFit]${more} }`,
  );
  return writePackage(folder.join('plane-fit'), {
    packageName: 'plane-fit',
    code: `import { isMainThread } from 'node:worker_threads';\n${code}`,
  });
}

const SMALL = 'n_hv_disabled.simtel.gz';
const LONG = 'proton_north_alpha_700.simtel.zst';
const ARRAY_EVENT = 2010;
