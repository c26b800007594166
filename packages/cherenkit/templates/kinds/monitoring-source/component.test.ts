import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  it('corrects for the days since the calibration', async () => {
    const event = showerEvent(smallSubarray());
    const { seconds } = event.trigger.time;
    const traits = { start: seconds - 2 * 86_400, lossPerDay: 0.125 };
    (await buildComponent(TemplateComponent, { traits })).fill(event);
    const [telId = 0] = event.r1.tel.keys();
    const { factor } = event.monitoring.tel.get(telId)?.camera.coefficients ?? {};
    assert.equal(factor?.[0], 1.25);
  });
});
