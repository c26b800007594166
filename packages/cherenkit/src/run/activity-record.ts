import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { arch, availableParallelism, endianness, hostname, machine, release, type, uptime, version } from 'node:os';
import { resolve } from 'node:path';
import { exitCodeOf, systemReason } from '@cherenkit/errors';
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
import { requireReader } from './require-reader.js';

/** Final status of an activity, with ctapipe's values. */
type ActivityStatus = 'completed' | 'interrupted' | 'error';

/**
 * Provenance of one run: inputs, outputs, configuration, plugins and system.
 *
 * `finish` returns the structure of an activity in the provenance log of ctapipe 0.32, with data on Node.js in place of
 * Python.
 */
export class ActivityRecord implements Provenance {
  readonly activity: ProvenanceActivity;
  /** Values of all traits of the run. */
  configuration: Json = {};
  readonly inputs: ProvenanceFile[] = [];
  readonly outputs: ProvenanceFile[] = [];
  readonly plugins: ProvenancePlugin[] = [];

  /**
   * Starts the activity.
   *
   * @param name - name in the log, `cherenkit-process`
   * @param softwareVersion - version of cherenkit
   */
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

  /** Ends the activity and returns the record to log. */
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
      // A failed run leaves no output.
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
 * Runs a task and appends the record of the activity to a provenance log, whether the task succeeds or fails.
 *
 * The task calls its argument to append the record of its success, before it makes its output visible: without a record
 * there is no output.
 *
 * @param log - path of the log; undefined for none
 * @throws CherenkitError PROVENANCE_LOG_UNWRITABLE; errors of the task
 */
export async function recordActivity<T>(
  activity: ActivityRecord,
  log: string | undefined,
  task: (succeed: () => void) => Promise<T>,
): Promise<T> {
  if (log === undefined) return task(() => {});
  appendText(log, ''); // before hours of work, not after
  let isUsable = true;
  try {
    return await task(() => {
      isUsable = false;
      appendActivity(log, activity.finish('completed', 0), 'No output was kept. ');
      isUsable = true;
    });
  } catch (error) {
    const { exitCode } = await describeFailure(error);
    const status = error instanceof Interruption ? 'interrupted' : 'error';
    if (isUsable) appendActivity(log, activity.finish(status, exitCode));
    throw error;
  }
}

/**
 * Appends an activity to a log as ctapipe does: each run appends a JSON list with one activity.
 *
 * @param consequence - sentence about the output, for the message of the error
 * @throws CherenkitError PROVENANCE_LOG_UNWRITABLE
 */
function appendActivity(path: string, activity: object, consequence = ''): void {
  appendText(path, JSON.stringify([activity], undefined, 3), consequence);
}

function appendText(path: string, text: string, consequence = ''): void {
  try {
    requireReader(path);
    appendFileSync(path, text);
  } catch (cause) {
    const message = `Cannot write the provenance log ${path}: ${systemReason(cause)}. ${consequence}Choose another path for --provenance-log.`;
    throw new CherenkitError('PROVENANCE_LOG_UNWRITABLE', exitCodeOf(cause, ExitCode.CANNOT_CREATE), message, {
      cause,
    });
  }
}

/** UTC in ISO 8601 without a time zone suffix, as in ctapipe: `2026-01-31T12:00:00.000`. */
function timeText(time: Date): string {
  return time.toISOString().slice(0, -1);
}

/** Describes a file. Paths become absolute; URLs (`toymodel:`) are kept. */
function describeFile({ url, role, content }: ProvenanceFile): object {
  const place = /^[a-z][a-z0-9+.-]+:/i.test(url) ? url : resolve(url);
  return { url: place, role, ...(content !== undefined && { content }), reference_meta: null };
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
