import {
  EventSource,
  ObservationBlockContainer,
  SchedulingBlockContainer,
  SimulationConfigContainer,
  trait,
  type ArrayEvent,
  type ComponentContext,
  type RunDescription,
} from '@cherenkit/core';
import { rawDataCalibrationOf } from './camera-signals.js';
import { showerEvents } from './shower-event.js';
import { smallSubarray } from './small-subarray.js';

/** Event source that yields `showerEvents` for `smallSubarray()`, for tests of data writers and tools. */
export class ShowerEventSource extends EventSource.withTraits({
  events: trait.integer({ default: 5, minimum: 1, help: 'Number of events.' }),
}) {
  static override readonly help = 'Simulates showers for tests.';
  static override readonly recognises = [{ scheme: 'showers' }];

  override readonly run: RunDescription;

  constructor(context: ComponentContext) {
    super(context);
    const { allowedTels, events } = this.traits;
    const array = smallSubarray();
    this.run = {
      subarray: allowedTels ? array.selectSubarray(allowedTels) : array,
      isSimulation: true,
      dataLevels: ['R0', 'R1', 'DL1_IMAGES', 'DL1_PARAMETERS'],
      observationBlocks: new Map([[1, new ObservationBlockContainer({ obsId: 1, sbId: 1 })]]),
      schedulingBlocks: new Map([[1, new SchedulingBlockContainer({ sbId: 1 })]]),
      simulationConfig: new Map([[1, new SimulationConfigContainer({ runNumber: 1, nShowers: events })]]),
      rawDataCalibration: (telId) => rawDataCalibrationOf(array.telescope(telId).camera.readout),
    };
  }

  override open(): Promise<void> {
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous
  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const count = Math.min(this.traits.events, this.traits.maxEvents ?? Infinity);
    yield* showerEvents(this.subarray, count);
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
