import {
  EventFailures,
  MonitoringSource,
  processEvent,
  TelescopeMonitoringContainer,
  trait,
  type ArrayEvent,
} from '@cherenkit/core';
import { buildComponent, showerEvent, smallSubarray } from '@cherenkit/testing';
import { expect } from 'chai';

/** Sets or multiplies the factor of telescope 1. */
class FactorSource extends MonitoringSource.withTraits({
  factor: trait.number({ default: 2, help: 'Factor; negative values fail.' }),
}) {
  static override readonly help = 'Multiplies the factor of telescope 1.';
  readonly monitoringTypes = ['CAMERA_COEFFICIENTS'] as const;

  override fill({ monitoring }: ArrayEvent): void {
    if (this.traits.factor < 0) throw new Error('negative');
    const { coefficients } = monitoring.tel.get(1)?.camera ?? {};
    if (coefficients) coefficients.factor = coefficients.factor?.map((value) => value * this.traits.factor);
  }
}

describe('the monitoring data of an event', () => {
  const sourceOf = (factor: number): Promise<FactorSource> => buildComponent(FactorSource, { traits: { factor } });

  function event(): ArrayEvent {
    const made = showerEvent(smallSubarray());
    const { coefficients } = made.monitoring.tel.get(1)?.camera ?? {};
    if (coefficients) coefficients.factor = Float32Array.of(1, 2);
    return made;
  }

  it('are filled by the sources in their order', async () => {
    const made = event();
    const monitoringSources = await Promise.all([2, 5].map(sourceOf));
    expect(processEvent(made, { monitoringSources })).to.equal(true);
    expect(made.monitoring.tel.get(1)?.camera.coefficients.factor).to.deep.equal(Float32Array.of(10, 20));
  });

  it('lead to the rejection of the event, if a source fails', async () => {
    const made = event();
    const failures = new EventFailures(false);
    const monitoringSources = await Promise.all([-1, 5].map(sourceOf));
    expect(processEvent(made, { monitoringSources, failures })).to.equal(false);
    const [{ level = '', component = '', reason = '' } = {}] = made.rejections;
    expect([level, component]).to.deep.equal(['event', 'FactorSource']);
    expect(reason).to.match(/^FactorSource .*failed: negative$/);
    expect(made.monitoring.tel.get(1)?.camera.coefficients.factor).to.deep.equal(Float32Array.of(1, 2));
  });

  it('lead to the rejection of the event, if they do not fit to the array', async () => {
    const subarray = smallSubarray();
    const { nChannels, nPixels } = subarray.telescope(1).camera.readout;
    const source = await sourceOf(1);
    const cases: [fill: (monitoring: TelescopeMonitoringContainer) => unknown, telId: number, reason: RegExp][] = [
      [
        ({ camera }) => (camera.coefficients.factor = new Float32Array(3)),
        1,
        new RegExp(
          `factor of telescope 1 is a Float32Array of 3 values; expected a Float32Array of ${nChannels * nPixels} values$`,
        ),
      ],
      [({ camera }) => Object.assign(camera.coefficients, { factor: 'hello' }), 1, /factor is a string; expected/],
      [() => undefined, 999, /there are monitoring data of telescope 999; expected those of 1, 2, 3, 4$/],
    ];
    for (const [fill, telId, reason] of cases) {
      const made = showerEvent(subarray);
      source.fill = ({ monitoring }) => {
        const data = new TelescopeMonitoringContainer();
        fill(data);
        monitoring.tel.set(telId, data);
      };
      const failures = new EventFailures(false);
      expect(processEvent(made, { subarray, monitoringSources: [source], failures })).to.equal(false);
      expect(made.rejections[0]?.reason).to.match(reason);
    }
  });
});
