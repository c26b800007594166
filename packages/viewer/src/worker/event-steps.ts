import {
  CameraCalibrator,
  DL0Container,
  DL1CameraContainer,
  DL1Container,
  ImageProcessor,
  objectLayer,
  hasRawImages,
  processEvent,
  Run,
  ShowerProcessor,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  ArrayEvent,
  type PluginRegistry,
  type RunDescription,
} from '@cherenkit/core';
import type { Config } from '../protocol.js';

const STEPS = ['CameraCalibrator', 'ImageProcessor', 'ShowerProcessor'];

/** The steps of a configuration, from waveforms to showers: those of `cherenkit process`. */
export class EventSteps implements AsyncDisposable {
  private constructor(
    readonly run: Run,
    readonly calibrator: CameraCalibrator,
    private readonly imageProcessor: ImageProcessor,
    private readonly showerProcessor: ShowerProcessor,
    private readonly isRaw: boolean,
  ) {}

  /** @throws ConfigurationError listing all mistakes of the configuration */
  static async create(config: Config, plugins: PluginRegistry, description: RunDescription): Promise<EventSteps> {
    const run = await Run.prepare(
      { layers: [objectLayer(config, '')], tool: 'ProcessorTool', components: STEPS },
      { plugins },
    );
    try {
      await run.openFor(description.subarray, description.atmosphereDensityProfile);
      const steps = new EventSteps(
        run,
        run.create(CameraCalibrator, 'CameraCalibrator'),
        run.create(ImageProcessor, 'ImageProcessor'),
        run.create(ShowerProcessor, 'ShowerProcessor'),
        hasRawImages(description),
      );
      await steps.showerProcessor.prepare();
      return steps;
    } catch (error) {
      await run[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Makes images of the waveforms of an event, which stays as it is. */
  calibrate(event: ArrayEvent): ArrayEvent {
    const copy = copyForSteps(event);
    // DL0 data of a file are the input of telescopes without R1 data.
    const isInput = (telId: number): boolean => event.r1.tel.get(telId)?.waveform === undefined;
    copy.dl0 = new DL0Container({ tel: new Map([...event.dl0.tel].filter(([telId]) => isInput(telId))) });
    copy.dl1 = new DL1Container();
    processEvent(copy, { calibrator: this.calibrator });
    return copy;
  }

  /** Cleans and parametrizes the images of an event, which stays as it is, unless they are in ADC counts. */
  parametrize(event: ArrayEvent): ArrayEvent {
    const copy = copyForSteps(event);
    for (const [telId, { image, peakTime, isValid, hasChannelAxis, meta }] of event.dl1.tel) {
      const images = { image, peakTime, isValid, hasChannelAxis, meta };
      copy.dl1.tel.set(telId, new DL1CameraContainer(images));
    }
    processEvent(copy, { imageProcessor: this.imageProcessor, isRaw: this.isRaw });
    return copy;
  }

  /**
   * Reconstructs the shower of an event with parameters, which is changed.
   *
   * @param without - telescopes left out, as if they had not been read
   */
  reconstruct(event: ArrayEvent, without: ReadonlySet<number>): void {
    const { tel } = event.dl1;
    event.dl1.tel = new Map([...tel].filter(([telId]) => !without.has(telId)));
    processEvent(event, { showerProcessor: this.showerProcessor });
    event.dl1.tel = tel;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run[Symbol.asyncDispose]();
  }
}

/** A copy that shares arrays, and whose containers may be filled independently. */
function copyForSteps(event: ArrayEvent): ArrayEvent {
  const { index, r1, dl0, trigger, count, monitoring, simulation, rejections } = event;
  const copy = new ArrayEvent({ index, r1, dl0, trigger, count, monitoring, rejections: [...rejections] });
  if (simulation) {
    copy.simulation = new SimulatedEventContainer({
      shower: simulation.shower,
      tel: new Map(Array.from(simulation.tel, ([telId, each]) => [telId, new SimulatedCameraContainer({ ...each })])),
    });
  }
  return copy;
}
