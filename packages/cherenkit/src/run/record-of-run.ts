import { configurationText, softwareOf, type RecordedInput, type Run, type RunRecord } from '@cherenkit/core';
import { isStandardInput } from '@cherenkit/io';
import { digestFile, digestOrPath, digestText, type DigestScope } from '@cherenkit/io/node';
import { ownVersion } from '../package-root.js';

/**
 * Returns what determines the output of a prepared run.
 *
 * @param scope - what the digest of its input covers
 * @returns undefined if that is unknown, for a pipe or a missing file
 */
export function recordOfRun(run: Run, scope: DigestScope = 'ends'): RunRecord | undefined {
  const { inputUrl, settings } = run;
  const input = inputUrl === undefined ? undefined : recordedInput(inputUrl, scope);
  if (input === undefined) return undefined;
  return {
    inputs: [input],
    ...(settings.events && { events: settings.events }),
    configuration: digestText(configurationText(run, digestOrPath)),
    software: softwareOf(run, ownVersion()),
  };
}

function recordedInput(url: string, scope: DigestScope): RecordedInput | undefined {
  if (isStandardInput(url)) return undefined;
  try {
    return digestFile(url, scope);
  } catch {
    // A missing file is reported when it is opened.
    return /^[a-z][a-z0-9+.-]+:/i.test(url) ? { url } : undefined;
  }
}
