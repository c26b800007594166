import { dirname, join } from 'node:path';
import { configurationText, softwareOf, type RecordedInput, type Run, type RunRecord } from '@cherenkit/core';
import { isStandardInput } from '@cherenkit/io';
import { digestFile, digestOrPath, digestText, type DigestScope } from '@cherenkit/io/node';
import { ownVersion } from '../package-root.js';

/**
 * Returns what determines the output of a prepared run.
 *
 * @param scope - what the digests of its inputs cover
 * @param otherFiles - files that are read besides the input, relative to its folder
 * @returns undefined if that is unknown, for a pipe or a missing file
 */
export function recordOfRun(
  run: Run,
  scope: DigestScope = 'ends',
  otherFiles: readonly string[] = [],
): RunRecord | undefined {
  const { inputUrl, settings } = run;
  const input = inputUrl === undefined ? undefined : recordedInput(inputUrl, scope);
  if (inputUrl === undefined || input === undefined) return undefined;
  const others = otherFiles.map((each) => recordedInput(join(dirname(inputUrl), each), scope));
  return {
    inputs: [input, ...others.filter((each) => each !== undefined)],
    ...(settings.events && { events: settings.events }),
    configuration: digestText(configurationText(run, digestOrPath)),
    software: softwareOf(run, ownVersion()),
  };
}

/** An input as records identify it; undefined for a pipe or a missing file. */
export function recordedInput(url: string, scope: DigestScope): RecordedInput | undefined {
  if (isStandardInput(url)) return undefined;
  try {
    return digestFile(url, scope);
  } catch {
    // A missing file is reported when it is opened.
    return /^[a-z][a-z0-9+.-]+:/i.test(url) ? { url } : undefined;
  }
}
