import type { ArrayEvent, MonitoringSource, SubarrayDescription } from '@cherenkit/core';
import { showerEventAt } from './shower-event.js';
import { ensureLength, ensureMask, type KindSuite, type TestCase } from './test-case.js';

/** Test cases: events with showers, and events of one telescope and without telescopes. */
export const monitoringSourceSuite: KindSuite<MonitoringSource> = {
  kind: 'MonitoringSource',
  cases: (subarray) => [
    eventCase('a shower', subarray, 0, Infinity),
    eventCase('another shower', subarray, 1, Infinity),
    eventCase('an event of one telescope', subarray, 2, 1),
    eventCase('an event without telescopes', subarray, 0, 0),
  ],
};

function eventCase(
  name: string,
  subarray: SubarrayDescription,
  index: number,
  nTelescopes: number,
): TestCase<MonitoringSource> {
  return {
    name,
    start() {
      const event = showerEventAt(subarray, index);
      event.trigger.telsWithTrigger = event.trigger.telsWithTrigger.slice(0, nTelescopes);
      for (const { tel } of [event.r0, event.r1, event.dl1, event.monitoring]) {
        for (const telId of [...tel.keys()]) if (!event.trigger.telsWithTrigger.includes(telId)) tel.delete(telId);
      }
      const { monitoring: _, rejections: __, ...inputs } = event;
      return {
        perform(source) {
          source.fill(event);
          checkCoefficients(event, subarray);
          return event.monitoring;
        },
        inputs: () => inputs,
      };
    },
  };
}

/** Checks that coefficients have a value for each gain channel and pixel. */
function checkCoefficients({ monitoring }: ArrayEvent, subarray: SubarrayDescription): void {
  for (const [telId, { camera }] of monitoring.tel) {
    const { nChannels, nPixels } = subarray.telescope(telId).camera.readout;
    const { pedestalOffset, factor, timeShift, outlierMask } = camera.coefficients;
    for (const [name, values] of Object.entries({ pedestalOffset, factor, timeShift })) {
      if (values !== undefined) ensureLength(`${name} of telescope ${telId}`, values, nChannels * nPixels);
    }
    if (outlierMask !== undefined) ensureMask(`outlierMask of telescope ${telId}`, outlierMask, nChannels * nPixels);
  }
}
