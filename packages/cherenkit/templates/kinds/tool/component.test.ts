import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, openSource, ShowerEventSource } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  it('counts the events of each telescope', async () => {
    const tool = await buildComponent(TemplateComponent);
    await tool.run(await openSource(ShowerEventSource));
    assert.deepEqual(
      [...tool.counts],
      [1, 2, 3, 4].map((telId) => [telId, 5]),
    );
  });

  it('skips events with few telescopes', async () => {
    const tool = await buildComponent(TemplateComponent, { config: { TemplateComponent: { min_telescopes: 5 } } });
    await tool.run(await openSource(ShowerEventSource));
    assert.equal(tool.counts.size, 0);
  });
});
