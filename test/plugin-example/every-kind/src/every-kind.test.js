import { describe, it } from 'node:test';
import extractors from '@cherenkit/plugin-extractors';
import toymodel from '@cherenkit/plugin-toymodel';
import { conformance } from '@cherenkit/testing';
import plugin from './index.js';

const plugins = [plugin, toymodel, extractors]; // for the input of SeveralEventSource
const config = { EventSource: { input_url: 'several:toymodel:' } };

for (const component of plugin.components) {
  const isSource = component.kind === 'EventSource';
  conformance(component, { runner: { describe, it }, plugins, extension: '.jsonl', ...(isSource && { config }) });
}
