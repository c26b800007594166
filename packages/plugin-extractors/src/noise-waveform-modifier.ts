import {
  type ArrayEvent,
  CherenkitError,
  type ComponentContext,
  type ComponentKind,
  EVENT_SOURCE_OPENER,
  type EventSourceOpener,
  ExitCode,
  nameSome,
  NoiseEventTypeFilter,
  trait,
  WaveformModifier,
  waveformsOf,
} from '@cherenkit/core';
import { addNoiseWaveforms, RandomStream, subtractChannelMeans, sumOfRandomEvents } from '@cherenkit/kernels';

/** Night-sky waveforms of one telescope, [channel][pixel][sample], one array per event; their mean is 0. */
interface TelescopeNoise {
  readonly events: Float32Array[];
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
}

/**
 * Adds noise to simulated waveforms, from night-sky background events in a separate file.
 *
 * For each telescope there are `n_noise_realizations` sums of `nsb_level` such events. Which one is added, and from
 * which events it is made, depends on seed, event and telescope only, not on other events. Source: ctapipe 0.32
 * `WaveformModifier`.
 */
export class NoiseWaveformModifier extends WaveformModifier.withTraits({
  nsbFile: trait.optional(trait.path({ help: 'File with night-sky background events of the same telescopes.' })),
  nsbLevel: trait.integer({ default: 1, minimum: 0, help: 'Number of noise events to add to each waveform.' }),
  nNoiseRealizations: trait.integer({ default: 100, minimum: 1, help: 'Number of different noise sums per pixel.' }),
  samplePixelsIndependently: trait.boolean({
    default: true,
    help: 'Draw noise events independently for each pixel; otherwise one draw for the whole camera.',
  }),
  rngSeed: trait.integer({ default: 1, minimum: 0, help: 'Seed of the random number generator.' }),
}) {
  static override readonly help = 'Adds noise from night-sky background events to waveforms.';
  static override readonly children: readonly ComponentKind[] = [NoiseEventTypeFilter];

  private readonly noise = new Map<number, TelescopeNoise>();
  private readonly filter: NoiseEventTypeFilter;
  private readonly opener: EventSourceOpener;

  constructor(context: ComponentContext) {
    super(context);
    this.filter = context.create(NoiseEventTypeFilter, 'NoiseEventTypeFilter');
    this.opener = context.service(EVENT_SOURCE_OPENER);
  }

  /** @throws CherenkitError NOISE_UNSUITABLE (2) if no file is given, or it lacks noise events for a telescope */
  override async prepare(): Promise<void> {
    const { nsbFile, nsbLevel } = this.traits;
    if (nsbFile === undefined) {
      throw this.unsuitable('no file with night-sky background events is given', 'Set WaveformModifier.nsb_file.');
    }
    // Only waveforms are used, so that a file without effective focal lengths is sufficient.
    const traits = { skipCalibrationEvents: false, focalLengthChoice: 'EQUIVALENT' };
    await using source = await this.opener.open(nsbFile, traits);
    for await (const event of source) if (this.filter.keep(event)) this.collect(event, nsbFile);
    const needed = Math.max(1, 2 * nsbLevel);
    const wanting = this.context.telIds.filter((telId) => (this.noise.get(telId)?.events.length ?? 0) < needed);
    if (wanting.length > 0) {
      const found = wanting.map((telId) => `${this.noise.get(telId)?.events.length ?? 0} for telescope ${telId}`);
      throw this.unsuitable(
        `${nsbFile}: expected at least ${needed} night-sky background events per telescope for nsb_level ${nsbLevel}, found ${nameSome(found)}`,
        'Use a file with more such events, a lower nsb_level, or fewer telescopes (--allowed-tels).',
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
        const [expected, found] = [noise, { nChannels, nPixels, nSamples }].map(
          (one) => `${one.nChannels} x ${one.nPixels} x ${one.nSamples}`,
        );
        throw this.unsuitable(
          `waveforms of telescope ${telId} and their noise differ in shape [channel, pixel, sample]: expected ${expected}, found ${found}`,
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
          `${file} contains a single gain channel per pixel`,
          'Use a file with the waveforms of all channels.',
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
