import { join } from 'node:path';
import { openFile, type ByteSource } from '@cherenkit/io';
import { PROVENANCE, type Provenance } from '@cherenkit/core';
import { ManualGainSelector, ThresholdGainSelector } from '@cherenkit/plugin-extractors';
import { SimTelEventSource } from '@cherenkit/plugin-simtel';

import { makeDirectly } from './direct-component.js';
import { TEST_DATA } from './test-data.js';

const NO_PROVENANCE: Provenance = { inputs: [], outputs: [], addInput: () => undefined, addOutput: () => undefined };

/** A source over a file of the test data, or over bytes; with the defaults of its traits but for some values. */
export async function openSource(
  input: string | ByteSource,
  values: Readonly<Record<string, unknown>> = {},
): Promise<SimTelEventSource> {
  const source = makeDirectly(
    SimTelEventSource,
    undefined,
    { SimTelEventSource: values },
    [ThresholdGainSelector, ManualGainSelector],
    new Map([[PROVENANCE, NO_PROVENANCE]]),
  );
  await source.open(typeof input === 'string' ? await openFile(join(TEST_DATA ?? '', 'data', input)) : input);
  return source;
}
