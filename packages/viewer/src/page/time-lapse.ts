import { limitsOf } from '@cherenkit/display';
import type { Lapse } from './page-model.js';
import type { FileSession } from './file-session.js';
import type { PageStore } from './page-store.js';

/** Time between two samples, ms, of which each is 1 ns. */
const INTERVAL = 90;

/** The waveforms of all cameras, sample by sample. */
export class TimeLapse {
  constructor(
    private readonly store: PageStore,
    private readonly session: FileSession,
  ) {}

  /** Begins or ends it. */
  async toggle(): Promise<void> {
    if (this.store.model.lapse) return this.end();
    const { viewed } = this.store.model;
    if (!viewed) return;
    try {
      const sets = await this.session.allWaveforms();
      const shown = this.store.model.viewed;
      if (shown !== viewed) {
        // Another event, or the same one with new results, of other settings for example.
        if (shown?.index === viewed.index) await this.toggle();
        return;
      }
      if (sets.size === 0) return this.store.say('The event has no waveforms.');
      const end = Math.max(...[...sets.values()].map(({ nSamples, samplingRate }) => nSamples / samplingRate));
      const isPlaying = !matchMedia('(prefers-reduced-motion: reduce)').matches;
      const limits = new Map(Array.from(sets, ([telId, { samples }]) => [telId, limitsOf(samples, 'lin')]));
      this.#show({ sets, limits, time: 0, end, isPlaying });
    } catch (error) {
      this.session.fail(error);
    }
  }

  /** Stops at a time, ns. */
  showTime(time: number): void {
    const { lapse } = this.store.model;
    if (lapse) this.#show({ ...lapse, time, isPlaying: false });
  }

  /** Stops at the time that is shown. */
  pause(): void {
    const { lapse } = this.store.model;
    if (lapse) this.showTime(lapse.time);
  }

  end(): void {
    this.store.change({ lapse: undefined });
  }

  #show(lapse: Lapse): void {
    this.store.change({ lapse });
    if (!lapse.isPlaying) return;
    setTimeout(() => {
      if (this.store.model.lapse !== lapse) return;
      this.#show({ ...lapse, time: lapse.time + 1 >= lapse.end ? 0 : lapse.time + 1 });
    }, INTERVAL);
  }
}
