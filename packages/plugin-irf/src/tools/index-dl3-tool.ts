import {
  CherenkitError,
  counted,
  ExitCode,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
  type ToolOptions,
} from '@cherenkit/core';
import { FitsFile, type FitsHdu } from '@cherenkit/plugin-fits';
import { Table, type TableMeta } from '@cherenkit/tables';
import { GADF_KEYWORDS, MANDATORY_KEYWORDS } from '../dl3/gadf-events.js';
import { refusedIrf } from '../irf-error.js';
import { FitsOutput } from './fits-output.js';

/** Row of the index of tables. */
interface IndexedHdu {
  readonly obsId: bigint;
  readonly type: string;
  readonly hduClass: string;
  readonly directory: string;
  readonly file: string;
  readonly name: string;
}

/** Types of responses in the index, by HDUCLAS2. */
const RESPONSE_TYPES: Readonly<Record<string, string>> = {
  EFF_AREA: 'aeff',
  EDISP: 'edisp',
  PSF: 'psf',
  RPSF: 'psf',
  BKG: 'bkg',
  RAD_MAX: 'rad_max',
};

/** Keywords that become columns of the index of observations, with their units. */
const NUMBERS = {
  RA_PNT: 'deg',
  DEC_PNT: 'deg',
  TSTART: 's',
  TSTOP: 's',
  ONTIME: 's',
  LIVETIME: 's',
  DEADC: '',
  ALT_PNT: 'deg',
  AZ_PNT: 'deg',
} as const;
const TEXTS = ['OBS_MODE', 'OBJECT'] as const;
/** Keywords of all observations in the header of the index. */
const COMMON = [
  'MJDREFI',
  'MJDREFF',
  'TIMEUNIT',
  'TIMESYS',
  'TIMEREF',
  'GEOLON',
  'GEOLAT',
  'ALTITUDE',
  'TELESCOP',
  'INSTRUME',
];

/** Most problems that an error lists. */
const MOST_LISTED = 50;

/** Writes the index tables of DL3 files: `cherenkit index-dl3`. */
export class IndexDL3Tool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), { default: [], help: 'DL3 files.' }),
  outputDir: trait.path({ default: '.', help: 'Directory of the index files; the DL3 files must be in or below it.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace existing index files.' }),
}) {
  static override readonly help =
    'Writes the index tables of DL3 files, with which gammapy finds observations and responses.';
  static override readonly command: CommandDeclaration = {
    name: 'index-dl3',
    description:
      'Writes hdu-index.fits.gz and obs-index.fits.gz in the format GADF. All files are checked first: keywords that the format requires of event lists, good time intervals, and equal references of time.',
    examples: ['index-dl3 dl3/*.fits.gz -o dl3'],
    positional: { trait: 'IndexDL3Tool.input_files', name: 'FILE' },
    flags: { 'output-dir': { trait: 'IndexDL3Tool.output_dir', letter: 'o' } },
  };

  override async run(_source: EventSource | undefined, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { inputFiles, outputDir, overwrite } = this.traits;
    const isIndex = (path: string): boolean => /(?:hdu|obs)-index\.fits(?:\.gz)?$/.test(path);
    const paths = inputFiles.filter((path) => !isIndex(path));
    if (paths.length === 0) {
      const [found] = inputFiles;
      const reason = found === undefined ? 'index-dl3 needs DL3 files' : `${found} is an index, expected DL3 files`;
      const message = `${reason}: cherenkit index-dl3 dl3/*.fits.gz -o dl3.`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    const [hdus, events, problems]: [IndexedHdu[], FitsHdu[], string[]] = [[], [], []];
    for (const [i, path] of paths.entries()) {
      signal?.throwIfAborted();
      const opened = await openOrError(path);
      if (CherenkitError.is(opened)) {
        if (paths.length === 1) throw opened;
        problems.push(opened.message);
        continue;
      }
      await using file = opened;
      const found = file.hdus.find(({ header }) => header.text('HDUCLAS1') === 'EVENTS');
      problems.push(...problemsOf(file, found).map((problem) => `${path}: ${problem}`));
      if (found !== undefined) {
        events.push(found);
        hdus.push(...indexed(file, found, placeBelow(outputDir, path)));
      }
      onProgress?.({ fraction: (i + 1) / paths.length, text: `${i + 1}/${paths.length} files read` });
    }
    problems.push(...commonProblems(events));
    if (problems.length > 0) throw invalidDl3(problems);
    const directory = outputDir.replace(/\/$/, '');
    await this.#write(`${directory}/hdu-index.fits.gz`, 'HDU_INDEX', 'HDU', hduTable(hdus), {}, overwrite);
    const common = Object.fromEntries(COMMON.map((key) => [key, events[0].header.get(key) ?? '']));
    await this.#write(
      `${directory}/obs-index.fits.gz`,
      'OBS_INDEX',
      'OBS',
      observationTable(events),
      common,
      overwrite,
    );
    return `${counted(events.length, 'observation')}, ${counted(hdus.length, 'table')}`;
  }

  async #write(
    path: string,
    name: string,
    hduclas2: string,
    table: Table,
    more: TableMeta,
    overwrite: boolean,
  ): Promise<void> {
    await using output = FitsOutput.create(this.context, path, overwrite, 'DL3 index');
    const header = { ...GADF_KEYWORDS, HDUCLAS1: 'INDEX', HDUCLAS2: hduclas2, ...output.origin, ...more };
    output.writer.writeTable(table, { name, header });
    await output.publish();
  }
}

/** Opens a file, or returns the error of one that cannot be read, which is listed with those of the other files. */
async function openOrError(path: string): Promise<FitsFile | CherenkitError> {
  try {
    return await FitsFile.open(path);
  } catch (error) {
    if (CherenkitError.is(error)) return error;
    throw error;
  }
}

function problemsOf(file: FitsFile, events: FitsHdu | undefined): string[] {
  if (events === undefined) return ['there is no event list, HDUCLAS1 EVENTS'];
  const missing = MANDATORY_KEYWORDS.filter((key) => !events.header.has(key));
  const problems = missing.length > 0 ? [`${events.name} lacks ${missing.join(', ')}`] : [];
  if (!file.hdus.some(({ header }) => header.text('HDUCLAS1') === 'GTI'))
    problems.push('there are no good time intervals, HDUCLAS1 GTI');
  if (!file.hdus.some(({ header }) => header.text('HDUCLAS2') === 'EFF_AREA'))
    problems.push('there is no effective area');
  return problems;
}

function commonProblems(events: readonly FitsHdu[]): string[] {
  const ids = events.map(({ header }) => String(header.get('OBS_ID')));
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  const problems = twice.map((id) => `observation ${id} is in several files`);
  for (const key of ['MJDREFI', 'MJDREFF', 'TIMESYS']) {
    const values = new Set(events.map(({ header }) => String(header.get(key))));
    if (values.size > 1) problems.push(`${key} differs between files: ${[...values].join(', ')}`);
  }
  return problems;
}

function invalidDl3(problems: readonly string[]): CherenkitError {
  const listed = problems.slice(0, MOST_LISTED).map((problem) => `- ${problem}`);
  const more = problems.length > MOST_LISTED ? [`- and ${problems.length - MOST_LISTED} more`] : [];
  const message = `The DL3 files cannot be indexed:\n${[...listed, ...more].join('\n')}\nCreate them with cherenkit create-dl3, or leave them out.`;
  return new CherenkitError('DL3_INVALID', ExitCode.BAD_INPUT, message);
}

/** Directory and name of a file relative to another directory, below which it must be. */
function placeBelow(directory: string, path: string): { readonly directory: string; readonly file: string } {
  const normal = (text: string): string[] =>
    text.split('/').filter((part, i) => part !== '.' && (part !== '' || i === 0));
  const [above, parts] = [normal(directory), normal(path)];
  const isBelow = above.every((part, i) => part === parts[i]) && !parts.includes('..');
  if (!isBelow) {
    throw refusedIrf(
      `${path} is not below ${directory}, where the index is to be. Give --output-dir, the directory of the files.`,
    );
  }
  const rest = parts.slice(above.length);
  return { directory: rest.slice(0, -1).join('/'), file: rest.at(-1) ?? '' };
}

function indexed(
  file: FitsFile,
  events: FitsHdu,
  place: { readonly directory: string; readonly file: string },
): IndexedHdu[] {
  const obsId = BigInt(events.header.number('OBS_ID') ?? 0);
  const seen = new Set<string>();
  return file.hdus.flatMap(({ name, header }): IndexedHdu[] => {
    const [class1, class2, class4] = ['HDUCLAS1', 'HDUCLAS2', 'HDUCLAS4'].map((key) => header.text(key) ?? '');
    const isList = class1 === 'EVENTS' || class1 === 'GTI';
    const type = isList ? class1.toLowerCase() : class1 === 'RESPONSE' ? RESPONSE_TYPES[class2] : undefined;
    if (type === undefined || seen.has(type)) return [];
    seen.add(type);
    return [{ obsId, type, hduClass: isList ? type : class4.toLowerCase(), ...place, name }];
  });
}

function hduTable(hdus: readonly IndexedHdu[]): Table {
  const texts = (value: (hdu: IndexedHdu) => string) => ({ values: hdus.map(value), type: 'string' as const });
  return Table.of({
    OBS_ID: BigInt64Array.from(hdus, ({ obsId }) => obsId),
    HDU_TYPE: texts(({ type }) => type),
    HDU_CLASS: texts(({ hduClass }) => hduClass),
    FILE_DIR: texts(({ directory }) => directory),
    FILE_NAME: texts(({ file }) => file),
    HDU_NAME: texts(({ name }) => name),
  });
}

function observationTable(events: readonly FitsHdu[]): Table {
  const numbers = Object.entries(NUMBERS).map(([key, unit]) => {
    const values = Float64Array.from(events, ({ header }) => header.number(key) ?? NaN);
    return [key, { values, unit }] as const;
  });
  const texts = TEXTS.map(
    (key) => [key, { values: events.map(({ header }) => header.text(key) ?? ''), type: 'string' as const }] as const,
  );
  const zenith = Float64Array.from(events, ({ header }) => 90 - (header.number('ALT_PNT') ?? NaN));
  return Table.of({
    OBS_ID: BigInt64Array.from(events, ({ header }) => BigInt(header.number('OBS_ID') ?? 0)),
    ...Object.fromEntries(numbers),
    ZEN_PNT: { values: zenith, unit: 'deg' },
    EVENT_COUNT: BigInt64Array.from(events, ({ nRows }) => BigInt(nRows)),
    ...Object.fromEntries(texts),
  }).sortBy('OBS_ID');
}
