import { WaveformDisplay } from '@cherenkit/display';
import type { ViewedEvent, WaveformSet } from '../protocol.js';
import { byId, make } from './make-element.js';
import {
  focusedTelescope,
  MAX_PIXELS,
  type PageActions,
  type PageModel,
  type PageView,
  type Size,
} from './page-model.js';
import { traceColor } from './page-theme.js';
import { PictureCanvas } from './picture-canvas.js';

/** Waveforms of the chosen pixels. */
export class WaveformView implements PageView {
  readonly box = byId('waveform-picture');
  readonly #note = byId('waveform-note');
  readonly #title = byId('waveform-title');
  readonly #legend = byId('waveform-legend');
  readonly #canvas = new PictureCanvas();

  readonly #pixels = byId<HTMLInputElement>('pixels');

  constructor(actions: PageActions) {
    this.#pixels.addEventListener('change', () => {
      const pixels = this.#pixels.value.split(/[\s,]+/).filter((text) => /^\d+$/.test(text));
      actions.update({ pixels: pixels.map(Number).slice(0, MAX_PIXELS) });
    });
    this.box.prepend(this.#canvas.element);
  }

  inputs({ viewed, waveforms, theme, state, lapse }: PageModel): readonly unknown[] {
    return [viewed, waveforms, theme, state.telId, state.pixels, lapse];
  }

  show(model: PageModel, size: Size): void {
    const { viewed, waveforms, theme, state, lapse } = model;
    const telId = focusedTelescope(model);
    if (document.activeElement !== this.#pixels) this.#pixels.value = state.pixels.join(', ');
    const nSamples = telId === undefined ? 0 : (viewed?.samples.get(telId) ?? 0);
    const isShown =
      waveforms !== undefined && waveforms.telId === telId && waveforms.pixels.length > 0 && waveforms.nSamples > 1;
    this.#canvas.element.hidden = !isShown;
    this.#note.hidden = isShown;
    byId('waveforms').classList.toggle('is-empty', nSamples < 2);
    this.#legend.hidden = !isShown;
    this.#title.textContent = isShown && state.pixels.length === 0 ? 'Waveforms of the brightest pixels' : 'Waveforms';
    this.#note.textContent =
      viewed === undefined ? '' : nSamples > 1 ? 'Reading waveforms …' : 'The file has no waveforms of this telescope.';
    if (!isShown) return;
    const { samplingRate, unit } = waveforms;
    const pulses = pulsesOf(waveforms, viewed);
    const traces = pulses.map(({ pixel, gain, ...trace }, i) => ({
      ...trace,
      label: `pixel ${pixel}${gain === '' ? '' : ` (${gain} gain)`}`,
      color: traceColor(i),
      peakTime: lapse ? lapse.time : trace.peakTime,
    }));
    const [width, height] = [Math.max(160, size[0]), Math.max(80, size[1])];
    const options = { samplingRate, title: 'Waveforms', yLabel: unit, theme, width, height, hasLegend: false };
    const display = new WaveformDisplay(traces, options);
    this.#canvas.paint(display, width, height, display.scene.description);
    this.#showLegend(pulses, lapse !== undefined);
  }

  #showLegend(pulses: readonly Pulse[], isLapse: boolean): void {
    const isKnown = pulses.some(({ window }) => window);
    const hasGains = pulses.some(({ gain }) => gain !== '');
    const headings = [
      'pixel',
      ...(hasGains ? ['gain'] : []),
      ...(isLapse ? [] : ['peak, ns']),
      ...(isKnown ? ['samples'] : []),
    ];
    const titles: Readonly<Record<string, string>> = {
      'peak, ns': 'Dashed lines: time of the peak after the start of the readout',
      samples: 'Shaded: samples from which the charge was extracted',
    };
    const head = make(
      'tr',
      {},
      headings.map((textContent) => make('th', { scope: 'col', textContent, title: titles[textContent] ?? '' })),
    );
    const rows = pulses.map(({ pixel, gain, peakTime = NaN, window }, i) => {
      const mark = make('span', { className: 'trace', 'aria-hidden': 'true' });
      mark.style.background = traceColor(i);
      const cells = [make('th', { scope: 'row' }, [mark, String(pixel)])];
      if (hasGains) cells.push(make('td', { textContent: gain }));
      const time = Number.isFinite(peakTime) ? peakTime.toFixed(1) : '–';
      if (!isLapse) cells.push(make('td', { textContent: time }));
      if (isKnown) cells.push(make('td', { textContent: window ? `${window[0]}–${window[1] - 1}` : '–' }));
      return make('tr', {}, cells);
    });
    const lines = isLapse ? 'Dashed: time of the images' : `Dashed: peak${isKnown ? ', shaded: charge' : ''}`;
    this.#legend.replaceChildren(
      make('table', {}, [make('caption', { textContent: lines }), make('thead', {}, [head]), make('tbody', {}, rows)]),
    );
  }
}

/** The waveform of a pixel, with what was extracted from it. */
interface Pulse {
  readonly pixel: number;
  /** `high` or `low`; empty for cameras with one gain. */
  readonly gain: string;
  readonly samples: Float32Array;
  /** ns since the start of the readout. */
  readonly peakTime: number | undefined;
  readonly window: readonly [first: number, end: number] | undefined;
}

function pulsesOf(
  { telId, pixels, samples, nSamples, windows, channels, timeShifts }: WaveformSet,
  viewed: ViewedEvent | undefined,
): readonly Pulse[] {
  const { peakTime } = viewed?.result.event.dl1.tel.get(telId) ?? {};
  return pixels.map((pixel, i) => ({
    pixel,
    gain: channels.length === 0 ? '' : channels[i] === 0 ? 'high' : 'low',
    samples: samples.subarray(i * nSamples, (i + 1) * nSamples),
    peakTime: peakTime && peakTime[pixel] + timeShifts[i],
    window: windows[i],
  }));
}
