import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  corePlugin,
  installedPlugin,
  PluginRegistry,
  ProcessorTool,
  Run,
  type RunOutcome,
  type RunSettings,
} from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5 from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import muon from '@cherenkit/plugin-muon';
import toymodel from '@cherenkit/plugin-toymodel';

/** Prepares and executes a run in this thread. */
export async function processRun(settings: RunSettings): Promise<RunOutcome> {
  const all = [corePlugin, cleaners, extractors, hdf5, hillas, muon, toymodel];
  const plugins = new PluginRegistry(all.map((plugin) => installedPlugin(plugin)));
  await using run = await Run.prepare(settings, { plugins });
  const source = await run.open();
  return await run.create(ProcessorTool, 'ProcessorTool').run(source, { events: run.events() });
}

/** Executes a run in a worker thread, which receives the settings and returns the outcome. */
export function processRunInWorker(settings: RunSettings): Promise<RunOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: settings });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread && parentPort) parentPort.postMessage(await processRun(workerData as RunSettings));
