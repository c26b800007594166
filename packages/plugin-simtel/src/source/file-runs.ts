import {
  CherenkitError,
  ExitCode,
  type AtmosphereDensityProfile,
  type FocalLengthKind,
  type Logger,
  type ObservationBlockContainer,
  type SchedulingBlockContainer,
  type SimulatedShowerDistribution,
  type SimulationConfigContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import type { ReadingContext } from '../eventio/reading-context.js';
import type { SimtelHeader } from '../file/simtel-header.js';
import type { SimtelRun } from '../file/simtel-run.js';
import { HISTOGRAMS, MAX_BINS } from '../objects/histograms.js';
import { RUN_HEADER } from '../objects/run-header.js';
import { buildAtmosphereProfile, type AtmosphereChoice } from './build-atmosphere-profile.js';
import { hasTrueImages } from './has-true-images.js';
import { observationId, observationIdType, type ObsIdOptions } from './observation-id.js';
import {
  buildObservationBlock,
  buildSchedulingBlock,
  buildShowerDistribution,
  buildSimulationConfig,
} from './run-metadata.js';
import { buildSubarray } from './build-subarray.js';

/** Options for what is read from the headers of runs. */
export interface RunOptions extends ObsIdOptions {
  readonly focalLengthChoice: FocalLengthKind;
  readonly atmosphereProfileChoice: AtmosphereChoice;
}

/** A run of a file as its events need it. */
export interface FileRun {
  readonly header: SimtelHeader;
  readonly obsId: number;
  readonly hasTrueImages: boolean;
}

/**
 * The runs of a sim_telarray file. All have the same array and atmosphere; each has an observation block, a scheduling block,
 * a simulation configuration and a shower distribution of its own, which the maps contain once the run has begun or ended.
 */
export class FileRuns {
  /** All telescopes of the file. */
  readonly subarray: SubarrayDescription;
  readonly atmosphere: AtmosphereDensityProfile | undefined;
  /** Whether the events are simulated. */
  readonly isSimulation: boolean;
  readonly obsIdType: ReturnType<typeof observationIdType>;
  readonly observationBlocks = new Map<number, ObservationBlockContainer>();
  readonly schedulingBlocks = new Map<number, SchedulingBlockContainer>();
  readonly simulationConfig = new Map<number, SimulationConfigContainer>();
  readonly showerDistributions = new Map<number, SimulatedShowerDistribution>();
  #nBins = 0;

  /**
   * @param first - header of the first run
   * @throws CherenkitError (2) for a focal length that the file lacks, OBS_ID_NEGATIVE (2)
   */
  constructor(
    private readonly context: ReadingContext,
    private readonly first: SimtelHeader,
    private readonly options: RunOptions,
    private readonly logger: Logger,
  ) {
    this.#warn(first, logger);
    this.isSimulation = first.isSimulation;
    this.subarray = buildSubarray(first, options.focalLengthChoice, logger, context);
    this.atmosphere = this.#atmosphereOf(first);
    this.obsIdType = observationIdType(this.#add(first).obsId, options);
  }

  /**
   * Describes a run that begins.
   *
   * @throws SimtelError SIMTEL_OTHER_ARRAY if its array or its atmosphere is not that of the first run
   * @throws CherenkitError OBS_ID_NEGATIVE, OBS_ID_NOT_UNIQUE (2)
   */
  begin({ header, offset }: Pick<SimtelRun, 'header' | 'offset'>, logger: Logger = this.logger): FileRun {
    if (header !== this.first) {
      this.#checkArray(header, offset, logger);
      this.#checkObsId(header);
      this.#warn(header, logger);
    }
    return this.#add(header);
  }

  /** Keeps the distribution of simulated showers, which sim_telarray writes at the end of a run. */
  end({ header, histograms, offset }: SimtelRun, { obsId }: FileRun): void {
    if (!header.isSimulation) return;
    const distribution = buildShowerDistribution(histograms ?? [], obsId);
    if (distribution === undefined) return;
    this.#nBins += distribution.histogram?.length ?? 0;
    if (this.#nBins > MAX_BINS) {
      const sentence = `the shower distributions of the runs have more than ${MAX_BINS} bins altogether.`;
      throw this.context.error('SIMTEL_OBJECT_TOO_LARGE', offset, HISTOGRAMS.type, sentence);
    }
    this.showerDistributions.set(obsId, distribution);
  }

  #add(header: SimtelHeader): FileRun {
    const obsId = observationId(this.context.file, header.runHeader.run, this.options);
    if (!this.observationBlocks.has(obsId)) {
      this.observationBlocks.set(obsId, buildObservationBlock(header, obsId));
      this.schedulingBlocks.set(obsId, buildSchedulingBlock(header, obsId));
      if (header.isSimulation) this.simulationConfig.set(obsId, buildSimulationConfig(header));
    }
    return { header, obsId, hasTrueImages: hasTrueImages(header.history) };
  }

  /** Warns about what the header lacks. */
  #warn({ runHeader: { run }, warnings = [] }: SimtelHeader, logger: Logger): void {
    for (const warning of warnings) logger.warning(`${this.context.file}, run ${run}: ${warning}`);
  }

  #atmosphereOf({ atmosphericProfiles }: SimtelHeader): AtmosphereDensityProfile | undefined {
    return buildAtmosphereProfile(atmosphericProfiles, this.options.atmosphereProfileChoice);
  }

  #checkArray(header: SimtelHeader, offset: number, logger: Logger): void {
    const subarray = buildSubarray(header, this.options.focalLengthChoice, logger, this.context);
    const other = !subarray.equals(this.subarray)
      ? 'array'
      : isSameAtmosphere(this.#atmosphereOf(header), this.atmosphere)
        ? undefined
        : 'atmosphere';
    if (other === undefined) return;
    const sentence =
      `run ${header.runHeader.run} (object 2000) has another ${other} than the runs before it in this file; expected one ` +
      `${other} for all runs. Process the runs as separate files.`;
    throw this.context.error('SIMTEL_OTHER_ARRAY', offset, RUN_HEADER.type, sentence);
  }

  #checkObsId({ runHeader: { run } }: SimtelHeader): void {
    const { overrideObsId } = this.options;
    const first = this.first.runHeader.run;
    if (overrideObsId === undefined || first === run) return;
    throw new CherenkitError(
      'OBS_ID_NOT_UNIQUE',
      ExitCode.USAGE,
      `${this.context.file} contains the runs ${first} and ${run}, but override_obs_id gives both the id ` +
        `${overrideObsId}; expected one id per run. Use obs_id_offset instead.`,
    );
  }
}

function isSameAtmosphere(a: AtmosphereDensityProfile | undefined, b: AtmosphereDensityProfile | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [tableA, tableB] = [a.table, b.table];
  return (['height', 'density', 'columnDensity'] as const).every(
    (name) =>
      tableA[name].length === tableB[name].length && tableA[name].every((value, i) => value === tableB[name][i]),
  );
}
