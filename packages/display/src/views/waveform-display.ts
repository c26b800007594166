import { colorMap } from '../color/color-map.js';
import { cssColor } from '../color/css-color.js';
import { axesArea } from '../layout/axes-area.js';
import { axesFrame } from '../layout/axes-frame.js';
import { legendBelow, legendHeight, type LegendEntry } from '../layout/legend.js';
import { themeOf, type Theme, type ThemeName } from '../layout/theme.js';
import { AxisTransform, limitsAround, type AxisLimits } from '../scene/axis-transform.js';
import { ChangingPicture } from '../scene/picture.js';
import { line, rectangle, type Mark, type Rectangle, type Scene } from '../scene/scene.js';

/** The samples of one pixel. */
export interface WaveformTrace {
  readonly samples: ArrayLike<number>;
  /** Name in the legend: `pixel 812`. */
  readonly label: string;
  readonly color?: string;
  /** Time of the pulse, ns since the start of the readout: drawn as a line. */
  readonly peakTime?: number | undefined;
  /** Samples from which the charge of this pixel is extracted, [first, end), shaded in its colour. */
  readonly window?: readonly [first: number, end: number] | undefined;
}

/** Options of {@link WaveformDisplay}. */
export interface WaveformDisplayOptions {
  /** Samples per ns. */
  readonly samplingRate: number;
  readonly title?: string;
  /** Samples from which the charge is extracted, [first, end), drawn as a shaded area. */
  readonly window?: readonly [first: number, end: number] | undefined;
  /** Label of the y axis. Default: p.e. */
  readonly yLabel?: string;
  /** Whether the traces are named below the axes. Default: true. */
  readonly hasLegend?: boolean;
  readonly theme?: ThemeName | Theme;
  /** Size of the picture, CSS pixels. Default: 600 x 300. */
  readonly width?: number;
  readonly height?: number;
}

const MARGIN = 0.06;

/**
 * Waveforms of pixels, each as a line of steps of one sample.
 *
 * @example
 * ```ts
 * const samples = [0.1, 0.3, 5.2, 8.9, 4.1, 0.7];
 * const waveform = new WaveformDisplay([{ samples, label: 'pixel 812' }], { samplingRate: 1, window: [2, 5] });
 * ```
 */
export class WaveformDisplay extends ChangingPicture {
  readonly #traces: WaveformTrace[];
  readonly #options: WaveformDisplayOptions;
  readonly #theme: Theme;

  constructor(traces: readonly WaveformTrace[], options: WaveformDisplayOptions) {
    super();
    this.#traces = [...traces];
    this.#options = options;
    this.#theme = themeOf(options.theme ?? 'light');
  }

  /** The waveforms that are drawn. */
  get traces(): readonly WaveformTrace[] {
    return this.#traces;
  }

  /** Adds the waveform of another pixel. */
  addTrace(trace: WaveformTrace): this {
    this.#traces.push(trace);
    this.changed();
    return this;
  }

  /** Relation between the axes, ns and the unit of the samples, and the picture. */
  get transform(): AxisTransform {
    let [low, high, nSamples] = [Infinity, -Infinity, 1];
    for (const { samples } of this.#traces) {
      nSamples = Math.max(nSamples, samples.length);
      for (let i = 0; i < samples.length; i++) {
        if (!Number.isFinite(samples[i])) continue;
        low = Math.min(low, samples[i]);
        high = Math.max(high, samples[i]);
      }
    }
    const y: AxisLimits = low <= high ? limitsAround([low, high], MARGIN, 1) : [0, 1];
    return new AxisTransform(this.#area, [0, nSamples / this.#options.samplingRate], y);
  }

  protected override draw(): Scene {
    const { samplingRate, title = 'Waveforms', window, yLabel = 'p.e.', width = 600, height = 300 } = this.#options;
    const theme = this.#theme;
    const { transform } = this;
    const { area } = transform;
    const entries = this.#legend();
    const content: Mark[] = [];
    if (window) {
      const [from, to] = window.map((sample) => transform.x(sample / samplingRate));
      const shade = { x: from, y: area.y, width: to - from, height: area.height };
      content.push(rectangle(shade, { fill: theme.grid, opacity: 0.6 }));
    }
    this.#traces.forEach(({ window: own }, i) => {
      if (!own) return;
      const [from, to] = own.map((sample) => transform.x(sample / samplingRate));
      const shade = { x: from, y: area.y, width: to - from, height: area.height };
      content.push(rectangle(shade, { fill: entries[i].color, opacity: 0.15 }));
    });
    this.#traces.forEach(({ samples, peakTime }, i) => {
      const { color } = entries[i];
      content.push({
        kind: 'path',
        lines: [{ points: steps(samples, samplingRate, transform) }],
        stroke: color,
        strokeWidth: 1.5,
      });
      if (peakTime === undefined || !Number.isFinite(peakTime)) return;
      const x = transform.x(peakTime);
      content.push(line(x, area.y, x, area.y + area.height, { stroke: color, dash: [3, 4] }));
    });
    return {
      width,
      height,
      background: theme.background,
      title,
      description: `Waveforms of ${this.#traces.map(({ label }) => label).join(', ')}.`,
      marks: [
        rectangle(area, { fill: theme.panel }),
        { kind: 'group', clip: area, marks: content, label: 'waveforms' },
        ...axesFrame(transform, { title, xLabel: 'time  (ns)', yLabel }, theme),
        ...(this.#options.hasLegend === false ? [] : legendBelow(entries, area, height, theme)),
      ],
    };
  }

  get #area(): Rectangle {
    const { width = 600, height = 300, hasLegend = true } = this.#options;
    const legend = hasLegend ? this.#legend() : [];
    return axesArea(width, height, {
      isCompact: this.#theme.isCompact,
      below: (axesWidth) => legendHeight(legend, axesWidth),
    });
  }

  #legend(): LegendEntry[] {
    const palette = colorMap('tab10').colors;
    return this.#traces.map(({ label, color }, i) => ({
      label,
      marker: '.',
      color: color === undefined ? palette[i % palette.length] : cssColor(color),
    }));
  }
}

/** Each sample is constant for its duration. */
function steps(samples: ArrayLike<number>, samplingRate: number, transform: AxisTransform): number[] {
  return Array.from(samples).flatMap((value, i) => {
    const y = transform.y(value);
    return [transform.x(i / samplingRate), y, transform.x((i + 1) / samplingRate), y];
  });
}
