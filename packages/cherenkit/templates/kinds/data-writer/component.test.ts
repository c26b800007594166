import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ReconstructedGeometryContainer } from '@cherenkit/core';
import { buildComponent, conformance, ShowerEventSource } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it }, extension: '.csv' });

describe('TemplateComponent', () => {
  it('writes one line per event', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'template-component-'));
    try {
      const outputPath = join(folder, 'showers.csv');
      const writer = await buildComponent(TemplateComponent, { config: { DataWriter: { output_path: outputPath } } });
      const source = await buildComponent(ShowerEventSource);
      await writer.open(source.run);
      for await (const event of source) {
        const geometry = new ReconstructedGeometryContainer({ alt: 1, az: 2, coreX: 3, coreY: 4, isValid: true });
        event.dl2.stereo.geometry.set('Any', geometry);
        await writer.write(event);
      }
      await writer.finish();
      const [header, first, ...others] = (await readFile(outputPath, 'utf8')).trim().split('\n');
      assert.equal(header, 'obs_id,event_id,reconstructor,is_valid,alt_deg,az_deg,core_x_m,core_y_m');
      assert.match(first ?? '', /^1,1,Any,true,57\.29\d*,114\.59\d*,3,4$/);
      assert.equal(others.length, 4);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
