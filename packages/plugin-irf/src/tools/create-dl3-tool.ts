import {
  counted,
  PROVENANCE,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentKind,
  type EventSource,
  type ToolOptions,
} from '@cherenkit/core';
import { radians, type GeodeticLocation } from '@cherenkit/kernels';
import { FitsFile } from '@cherenkit/plugin-fits';
import { TableLoader } from '@cherenkit/plugin-hdf5';
import { Table, type TableMeta } from '@cherenkit/tables';
import { readCuts, type SelectionCuts } from '../cuts/selection-cuts.js';
import { columnsForSelection, observationsOf, selectEvents, type Dl3Observation } from '../dl3/dl3-observations.js';
import {
  dateInTt,
  eventTable,
  GADF_KEYWORDS,
  gtiTable,
  keywords,
  pointingTable,
  TIME_KEYWORDS,
} from '../dl3/gadf-events.js';
import { blockPointings, UNKNOWN_BLOCK } from '../dl3/block-pointings.js';
import { joinedPointing, readMeasuredPointing, type MeasuredPointing } from '../dl3/measured-pointing.js';
import { observationPointing, type BlockKind, type ObservationPointing } from '../dl3/observation-pointing.js';
import { readableColumns } from '../events/dl2-event-loader.js';
import { DL2EventPreprocessor } from '../events/dl2-event-preprocessor.js';
import { extremes } from '../events/event-table.js';
import { refusedIrf, unsupportedDl2 } from '../irf-error.js';
import { FitsOutput } from './fits-output.js';
import { requiredFile } from './particle-inputs.js';

/** A response to copy. */
interface Response {
  readonly name: string;
  readonly table: Table;
}

/** Selected events of a file, and where they were recorded. */
interface SelectedFile {
  readonly selected: Table;
  readonly site: GeodeticLocation;
  /** Name of the array. */
  readonly array: string;
  readonly isSimulated: boolean;
  /** Observation blocks of all events. */
  readonly obsIds: ReadonlySet<number>;
  /** Frame and kind of the pointing by observation block. */
  readonly blocks: ReadonlyMap<number, BlockKind>;
  /** Pointing that the telescopes measured; undefined if the file has none. */
  readonly measured: MeasuredPointing | undefined;
  /** Number of events before the selection. */
  readonly nEvents: number;
}

/** Writes event lists with their instrument responses: `cherenkit create-dl3`. */
export class CreateDL3Tool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), {
    default: [],
    help: 'DL2 files of observed or simulated events. Events of the same observation block form one event list.',
  }),
  cutsFile: trait.optional(trait.path({ help: 'File of cuts, of optimize-event-selection.' })),
  irfFile: trait.optional(trait.path({ help: 'File of responses, of compute-irf.' })),
  outputDir: trait.path({ default: '.', help: 'Existing directory of the output files, dl3_OBS.fits.gz.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace existing output files.' }),
  chunkSize: trait.integer({ default: 100_000, minimum: 1, help: 'Number of events to read at once.' }),
  pointingRa: trait.optional(
    trait.quantity({ unit: 'deg', help: 'Right ascension of the pointing of simulated events. Default: 0 deg.' }),
  ),
  pointingDec: trait.optional(
    trait.quantity({
      unit: 'deg',
      minimum: -90,
      maximum: 90,
      help: 'Declination of the pointing of simulated events. Default: 0 deg.',
    }),
  ),
  onTime: trait.optional(
    trait.quantity({
      unit: 's',
      exclusiveMinimum: 0,
      maximum: 1e9, // 30 years; later dates have no calendar form
      help: 'Duration of each observation. Default: from its first to its last event.',
    }),
  ),
  deadTimeFraction: trait.optional(
    trait.number({
      minimum: 0,
      exclusiveMaximum: 1,
      help: 'Fraction of the time in which no event can be recorded. Default: 0.',
    }),
  ),
  object: trait.optional(trait.string({ help: 'Name of the target. Default: unknown.' })),
  objectRa: trait.optional(trait.quantity({ unit: 'deg', help: 'Right ascension of the target.' })),
  objectDec: trait.optional(
    trait.quantity({ unit: 'deg', minimum: -90, maximum: 90, help: 'Declination of the target.' }),
  ),
  origin: trait.optional(trait.string({ help: 'Organisation that provides the data. Default: unknown.' })),
  telescope: trait.optional(trait.string({ help: 'Name of the observatory. Default: name of the array.' })),
  instrument: trait.optional(trait.string({ help: 'Name of the instrument. Default: name of the array.' })),
}) {
  static override readonly help = 'Writes event lists with their instrument responses, DL3, from DL2 files.';
  static override readonly children: readonly ComponentKind[] = [DL2EventPreprocessor, TableLoader];
  static override readonly command: CommandDeclaration = {
    name: 'create-dl3',
    description:
      'Selects events with the quality criteria and the cuts on gammaness and multiplicity of a file of cuts, and writes a file in the format GADF per observation block, whose events may be in several files: EVENTS, GTI, POINTING, and the responses. Directions of observed events are converted to the ICRS; those of simulated events keep their places in the field of view around --pointing-ra and --pointing-dec. gammapy reads the files with index-dl3.',
    examples: [
      'create-dl3 gamma.dl2.h5 --cuts cuts.fits --irf irf.fits.gz --output-dir dl3 --on-time "50 h"',
      'create-dl3 run_1.dl2.h5 run_2.dl2.h5 --cuts cuts.fits --irf irf.fits.gz --output-dir dl3 --object Crab --dead-time-fraction 0.05',
    ],
    positional: { trait: 'CreateDL3Tool.input_files', name: 'FILE' },
    flags: {
      cuts: { trait: 'CreateDL3Tool.cuts_file' },
      irf: { trait: 'CreateDL3Tool.irf_file' },
      'output-dir': { trait: 'CreateDL3Tool.output_dir', letter: 'o' },
    },
  };

  readonly #preprocessor = this.context.create(DL2EventPreprocessor, 'DL2EventPreprocessor');
  readonly #loader = this.context.create(TableLoader, 'TableLoader');

  override async run(_source: EventSource | undefined, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { traits } = this;
    requiredFile(traits.inputFiles[0], 'a DL2', 'create-dl3');
    const cuts = await readCuts(requiredFile(traits.cutsFile, '--cuts', 'The selection of events'));
    const responses = await readResponses(requiredFile(traits.irfFile, '--irf', 'An observation'));
    const { gammanessClassifier } = this.#preprocessor.traits;
    if (gammanessClassifier !== cuts.classifier) {
      throw refusedIrf(
        `The cuts are those of the classifier ${cuts.classifier}, but DL2EventPreprocessor.gammaness_classifier is ${gammanessClassifier}. Use the same one for both.`,
      );
    }
    const files: SelectedFile[] = [];
    for (const [i, path] of traits.inputFiles.entries()) {
      const onFraction = (fraction: number, text: string): void =>
        onProgress?.({ fraction: (0.8 * (i + fraction)) / traits.inputFiles.length, text });
      files.push(await this.#select(path, cuts, onFraction, signal));
    }
    const [{ site, isSimulated }] = files;
    checkSameArray(files, traits.inputFiles);
    const events = Table.stack(files.map(({ selected }) => selected));
    const nRead = files.reduce((sum, file) => sum + file.nEvents, 0);
    if (events.nRows === 0) {
      throw unsupportedDl2(
        `${traits.inputFiles.join(', ')}: none of ${counted(nRead, 'event')} meets the quality criteria and passes the cuts of ${traits.cutsFile}. Make cuts for these events with cherenkit optimize-event-selection.`,
      );
    }
    const observations = observationsOf(events, site, isSimulated ? this.#origin : undefined);
    this.#warnOfDefaults(isSimulated);
    const withEvents = new Set(observations.map(({ obsId }) => obsId));
    for (const obsId of new Set(files.flatMap((file) => [...file.obsIds]))) {
      if (!withEvents.has(obsId)) {
        this.context.logger.warning(`Observation ${obsId}: no event passes the cuts; no file is written for it.`);
      }
    }
    for (const observation of observations) await this.#write(observation, responses, files);
    const nEvents = observations.reduce((sum, { events: { time } }) => sum + time.length, 0);
    return `${counted(nEvents, 'event')} in ${counted(observations.length, 'observation')}`;
  }

  /** Reads and selects the events of a file. */
  async #select(
    path: string,
    cuts: SelectionCuts,
    onFraction: (fraction: number, text: string) => void,
    signal?: AbortSignal,
  ): Promise<SelectedFile> {
    this.context.service(PROVENANCE).addInput({ url: path, role: 'DL2 Event' });
    const loader = this.#loader;
    await loader.open(path);
    try {
      const parts: Table[] = [];
      const obsIds = new Set<number>();
      const all = { dl2: true, simulated: true, observationInfo: true };
      const needed = columnsForSelection(this.#preprocessor, cuts);
      const options = { ...all, columns: await readableColumns(loader, needed, all) };
      for await (const { data, stop } of loader.readSubarrayEventsChunked(this.traits.chunkSize, options)) {
        signal?.throwIfAborted();
        parts.push(selectEvents(data, this.#preprocessor, cuts, path));
        for (const obsId of data.numbers('obs_id')) obsIds.add(obsId);
        onFraction(stop / loader.nEvents, `${stop} events read`);
      }
      if (parts.length === 0)
        throw unsupportedDl2(`${path}: there are no events. Give a file with reconstructed events.`);
      return {
        selected: Table.stack(parts),
        site: loader.subarray.referenceLocation.geodetic,
        array: loader.subarray.name,
        blocks: await blockPointings(loader),
        measured: await readMeasuredPointing(loader.file),
        obsIds,
        nEvents: loader.nEvents,
        isSimulated: (await loader.file.paths('/configuration/simulation/run')).length > 0,
      };
    } finally {
      await loader.close();
    }
  }

  /** Place of the pointing of simulated events, rad. */
  get #origin(): { readonly ra: number; readonly dec: number } {
    return { ra: radians(this.traits.pointingRa ?? 0), dec: radians(this.traits.pointingDec ?? 0) };
  }

  #warnOfDefaults(isSimulated: boolean): void {
    const { traits } = this;
    const defaults = [
      [traits.deadTimeFraction, '--dead-time-fraction', 'no dead time'],
      [traits.object, '--object', 'target unknown'],
      [traits.origin, '--origin', 'organisation unknown'],
      [traits.telescope, '--telescope', 'name of the array'],
      [traits.instrument, '--instrument', 'name of the array'],
      ...(isSimulated
        ? ([
            [traits.pointingRa, '--pointing-ra', '0 deg'],
            [traits.pointingDec, '--pointing-dec', '0 deg'],
          ] as const)
        : []),
    ] as const;
    const missing = defaults.filter(([value]) => value === undefined).map(([, flag, value]) => `${flag} (${value})`);
    if (missing.length > 0) this.context.logger.warning(`Defaults are written for ${missing.join(', ')}.`);
  }

  /** Warns of telescopes that point in different directions, and of a fixed pointing, which may be that of the start only. */
  #warnOfPointing(obsId: number, { mode, movement, isMeasured, isDrift, divergence }: ObservationPointing): void {
    const { logger } = this.context;
    if (divergence > 0.1) {
      logger.warning(
        `Observation ${obsId}: the telescopes point up to ${divergence.toFixed(2)} deg from their mean, which is the pointing that is written.`,
      );
    }
    if (mode !== 'DRIFT' || isMeasured || isDrift) return;
    logger.warning(
      `Observation ${obsId}: the pointing of the observation block is fixed above the horizon and moves by ${movement.toFixed(2)} deg in the sky; OBS_MODE is DRIFT. If the telescopes tracked a source, give a file with their measured pointings.`,
    );
  }

  async #write(
    { obsId, events, pointing: place }: Dl3Observation,
    responses: readonly Response[],
    files: readonly SelectedFile[],
  ): Promise<void> {
    const { traits } = this;
    const [{ site, array, isSimulated }] = files;
    const path = `${traits.outputDir.replace(/\/$/, '')}/dl3_${String(obsId).padStart(8, '0')}.fits.gz`;
    const [first, last] = extremes(events.time);
    const onTime = traits.onTime ?? last - first;
    if (!(onTime > 0)) {
      throw refusedIrf(
        `Observation ${obsId}: the duration from the first to the last event is ${onTime} s, expected more than 0. Give --on-time "1 h", for example.`,
      );
    }
    if (traits.onTime !== undefined && first + onTime < last) {
      this.context.logger.warning(
        `Observation ${obsId}: the events take ${(last - first).toFixed(1)} s, but --on-time is ${onTime} s; later events are outside of the good time interval.`,
      );
    }
    const livetimeFraction = 1 - (traits.deadTimeFraction ?? 0);
    const [start, stop] = [first, first + onTime];
    const pointing = observationPointing(
      {
        obsId,
        block: { ...place, ...(files.find(({ blocks }) => blocks.has(obsId))?.blocks.get(obsId) ?? UNKNOWN_BLOCK) },
        measured: joinedPointing(files.flatMap((file) => (file.obsIds.has(obsId) ? (file.measured ?? []) : []))),
        site,
        origin: isSimulated ? this.#origin : undefined,
      },
      { start: first, stop: last },
      { start, stop },
    );
    this.#warnOfPointing(obsId, pointing);
    const geodetic = keywords({
      GEOLON: (site.lon * 180) / Math.PI,
      GEOLAT: (site.lat * 180) / Math.PI,
      ALTITUDE: site.height,
    });
    await using output = FitsOutput.create(this.context, path, traits.overwrite, 'DL3 Event');
    const header = (hduclas1: string, more: TableMeta = {}): TableMeta => ({
      ...GADF_KEYWORDS,
      HDUCLAS1: hduclas1,
      ...output.origin,
      OBS_ID: BigInt(obsId),
      ...more,
      ...TIME_KEYWORDS,
      ...geodetic,
    });
    const observation = keywords({
      TSTART: start,
      TSTOP: stop,
      'DATE-OBS': dateInTt(start),
      'DATE-END': dateInTt(stop),
      ONTIME: onTime,
      LIVETIME: onTime * livetimeFraction,
      DEADC: livetimeFraction,
      OBS_MODE: pointing.mode,
      RA_PNT: pointing.ra,
      DEC_PNT: pointing.dec,
      ALT_PNT: pointing.alt,
      AZ_PNT: pointing.az,
      EQUINOX: 2000,
      RADECSYS: 'ICRS',
      OBJECT: traits.object ?? 'unknown',
      RA_OBJ: traits.objectRa,
      DEC_OBJ: traits.objectDec,
      ORIGIN: traits.origin ?? 'unknown',
      TELESCOP: traits.telescope ?? array,
      INSTRUME: traits.instrument ?? array,
      FOVALIGN: 'ALTAZ',
    });
    const { writer } = output;
    writer.writeTable(eventTable(events), { name: 'EVENTS', header: header('EVENTS', observation) });
    writer.writeTable(gtiTable(start, stop), { name: 'GTI', header: header('GTI') });
    writer.writeTable(pointingTable(pointing.track), { name: 'POINTING', header: header('POINTING') });
    for (const { name, table } of responses) writer.writeTable(table, { name });
    await output.publish();
  }
}

/** @throws CherenkitError IRF_REFUSED (2) for files of several arrays, or of simulated and observed events */
function checkSameArray(files: readonly SelectedFile[], paths: readonly string[]): void {
  const describe = ({ array, isSimulated, site }: SelectedFile): string =>
    `${isSimulated ? 'simulated' : 'observed'} events of the array ${array} at ${site.height.toFixed(1)} m`;
  const [first] = files;
  const other = files.findIndex((file) => describe(file) !== describe(first));
  if (other < 0) return;
  throw refusedIrf(
    `${paths[other]} has ${describe(files[other])}, but ${paths[0]} has ${describe(first)}. Convert them one by one.`,
  );
}

/**
 * Reads the responses of gammas and the background. Effective areas of other particles are left out: programs take the first one.
 *
 * @throws CherenkitError DL2_UNSUPPORTED (65) for files without an effective area
 */
async function readResponses(path: string): Promise<Response[]> {
  await using file = await FitsFile.open(path);
  const responses: Response[] = [];
  const kinds = new Set<string>();
  for (const { name, kind, header } of file.hdus) {
    const hduclas2 = header.text('HDUCLAS2');
    if (kind !== 'table' || header.text('HDUCLAS1') !== 'RESPONSE' || hduclas2 === undefined || kinds.has(hduclas2))
      continue;
    kinds.add(hduclas2);
    responses.push({ name, table: await file.readTable(name) });
  }
  if (kinds.has('EFF_AREA')) return responses;
  throw unsupportedDl2(`${path}: there is no effective area. Make responses with cherenkit compute-irf.`);
}
