import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { arch, availableParallelism, endianness, hostname, machine, release, type, uptime, version } from 'node:os';
import { resolve } from 'node:path';
import {
  CherenkitError,
  ExitCode,
  type Json,
  type Provenance,
  type ProvenanceActivity,
  type ProvenanceFile,
  type ProvenancePlugin,
} from '@cherenkit/core';
import { describeFailure } from './failure-report.js';
import { Interruption } from './interruption.js';

/** How an activity can end, in ctapipe's words. */
type ActivityStatus = 'completed' | 'interrupted' | 'error';

/**
 * The provenance of one run: what was read and written, with which configuration, on which machine.
 *
 * Its JSON has the shape of an activity in ctapipe 0.32's provenance log, with Node's data where ctapipe has Python's.
 */
export class ActivityRecord implements Provenance {
  readonly activity: ProvenanceActivity;
  /** The values of the run's traits. */
  configuration: Json = {};
  readonly inputs: ProvenanceFile[] = [];
  readonly outputs: ProvenanceFile[] = [];
  readonly plugins: ProvenancePlugin[] = [];

  /** @param softwareVersion - of cherenkit */
  constructor(name: string, softwareVersion: string) {
    this.activity = { name, id: randomUUID(), startTime: new Date(), softwareVersion };
  }

  addInput(file: ProvenanceFile): void {
    this.inputs.push(file);
  }

  addOutput(file: ProvenanceFile): void {
    this.outputs.push(file);
  }

  addPlugin(plugin: ProvenancePlugin): void {
    this.plugins.push(plugin);
  }

  /** The whole record; the activity ends now. */
  finish(status: ActivityStatus, exitCode: number): object {
    const { name, id, startTime, softwareVersion } = this.activity;
    const stopTime = new Date();
    return {
      activity_name: name,
      activity_uuid: id,
      status,
      start: { time_utc: timeText(startTime) },
      stop: { time_utc: timeText(stopTime) },
      system: { cherenkit_version: softwareVersion, ...describeSystem(), start_time_utc: timeText(startTime) },
      input: this.inputs.map(describeFile),
      // A run that failed has left no output.
      output: status === 'completed' ? this.outputs.map(describeFile) : [],
      exit_code: exitCode,
      config: this.configuration,
      plugins: this.plugins.map(({ name, packageName, version, location }) => ({
        name,
        package: packageName ?? null,
        version: version ?? null,
        path: location ?? null,
      })),
      duration_min: (stopTime.getTime() - startTime.getTime()) / 60_000,
    };
  }
}

/**
 * Runs a task as an activity and, where a log is wanted, appends to it how the activity ended.
 *
 * @throws what the task throws; CherenkitError PROVENANCE_LOG_UNWRITABLE
 */
export async function recordActivity<T>(
  activity: ActivityRecord,
  log: string | undefined,
  task: () => Promise<T>,
): Promise<T> {
  if (log === undefined) return task();
  let result: T;
  try {
    result = await task();
  } catch (error) {
    const { exitCode } = await describeFailure(error);
    appendActivity(log, activity.finish(error instanceof Interruption ? 'interrupted' : 'error', exitCode));
    throw error;
  }
  appendActivity(log, activity.finish('completed', 0));
  return result;
}

/**
 * Appends an activity to a log as ctapipe does: a list of one, so that a log of several runs is several JSON documents.
 *
 * @throws CherenkitError PROVENANCE_LOG_UNWRITABLE
 */
function appendActivity(path: string, activity: object): void {
  try {
    appendFileSync(path, JSON.stringify([activity], undefined, 3));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The provenance log ${path} cannot be written (${reason}); give another path after --provenance-log.`;
    throw new CherenkitError('PROVENANCE_LOG_UNWRITABLE', ExitCode.CANNOT_CREATE, message, { cause });
  }
}

/** UTC without a sign for it: `2026-01-31T12:00:00.000`. */
function timeText(time: Date): string {
  return time.toISOString().slice(0, -1);
}

/** Paths become absolute; what has a scheme (`toymodel:`) stays. */
function describeFile({ url, role }: ProvenanceFile): object {
  return { url: /^[a-z][a-z0-9+.-]+:/i.test(url) ? url : resolve(url), role, reference_meta: null };
}

const ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'USER', 'HOME', 'SHELL', 'NODE_OPTIONS'];

function describeSystem(): object {
  return {
    executable: process.execPath,
    platform: {
      architecture_bits: /64/.test(arch()) ? '64bit' : '32bit',
      endianness: endianness(),
      machine: machine(),
      node: hostname(),
      version: version(),
      system: type(),
      release: release(),
      n_cpus: availableParallelism(),
      boot_time: timeText(new Date(Date.now() - uptime() * 1000)),
    },
    nodejs: { version_string: process.version, version: process.versions.node.split('.'), libraries: process.versions },
    environment: Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name] ?? null])),
    arguments: process.argv.slice(1),
  };
}
