import {
  CameraCalibrator,
  CherenkitError,
  EventSource,
  ExitCode,
  FileDisplay,
  hasRawImages,
  ImageProcessor,
  nameSome,
  OUTPUT_FILES,
  OutcomeTally,
  processEvent,
  PROVENANCE,
  ShowerProcessor,
  Tool,
  trait,
  type ArrayEvent,
  type CommandDeclaration,
  type ComponentKind,
  type DisplayedFile,
  type FilePicture,
  type Pipeline,
  type RunDescription,
  type RunOutcome,
  type SubarrayDescription,
  type ToolOptions,
} from '@cherenkit/core';
import {
  cameraPicture,
  colorMap,
  eventPicture,
  eventText,
  eventTitle,
  subplots,
  telescopeText,
  waveformPicture,
  type Picture,
} from '@cherenkit/display';
import { pngOf, printText, reportProgram, terminalOf } from '#picture-host';
import { EventReport } from '../report/event-report.js';

const OUTPUT = 'OUTPUT';
const PICTURE = 'PICTURE';
const REPORT = 'REPORT';

/** Largest pictures in a terminal, characters and lines. */
const [MAX_COLUMNS, MAX_ROWS] = [160, 48];

/** Draws an event, or a file of instrument responses: `cherenkit display`. */
export class DisplayTool extends Tool.withTraits({
  event: trait.optional(trait.integer({ help: 'Id of the event. None: the first event with images.' })),
  tel: trait.optional(trait.integer({ minimum: 0, help: 'Telescope. None: all telescopes, the ground and the sky.' })),
  outputPath: trait.path({ default: '', help: 'The picture: a name that ends with .svg, .png or .html.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output file.' }),
  terminal: trait.boolean({ default: false, help: 'Print the images as text, for terminals without graphics.' }),
  cmap: trait.string({ default: 'inferno', help: 'Colour map of the images.' }),
  norm: trait.oneOf(['lin', 'log', 'symlog'], { default: 'lin', help: 'Scale of the colours.' }),
  theme: trait.oneOf(['light', 'dark'], { default: 'light', help: 'Colours of texts and backgrounds.' }),
  zoom: trait.boolean({ default: false, help: 'Show the surroundings of the images instead of whole cameras.' }),
  scale: trait.number({ default: 2, minimum: 0.1, maximum: 10, help: 'Dots of a PNG per pixel of the picture.' }),
  waveforms: trait.integer({ default: 3, minimum: 0, maximum: 20, help: 'Number of waveforms drawn with --tel.' }),
  all: trait.boolean({ default: false, help: 'Process all events and write a report of them, a page (.html).' }),
  maxPictures: trait.integer({
    default: 60,
    minimum: 0,
    maximum: 1000,
    help: 'Number of events whose pictures a report contains.',
  }),
}) {
  static override readonly help = 'Draws an event, or a file of instrument responses.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    FileDisplay,
    CameraCalibrator,
    ImageProcessor,
    ShowerProcessor,
  ];
  static override readonly command: CommandDeclaration = {
    name: 'display',
    description:
      'Calibrates, cleans and reconstructs the event as cherenkit process does, unless the input has images and parameters, and draws it: the ground, the sky and all cameras, or one camera with waveforms. With --all, a page reports all events: counts, resolutions, distributions, and pictures of the most interesting events. Of files of instrument responses, cuts and benchmarks, all tables are drawn. The same input gives the same picture.',
    examples: [
      'display gamma.simtel.zst --event 2009 -o event.svg',
      'display gamma.simtel.zst --event 2009 --tel 10 -o camera.png --cmap viridis --norm symlog',
      'display gamma.dl2.h5 --terminal',
      'display gamma.dl2.h5 --all -o report.html',
      'display irf.fits.gz -o irf.html',
    ],
    positional: { trait: 'EventSource.input_url', name: 'FILE', help: 'Input file or URL, such as toymodel:.' },
    flags: {
      output: { trait: 'DisplayTool.output_path', letter: 'o', group: OUTPUT },
      overwrite: { trait: 'DisplayTool.overwrite', group: OUTPUT },
      terminal: { trait: 'DisplayTool.terminal', group: OUTPUT },
      event: { trait: 'DisplayTool.event', letter: 'e', group: PICTURE },
      tel: { trait: 'DisplayTool.tel', letter: 't', group: PICTURE },
      cmap: { trait: 'DisplayTool.cmap', group: PICTURE },
      norm: { trait: 'DisplayTool.norm', group: PICTURE },
      theme: { trait: 'DisplayTool.theme', group: PICTURE },
      zoom: { trait: 'DisplayTool.zoom', letter: 'z', group: PICTURE },
      scale: { trait: 'DisplayTool.scale', group: PICTURE },
      waveforms: { trait: 'DisplayTool.waveforms', group: PICTURE },
      all: { trait: 'DisplayTool.all', group: REPORT },
      'max-pictures': { trait: 'DisplayTool.max_pictures', group: REPORT },
      'max-events': { trait: 'EventSource.max_events', letter: 'm', group: REPORT },
      'allowed-tels': { trait: 'EventSource.allowed_tels' },
    },
  };

  #createdSteps?: Required<Pick<Pipeline, 'calibrator' | 'imageProcessor' | 'showerProcessor'>>;

  /** Steps of an event; they need the array, which files of responses do not have. */
  get #steps(): Required<Pick<Pipeline, 'calibrator' | 'imageProcessor' | 'showerProcessor'>> {
    return (this.#createdSteps ??= {
      calibrator: this.context.create(CameraCalibrator, 'CameraCalibrator'),
      imageProcessor: this.context.create(ImageProcessor, 'ImageProcessor'),
      showerProcessor: this.context.create(ShowerProcessor, 'ShowerProcessor'),
    });
  }

  /** @throws CherenkitError FILE_PICTURE_OPTIONS, REPORT_OPTIONS, EVENT_UNKNOWN, TELESCOPE_WITHOUT_IMAGE, PICTURE_FORMAT_UNKNOWN, PICTURE_NOT_NAMED, COLOR_MAP_UNKNOWN */
  override async run(source: EventSource | undefined, options: ToolOptions = {}): Promise<RunOutcome | void> {
    if (options.file) return this.#drawFile(options.file);
    if (source === undefined) throw new Error('DisplayTool.run: expected an open source or a file.');
    const { outputPath, terminal, cmap, tel, all } = this.traits;
    if (all) return this.#report(source, options);
    const { signal, events = source } = options;
    const format = outputPath === '' ? undefined : formatOf(outputPath);
    if (format === undefined && !terminal) throw pictureNotNamed();
    colorMap(cmap);
    const { subarray } = source;
    if (tel != null) subarray.telescope(tel);
    const event = await this.#find(source, events, signal);
    const steps = this.#stepsFor(source.run, event);
    processEvent(event, steps);
    const windows = tel == null ? undefined : steps.calibrator?.windowsOf(event, tel);
    const drawn = { event, subarray, windows, unit: source.run.waveformUnit ?? 'p.e.' };
    if (terminal) await printText(this.#text(drawn));
    if (format !== undefined) await this.#write(this.#picture(drawn), format);
  }

  async #drawFile({ path, display }: DisplayedFile): Promise<void> {
    const { outputPath, event, tel, terminal, all, theme, cmap } = this.traits;
    const given = { '--event': event != null, '--tel': tel != null, '--terminal': terminal, '--all': all };
    const [flag] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
    if (flag !== undefined) {
      const message = `${path} contains no events, to which ${flag} applies. Remove it; all tables of the file are drawn.`;
      throw new CherenkitError('FILE_PICTURE_OPTIONS', ExitCode.USAGE, message);
    }
    if (outputPath === '') throw pictureNotNamed();
    const format = formatOf(outputPath);
    colorMap(cmap);
    await this.#write(await display.draw(path, { theme, cmap }), format);
  }

  /** Processes all events and writes a page about them. */
  async #report(source: EventSource, { signal, events = source, onEvents }: ToolOptions): Promise<RunOutcome> {
    const { outputPath, overwrite, event: eventId, tel, terminal, maxPictures } = this.traits;
    if (formatOf(outputPath) !== 'html' || eventId != null || tel != null || terminal) throw reportNotAlone(outputPath);
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    const report = new EventReport(source.subarray, { maxPictures, chargeUnit: source.run.waveformUnit });
    const tally = new OutcomeTally();
    for await (const event of events) {
      signal?.throwIfAborted();
      processEvent(event, this.#stepsFor(source.run, event));
      await report.add(event);
      tally.add(event, true);
      await onEvents?.(1);
    }
    signal?.throwIfAborted();
    const outcome = tally.outcome(source, this.#steps);
    const provenance = this.context.service(PROVENANCE);
    const { activity, configuration } = provenance;
    const head = {
      input: source.traits.inputUrl,
      software: activity ? `cherenkit ${activity.softwareVersion}` : 'cherenkit',
      configuration: JSON.stringify(configuration, undefined, 2),
      outcome,
    };
    sink.append(new TextEncoder().encode(await report.page(head, await reportProgram())));
    await sink.publish();
    provenance.addOutput({ url: outputPath, role: 'report' });
    return outcome;
  }

  /** The steps that the input does not have the results of. */
  #stepsFor(run: RunDescription, event: ArrayEvent): Pipeline {
    const hasImages = run.dataLevels.includes('DL1_IMAGES');
    const hasParameters = run.dataLevels.includes('DL1_PARAMETERS');
    const hasWaveforms = mayHaveWaveforms(run);
    const parametrizes = !hasParameters && (hasImages || hasWaveforms);
    return {
      calibrator: !hasImages && hasWaveforms ? this.#steps.calibrator : undefined,
      imageProcessor: parametrizes ? this.#steps.imageProcessor : undefined,
      isRaw: hasRawImages(run),
      showerProcessor: event.dl2.stereo.geometry.size === 0 ? this.#steps.showerProcessor : undefined,
    };
  }

  /** The event of the id; without one, the first event with something to be drawn. */
  async #find(source: EventSource, events: AsyncIterable<ArrayEvent>, signal?: AbortSignal): Promise<ArrayEvent> {
    const { event: wanted, tel } = this.traits;
    const hasPictures = source.run.dataLevels.includes('DL1_IMAGES') || mayHaveWaveforms(source.run);
    const ids: number[] = [];
    let first: ArrayEvent | undefined;
    for await (const event of events) {
      signal?.throwIfAborted();
      const isFound = wanted == null ? !hasPictures || hasPicture(event, tel) : event.index.eventId === wanted;
      if (isFound) return event;
      first ??= event;
      ids.push(event.index.eventId);
    }
    if (wanted == null && first !== undefined) return first;
    const { inputUrl } = source.traits;
    const found = ids.length === 0 ? 'it has no events' : `its events are ${nameSome(ids)}`;
    const message = `${inputUrl} has no event ${wanted ?? ''}: ${found}. "cherenkit events ${inputUrl}" lists them.`;
    throw new CherenkitError('EVENT_UNKNOWN', ExitCode.USAGE, message.replace('no event :', 'no event:'));
  }

  #picture({ event, subarray, windows, unit }: DrawnEvent): Picture {
    const { tel, cmap, norm, theme, zoom, waveforms } = this.traits;
    const options = { cmap, norm, theme, zoom, unit };
    if (tel == null) return eventPicture(event, subarray, options);
    const camera = cameraPicture(event, subarray, tel, options) ?? fail(event, tel);
    const traces =
      waveforms > 0
        ? waveformPicture(event, subarray, tel, { nPixels: waveforms, windows, theme, width: 600, yLabel: unit })
        : undefined;
    const title = eventTitle(event);
    return traces ? subplots(2, 1, [camera, traces], { title, theme }) : subplots(1, 1, [camera], { title, theme });
  }

  #text({ event, subarray, windows, unit }: DrawnEvent): string {
    const { tel, cmap, norm, waveforms } = this.traits;
    const { columns, rows, isColored } = terminalOf();
    const size = { columns: Math.min(MAX_COLUMNS, columns), rows: Math.min(MAX_ROWS, rows), isColored };
    const options = { ...size, cmap, norm, unit };
    const text =
      tel == null
        ? eventText(event, subarray, options)
        : telescopeText(event, subarray, tel, { ...options, windows, withWaveform: waveforms > 0, waveformUnit: unit });
    return `${eventTitle(event)}\n\n${text ?? fail(event, tel)}\n`;
  }

  async #write(picture: FilePicture, format: PictureFormat): Promise<void> {
    const { outputPath, overwrite, scale } = this.traits;
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    sink.append(await bytesOf(picture, format, scale));
    await sink.publish();
  }
}

/** Whether events may have waveforms; inputs without levels do not say which data they have. */
function mayHaveWaveforms({ dataLevels }: RunDescription): boolean {
  return dataLevels.length === 0 || (['R0', 'R1', 'DL0'] as const).some((level) => dataLevels.includes(level));
}

/** Whether the event has waveforms or an image of a telescope; of any if none is given. */
function hasPicture({ r1, dl0, dl1 }: ArrayEvent, telId: number | null | undefined): boolean {
  const withData = [r1, dl0].flatMap(({ tel }) => [...tel].filter(([, { waveform }]) => waveform !== undefined));
  const withImages = [...dl1.tel].filter(([, { image }]) => image !== undefined);
  return [...withData, ...withImages].some(([each]) => telId == null || each === telId);
}

/** An event to be drawn. */
interface DrawnEvent {
  readonly event: ArrayEvent;
  readonly subarray: SubarrayDescription;
  /** Samples from which the charges of the telescope were extracted. */
  readonly windows: Int32Array | undefined;
  /** Unit of the charges and of the samples. */
  readonly unit: string;
}

type PictureFormat = 'svg' | 'png' | 'html';

async function bytesOf(picture: FilePicture, format: PictureFormat, scale: number): Promise<Uint8Array> {
  const svg = picture.toSvg();
  if (format === 'png') return pngOf(svg, scale);
  return new TextEncoder().encode(format === 'svg' ? svg : pageOf(svg));
}

/** A page with a picture. */
function pageOf(svg: string): string {
  const title = /<title>(.*?)<\/title>/s.exec(svg)?.[1] ?? '';
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;
  const style = '<style>body { margin: 0 } svg { max-width: 100%; height: auto }</style>';
  return `<!doctype html>\n<html lang="en">\n<head>${head}${style}</head>\n<body>\n${svg}</body>\n</html>\n`;
}

/** @throws CherenkitError PICTURE_FORMAT_UNKNOWN */
function formatOf(path: string): PictureFormat {
  const suffix = /\.(svg|png|html)$/i.exec(path)?.[1].toLowerCase();
  if (suffix !== undefined) return suffix as PictureFormat;
  const message = `${path}: unknown format of pictures, expected a name that ends with .svg, .png or .html.`;
  throw new CherenkitError('PICTURE_FORMAT_UNKNOWN', ExitCode.USAGE, message);
}

function pictureNotNamed(): CherenkitError {
  const message = 'No output: give --output PICTURE.svg (or .png, .html), or --terminal to print the event as text.';
  return new CherenkitError('PICTURE_NOT_NAMED', ExitCode.USAGE, message);
}

function reportNotAlone(outputPath: string): CherenkitError {
  const message = `--all writes a report of all events to a page (found the output ${outputPath || '""'}): give --output REPORT.html, without --event, --tel and --terminal.`;
  return new CherenkitError('REPORT_OPTIONS', ExitCode.USAGE, message);
}

/** @throws CherenkitError TELESCOPE_WITHOUT_IMAGE */
function fail({ index, dl1 }: ArrayEvent, telId: number | null | undefined): never {
  const telIds = [...dl1.tel].filter(([, { image }]) => image !== undefined).map(([each]) => each);
  const others = telIds.length === 0 ? 'No telescope has one' : `Telescopes with an image: ${nameSome(telIds)}`;
  const message = `Event ${index.eventId} has no image of telescope ${telId}. ${others}; leave out --tel to draw the whole event.`;
  throw new CherenkitError('TELESCOPE_WITHOUT_IMAGE', ExitCode.USAGE, message);
}
