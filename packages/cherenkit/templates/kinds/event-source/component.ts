import {
  ArrayEvent,
  ArrayPointingContainer,
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  CherenkitError,
  DL1CameraContainer,
  EarthLocation,
  EventIndexContainer,
  EventSource,
  ExitCode,
  MonitoringContainer,
  ObservationBlockContainer,
  OpticsDescription,
  SchedulingBlockContainer,
  SubarrayDescription,
  TelescopeDescription,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
  TelescopeTriggerContainer,
  TriggerContainer,
  type ByteSource,
  type RunDescription,
} from '@cherenkit/core';
import { cameraFrame, radians } from '@cherenkit/kernels';

/** First line of a file: an array of identical telescopes with square cameras. Lengths are in m, angles in degrees. */
interface Header {
  readonly nPixelsInRow: number;
  readonly pixelWidth: number;
  readonly focalLength: number;
  readonly telescopes: Readonly<Record<string, readonly [x: number, y: number, z: number]>>;
  readonly alt: number;
  readonly az: number;
}

/** Further lines: an event, with the charge of each pixel in p.e. */
interface Line {
  readonly eventId: number;
  readonly images: Readonly<Record<string, readonly number[]>>;
}

const OBS_ID = 1;
const SIGNATURE = '{"format":"template-plugin"';

/** Reads images from a text file with one JSON object per line; see example.jsonl. */
export class TemplateComponent extends EventSource {
  static override readonly help = 'Reads images from lines of JSON.';
  /** First bytes of its files. `process` selects the event source by them. */
  static override readonly recognises = [{ magic: hexadecimal(SIGNATURE) }];

  #lines: AsyncGenerator<string> | undefined;
  #header: Header | undefined;
  #run: RunDescription | undefined;

  /**
   * Reads the first line.
   *
   * @throws CherenkitError if the file does not begin with a header (exit code 65)
   */
  override async open(input: ByteSource | undefined): Promise<void> {
    if (!input) throw new CherenkitError('TEMPLATE_INPUT_MISSING', ExitCode.BAD_INPUT, 'No input file was given.');
    this.#lines = linesOf(input);
    const { value = '' } = (await this.#lines.next()) as { value?: string };
    if (!value.startsWith(SIGNATURE)) {
      const message = `${input.name} does not begin with ${SIGNATURE}; expected a file such as example.jsonl.`;
      throw new CherenkitError('TEMPLATE_INPUT_UNKNOWN', ExitCode.BAD_INPUT, message);
    }
    this.#header = parseLine(value, 1) as Header;
    const { allowedTels } = this.traits;
    const array = subarrayOf(this.#header);
    this.#run = {
      subarray: allowedTels ? array.selectSubarray(allowedTels) : array,
      isSimulation: false,
      dataLevels: ['DL1_IMAGES'],
      observationBlocks: new Map([[OBS_ID, new ObservationBlockContainer({ obsId: OBS_ID, sbId: OBS_ID })]]),
      schedulingBlocks: new Map([[OBS_ID, new SchedulingBlockContainer({ sbId: OBS_ID })]]),
      simulationConfig: new Map(),
    };
  }

  override get run(): RunDescription {
    if (!this.#run) throw new Error('Call open first: the array is unknown before.');
    return this.#run;
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    let count = 0;
    for await (const line of this.#lines ?? []) {
      if (count === this.traits.maxEvents) return;
      yield this.#eventOf(parseLine(line, count + 2) as Line, count++);
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines?.return(undefined);
  }

  #eventOf({ eventId, images }: Line, count: number): ArrayEvent {
    const [altitude, azimuth] = [radians(this.#header?.alt ?? NaN), radians(this.#header?.az ?? NaN)];
    const event = new ArrayEvent({
      index: new EventIndexContainer({ obsId: OBS_ID, eventId }),
      monitoring: new MonitoringContainer({
        pointing: new ArrayPointingContainer({ arrayAltitude: altitude, arrayAzimuth: azimuth }),
      }),
      count,
    });
    const telIds = this.subarray.telIds.filter((telId) => String(telId) in images);
    event.trigger = new TriggerContainer({ telsWithTrigger: telIds });
    for (const telId of telIds) {
      const image = Float32Array.from(images[telId] ?? []);
      const peakTime = new Float32Array(image.length); // the format has no peak times
      const pointing = new TelescopePointingContainer({ altitude, azimuth });
      event.dl1.tel.set(telId, new DL1CameraContainer({ image, peakTime, isValid: true }));
      event.trigger.tel.set(telId, new TelescopeTriggerContainer());
      event.monitoring.tel.set(telId, new TelescopeMonitoringContainer({ pointing }));
    }
    return event;
  }
}

/** @throws CherenkitError naming the line if it is not JSON (exit code 65) */
function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    const message = `Line ${number} of the input is not JSON; it may be truncated. Create the file again.`;
    throw new CherenkitError('TEMPLATE_INPUT_CORRUPT', ExitCode.BAD_INPUT, message, { cause });
  }
}

async function* linesOf(input: ByteSource): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input.chunks()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function subarrayOf({ nPixelsInRow, pixelWidth, focalLength, telescopes }: Header): SubarrayDescription {
  const name = 'TemplateCam';
  const nPixels = nPixelsInRow * nPixelsInRow;
  const coordinate = (i: number): number => (i - (nPixelsInRow - 1) / 2) * pixelWidth;
  const geometry = new CameraGeometry({
    name,
    pixX: Float64Array.from({ length: nPixels }, (_, pixel) => coordinate(pixel % nPixelsInRow)),
    pixY: Float64Array.from({ length: nPixels }, (_, pixel) => coordinate(Math.floor(pixel / nPixelsInRow))),
    pixArea: new Float64Array(nPixels).fill(pixelWidth * pixelWidth),
    pixType: 'square',
    frame: cameraFrame(focalLength),
  });
  const readout = new CameraReadout({
    name,
    samplingRate: 1,
    referencePulseShape: [Float64Array.of(0, 1, 0)],
    referencePulseSampleWidth: 1,
    nChannels: 1,
    nPixels,
    nSamples: 1,
  });
  const optics = new OpticsDescription({
    name: 'Template',
    sizeType: 'SST',
    nMirrors: 1,
    equivalentFocalLength: focalLength,
    effectiveFocalLength: focalLength,
    mirrorArea: 10,
    nMirrorTiles: 1,
    reflectorShape: 'PARABOLIC',
  });
  const telescope = new TelescopeDescription('Template', optics, new CameraDescription(name, geometry, readout));
  const positions = Object.entries(telescopes);
  return new SubarrayDescription({
    name: 'Template',
    telPositions: new Map(positions.map(([telId, [x, y, z]]) => [Number(telId), { x, y, z }])),
    telDescriptions: new Map(positions.map(([telId]) => [Number(telId), telescope])),
    referenceLocation: EarthLocation.fromGeodetic(0, 0, 2000),
  });
}

function hexadecimal(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
