import { CherenkitError, ExitCode, nameSome } from '@cherenkit/errors';
import { checkArray } from '../event/check-array.js';
import { checkContainer } from '../event/check-container.js';
import { TelescopeMonitoringContainer, type ArrayEvent } from '../event/index.js';
import { describeComponent } from '../framework/component/event-failures.js';
import type { SubarrayDescription } from '../instrument/index.js';
import { MONITORING_TYPES, type MonitoringSource, type MonitoringType } from './monitoring-source.js';

/**
 * Checks the monitoring data of an event that a source has filled: that the telescopes are those of the array, and that
 * coefficients have a value for each gain channel and pixel.
 *
 * @throws TypeError naming the telescope, and what is expected and found
 */
export function checkMonitoring({ monitoring }: ArrayEvent, array: SubarrayDescription): void {
  for (const [telId, data] of monitoring.tel) {
    if (!array.telIds.includes(telId)) {
      throw new TypeError(
        `there are monitoring data of telescope ${telId}; expected those of ${nameSome(array.telIds)}`,
      );
    }
    checkContainer(`the container of telescope ${telId}`, data, TelescopeMonitoringContainer);
    const { nChannels, nPixels } = array.telescope(telId).camera.readout;
    const { outlierMask, ...coefficients } = data.camera.coefficients;
    const check = (name: string, values: unknown, type: 'Float32Array' | 'Uint8Array'): void => {
      if (values !== undefined) checkArray(`${name} of telescope ${telId}`, values, type, nChannels * nPixels);
    };
    for (const name of ['pedestalOffset', 'factor', 'timeShift'] as const)
      check(name, coefficients[name], 'Float32Array');
    check('outlierMask', outlierMask, 'Uint8Array');
  }
}

/**
 * Returns the types of data of a prepared source. One in JavaScript may lack them.
 *
 * @throws CherenkitError COMPONENT_FAILED (70) for types that do not exist
 */
export function monitoringTypesOf(source: MonitoringSource): readonly MonitoringType[] {
  const types = (source.monitoringTypes as readonly MonitoringType[] | undefined) ?? [];
  if (Array.from(types).every((each) => MONITORING_TYPES.includes(each))) return types;
  const message = `${describeComponent(source)} has the monitoringTypes ${JSON.stringify(types)}; expected a list with any of ${MONITORING_TYPES.join(', ')}. Report it to the authors of the plugin.`;
  throw new CherenkitError('COMPONENT_FAILED', ExitCode.BUG, message);
}
