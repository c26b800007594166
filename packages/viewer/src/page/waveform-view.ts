import { WaveformDisplay } from '@cherenkit/display';
import { byId } from './make-element.js';
import {
  focusedTelescope,
  MAX_PIXELS,
  type PageActions,
  type PageModel,
  type PageView,
  type Size,
} from './page-model.js';
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
    this.#legend.hidden = !isShown;
    this.#title.textContent = isShown && state.pixels.length === 0 ? 'Waveforms of the brightest pixels' : 'Waveforms';
    this.#note.textContent =
      viewed === undefined ? '' : nSamples > 1 ? 'Reading waveforms …' : 'The file has no waveforms of this telescope.';
    if (!isShown) return;
    const { samples, samplingRate, pixels, windows, unit } = waveforms;
    const length = waveforms.nSamples;
    const { event } = viewed?.result ?? {};
    const { peakTime } = event?.dl1.tel.get(waveforms.telId) ?? {};
    // Peak times are those after the time shift of the pixel, waveforms those before.
    const { timeShift } = event?.monitoring.tel.get(waveforms.telId)?.camera.coefficients ?? {};
    const traces = pixels.map((pixel, i) => ({
      samples: samples.subarray(i * length, (i + 1) * length),
      label: `pixel ${pixel}`,
      peakTime: lapse ? lapse.time : peakTime && peakTime[pixel] + (timeShift?.[pixel] ?? 0),
      window: windows[i],
    }));
    const [width, height] = [Math.max(240, size[0]), Math.max(140, size[1])];
    const display = new WaveformDisplay(traces, {
      samplingRate,
      title: 'Waveforms',
      yLabel: unit,
      theme,
      width,
      height,
    });
    const extracted = pixels.flatMap((pixel, i) => {
      const [first, end] = windows[i] ?? [];
      return first === undefined || end === undefined ? [] : [`${first} to ${end - 1} (pixel ${pixel})`];
    });
    const window = extracted.length > 0 ? ` Charge extracted from samples ${extracted.join(', ')}.` : '';
    this.#legend.textContent = lapse
      ? 'dashed: time of the images'
      : ['dashed: peak time', ...(extracted.length > 0 ? ['shaded: samples of the charge'] : [])].join(', ');
    this.#canvas.paint(display, width, height, `${display.scene.description}${window}`);
  }
}
