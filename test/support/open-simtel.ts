import { openFile, type ByteSource } from '@cherenkit/io';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { SimTelEventSource } from '@cherenkit/plugin-simtel';
import { openSource } from '@cherenkit/testing';
import { inTestData } from './test-data.js';

/** Opens a file of the test data, or bytes. @param traits - values by their names in code, otherwise defaults */
export function openSimtel(
  input: string | ByteSource,
  traits: Readonly<Record<string, unknown>> = {},
): Promise<SimTelEventSource> {
  const openInput = () => (typeof input === 'string' ? openFile(inTestData('data', input)) : input);
  return openSource(SimTelEventSource, { traits, openInput, plugins: [extractorsPlugin] });
}
