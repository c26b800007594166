import {
  CameraCalibrator,
  CherenkitError,
  configuredValues,
  EventSource,
  ExitCode,
  ImageProcessor,
  ShowerProcessor,
  Tool,
  TOOL_RUNS,
  trait,
  type CommandDeclaration,
  type ComponentKind,
  type Json,
  type Run,
  type ToolOptions,
} from '@cherenkit/core';
import { expectFile, openBrowser, printText, serveViewer, siblingPath } from '#picture-host';

const MINUTE = 60_000;
/** Longest time that `setTimeout` accepts, minutes. It does not wait at all for longer ones. */
const MAX_IDLE_MINUTES = Math.floor((2 ** 31 - 1) / MINUTE);

/** Serves the event viewer to a browser on this computer: `cherenkit view`. */
export class ViewTool extends Tool.withTraits({
  port: trait.integer({ default: 0, minimum: 0, maximum: 65535, help: 'Port. 0: one that is free.' }),
  open: trait.boolean({ default: false, help: 'Open the address in the browser of the system.' }),
  idleMinutes: trait.number({
    default: 60,
    minimum: 0,
    maximum: MAX_IDLE_MINUTES,
    help: 'Stop after this time without a request, minutes.',
  }),
}) {
  static override readonly help = 'Shows events in a browser.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    CameraCalibrator,
    ImageProcessor,
    ShowerProcessor,
  ];
  static override readonly command: CommandDeclaration = {
    name: 'view',
    description:
      'Serves the event viewer and the file at 127.0.0.1, and prints the address, which only those who have it can use. The file is read, calibrated, cleaned and reconstructed in the page, with sliders for the settings, which begin with the given configuration. The other files of its run and the files that traits name, such as those of a calibration, are served as well. Ends with Ctrl-C, and exit code 0.',
    examples: [
      'view gamma.simtel.zst',
      'view gamma.dl2.h5 --open',
      'view LST-1.1.Run02008.0000.fits.fz -c lst.yaml',
      'view --port 8000',
    ],
    servesPage: true,
    positional: {
      trait: 'EventSource.input_url',
      name: 'FILE',
      help: 'Input file or URL, such as toymodel:. None: it is chosen in the page.',
    },
    flags: {
      port: { trait: 'ViewTool.port' },
      open: { trait: 'ViewTool.open' },
      'idle-minutes': { trait: 'ViewTool.idle_minutes' },
    },
  };

  /** @throws CherenkitError INPUT_MISSING, INPUT_NOT_SEEKABLE, PORT_NOT_FREE; the reason of the signal, unless it is Ctrl-C */
  override async run(_source: EventSource | undefined, { signal }: ToolOptions = {}): Promise<void> {
    const { port, open, idleMinutes } = this.traits;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const restart = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, idleMinutes * MINUTE);
    };
    const viewed = await this.#viewedRun();
    await using server = await serveViewer({ port, onRequest: restart, ...viewed }).catch((error: unknown) => {
      throw isInUse(error) ? portNotFree(port, error) : error;
    });
    restart();
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
    await printText(`${server.url}\n`);
    if (open) openBrowser(server.url);
    await ended;
    clearTimeout(timer);
    // Ctrl-C is how the server is meant to end.
    if (signal?.aborted && (signal.reason as { readonly signal?: unknown }).signal !== 'SIGINT')
      signal.throwIfAborted();
  }

  /** The input, the files that are read with it, the configuration, and the paths in it. */
  async #viewedRun(): Promise<ViewedRun> {
    await using run = await this.context.service(TOOL_RUNS).prepare('ViewTool');
    const paths = new Set<string>();
    const { ViewTool: _, ...config } = configuredValues(run, (path) => {
      paths.add(path);
      return path;
    });
    const input = run.inputUrl ?? '';
    if (input !== '') await expectFile(input);
    const others = input === '' ? [] : await otherFiles(run);
    return { input, config, paths: [...paths], others: others.map((each) => siblingPath(input, each)) };
  }
}

/** What the page shows. */
interface ViewedRun {
  readonly input: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly paths: readonly string[];
  readonly others: readonly string[];
}

/** The files that are read with the input; none for an input that cannot be read, of which the page says why. */
async function otherFiles(run: Run): Promise<readonly string[]> {
  try {
    return (await run.open()).otherFiles ?? [];
  } catch (error) {
    if (CherenkitError.is(error)) return [];
    throw error;
  }
}

function isInUse(error: unknown): boolean {
  return ['EADDRINUSE', 'EACCES'].includes(String((error as { code?: unknown }).code));
}

function portNotFree(port: number, cause: unknown): CherenkitError {
  const message = `Cannot listen at port ${port} of 127.0.0.1: it is in use, or not permitted. Give another --port, or none for one that is free.`;
  return new CherenkitError('PORT_NOT_FREE', ExitCode.USAGE, message, { cause });
}
