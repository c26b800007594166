import {
  CherenkitError,
  EVENT_SOURCE_OPENER,
  ExitCode,
  NoiseEventTypeFilter,
  trait,
  WaveformModifier,
  waveformsOf,
  type ArrayEvent,
  type ComponentContext,
  type EventSourceOpener,
} from '@cherenkit/core';
import { addNoiseWaveforms, RandomStream, subtractChannelMeans, sumOfRandomEvents } from '@cherenkit/kernels';

/** The waveforms of one telescope without light, [channel][pixel][sample], one array per event, of mean 0. */
interface TelescopeNoise {
  readonly events: Float32Array[];
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
}

/**
 * Adds noise from events of the night sky, in a file of its own, to simulated waveforms.
 *
 * Of each telescope `n_noise_realizations` sums of `nsb_level` such events are thought of; which one is added, and what is in
 * it, follows from the seed, the event and the telescope: it does not depend on other events. Source: ctapipe 0.32
 * `WaveformModifier`.
 */
export class NoiseWaveformModifier extends WaveformModifier.withTraits({
  nsbFile: trait.optional(trait.path({ help: 'The file with events of the night sky, of the same telescopes.' })),
  nsbLevel: trait.integer({ default: 1, minimum: 0, help: 'How many such events are added up for each waveform.' }),
  nNoiseRealizations: trait.integer({ default: 100, minimum: 1, help: 'How many different sums there are per pixel.' }),
  samplePixelsIndependently: trait.boolean({
    default: true,
    help: 'Take other events for each pixel; otherwise whole cameras are added up.',
  }),
  rngSeed: trait.integer({ default: 1, minimum: 0, help: 'Seed of the random numbers.' }),
}) {
  static override readonly help = 'Adds noise from events of the night sky to waveforms.';
  static override readonly children = [NoiseEventTypeFilter];

  private readonly noise = new Map<number, TelescopeNoise>();
  private readonly filter: NoiseEventTypeFilter;
  private readonly opener: EventSourceOpener;

  constructor(context: ComponentContext) {
    super(context);
    this.filter = context.create(NoiseEventTypeFilter, 'NoiseEventTypeFilter');
    this.opener = context.service(EVENT_SOURCE_OPENER);
  }

  /** @throws CherenkitError where no file is named, or it does not have enough noise for each telescope */
  override async prepare(): Promise<void> {
    const { nsbFile, nsbLevel } = this.traits;
    if (nsbFile === undefined) {
      throw this.unsuitable('no file with events of the night sky is named', 'Give WaveformModifier.nsb_file.');
    }
    // Where the light comes from does not matter here, so a file that does not tell the effective focal length is as good.
    const traits = { skipCalibrationEvents: false, focalLengthChoice: 'EQUIVALENT' };
    await using source = await this.opener.open(nsbFile, traits);
    for await (const event of source) if (this.filter.keep(event)) this.collect(event, nsbFile);
    const needed = Math.max(1, 2 * nsbLevel);
    const wanting = this.context.telIds.filter((telId) => (this.noise.get(telId)?.events.length ?? 0) < needed);
    if (wanting.length > 0) {
      const found = wanting.map((telId) => `${this.noise.get(telId)?.events.length ?? 0} for telescope ${telId}`);
      throw this.unsuitable(
        `${nsbFile} has too few events of the night sky: ${found.join(', ')}; with nsb_level ${nsbLevel}, ${needed} are needed`,
        'Take a file with more of them, a lower nsb_level, or fewer telescopes (--allowed-tels).',
      );
    }
    for (const { events, nChannels } of this.noise.values()) subtractChannelMeans(events, nChannels);
  }

  override modify({ index, r1 }: ArrayEvent): void {
    const { nsbLevel, nNoiseRealizations, samplePixelsIndependently, rngSeed } = this.traits;
    for (const [telId, camera] of r1.tel) {
      const noise = this.noise.get(telId);
      if (camera.waveform === undefined || noise === undefined) continue;
      const { samples, nChannels, nPixels, nSamples } = camera.waveform;
      const { selectedGainChannel } = camera;
      const isFitting =
        nPixels === noise.nPixels &&
        nSamples === noise.nSamples &&
        (selectedGainChannel === undefined ? nChannels === noise.nChannels : true);
      if (!isFitting) {
        const shapes = `${nChannels} x ${nPixels} x ${nSamples} beside ${noise.nChannels} x ${noise.nPixels} x ${noise.nSamples}`;
        throw this.unsuitable(
          `waveforms of telescope ${telId} and their noise differ in channels, pixels or samples: ${shapes}`,
          'Simulate the noise with the same telescopes and settings.',
        );
      }
      const chosen = new RandomStream(rngSeed, index.obsId >>> 0, index.eventId >>> 0, telId).uniform();
      const realization = new RandomStream(rngSeed, telId, Math.floor(chosen * nNoiseRealizations));
      const { events } = noise;
      const sum = sumOfRandomEvents(
        events,
        noise.nChannels,
        nPixels,
        nSamples,
        nsbLevel,
        samplePixelsIndependently,
        realization,
      );
      const modified = addNoiseWaveforms(samples, sum, nSamples, selectedGainChannel);
      camera.waveform = waveformsOf(modified, nChannels, nPixels, nSamples);
    }
  }

  private collect({ r1 }: ArrayEvent, file: string): void {
    for (const [telId, { waveform, selectedGainChannel }] of r1.tel) {
      if (waveform === undefined || !this.context.telIds.includes(telId)) continue;
      const { samples, nChannels, nPixels, nSamples } = waveform;
      if (selectedGainChannel?.some((channel) => channel > 0) === true) {
        throw this.unsuitable(
          `${file} has one gain channel per pixel only`,
          'Its waveforms have to be of all channels.',
        );
      }
      const noise = this.noise.get(telId) ?? { events: [], nChannels, nPixels, nSamples };
      this.noise.set(telId, noise);
      noise.events.push(samples.slice());
    }
  }

  private unsuitable(found: string, remedy: string): CherenkitError {
    return new CherenkitError('NOISE_UNSUITABLE', ExitCode.USAGE, `${this.context.path}: ${found}. ${remedy}`);
  }
}
