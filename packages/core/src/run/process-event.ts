import type { CameraCalibrator, WaveformModifier } from '../calibration/index.js';
import { DL2Container, MuonContainer, MuonTelescopeContainer, type ArrayEvent } from '../event/index.js';
import { checkContainer } from '../event/check-container.js';
import { leavingUnchanged } from '../event/event-fingerprint.js';
import { attributeErrors } from '../framework/component/event-failures.js';
import { EventFailures } from '../framework/component/index.js';
import type { ImageProcessor } from '../image/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import { checkMonitoring } from '../monitoring/check-monitoring.js';
import type { MonitoringSource } from '../monitoring/index.js';
import type { MuonAnalysis } from '../muon/index.js';
import type { ShowerProcessor } from '../reconstruction/index.js';
import type { EventTypeFilter, SoftwareTrigger } from '../selection/index.js';

/** The steps from raw data to reconstructed showers. Steps that are undefined are skipped. */
export interface Pipeline {
  /** The telescopes of the events. If given, the results of monitoring sources are checked. */
  readonly subarray?: SubarrayDescription | undefined;
  readonly eventTypeFilter?: EventTypeFilter | undefined;
  readonly waveformModifier?: WaveformModifier | undefined;
  readonly softwareTrigger?: SoftwareTrigger | undefined;
  /** They fill the monitoring data of an event one after the other. */
  readonly monitoringSources?: readonly MonitoringSource[] | undefined;
  readonly calibrator?: CameraCalibrator | undefined;
  /**
   * Whether events are completed for tables, which have a row for every telescope event: triggered telescopes without any data
   * are removed, and telescopes whose R1 data have no waveforms get an image of NaN. Default: false.
   */
  readonly completesEvents?: boolean | undefined;
  readonly imageProcessor?: ImageProcessor | undefined;
  /** Whether images are in ADC counts, see `hasRawImages`: they are neither cleaned nor parametrized. Default: false. */
  readonly isRaw?: boolean | undefined;
  readonly muonProcessor?: MuonAnalysis | undefined;
  readonly showerProcessor?: ShowerProcessor | undefined;
  /** Records the failures of the waveform modifier, the monitoring sources and the muon analysis. Default: they throw. */
  readonly failures?: EventFailures | undefined;
}

/**
 * Processes an event with all steps of a pipeline. Each step reads the data levels before it and adds its own.
 *
 * @returns false for a rejected event; `event.rejections` has the reason
 * @example
 * ```ts
 * for await (const event of source) {
 *   if (processEvent(event, pipeline)) console.log(event.dl2.stereo.geometry.get('HillasReconstructor'));
 *   else console.log(event.rejections);
 * }
 * ```
 */
export function processEvent(event: ArrayEvent, pipeline: Pipeline): boolean {
  const { eventTypeFilter, waveformModifier, softwareTrigger, monitoringSources = [] } = pipeline;
  const { calibrator, imageProcessor, muonProcessor, showerProcessor, failures } = pipeline;
  if (eventTypeFilter?.keep(event) === false) return false;
  if (waveformModifier && !modifyWaveforms(event, waveformModifier, failures)) return false; // r1
  if (softwareTrigger?.keep(event) === false) return false; // removes telescopes as well
  for (const source of monitoringSources) if (!fillMonitoring(event, source, pipeline)) return false;
  calibrator?.calibrate(event); // r0, r1 -> dl0, dl1 images
  if (pipeline.completesEvents) completeEvent(event, calibrator);
  if (imageProcessor && !pipeline.isRaw) parametrize(event, imageProcessor); // dl1 images -> dl1 parameters
  if (muonProcessor) findMuons(event, muonProcessor, failures); // dl1 images and parameters -> muon
  showerProcessor?.process(event); // dl1 parameters -> dl2
  return true;
}

/** See {@link Pipeline.completesEvents}. Real data may lack those of a telescope that triggered. */
function completeEvent(event: ArrayEvent, calibrator: CameraCalibrator | undefined): void {
  const { trigger, r0, r1, dl0, dl1 } = event;
  const hasData = (telId: number): boolean => [trigger, r0, r1, dl0, dl1].some(({ tel }) => tel.has(telId));
  if (!trigger.telsWithTrigger.every(hasData)) trigger.telsWithTrigger = trigger.telsWithTrigger.filter(hasData);
  calibrator?.fillMissingImages(event);
}

/** Showers and muons that the input has were found with other parameters: they are removed. */
function parametrize(event: ArrayEvent, imageProcessor: ImageProcessor): void {
  imageProcessor.process(event);
  event.dl2 = new DL2Container();
  event.muon = new MuonContainer();
}

/** Rejects an event whose waveforms could not be modified. */
function modifyWaveforms(event: ArrayEvent, modifier: WaveformModifier, failures = FAIL_FAST): boolean {
  const modify = (): void =>
    leavingUnchanged(failures.checksChanges, inputsOf(event, 'r1'), () => modifier.modify(event));
  const step = (): void => attributeErrors(modifier, modify);
  const failed = failures.catchFailure(event, undefined, step);
  if (failed) event.rejections.push({ level: 'event', ...failed });
  return failed === undefined;
}

/** Rejects an event whose monitoring data could not be filled: they would be those of another source, or missing. */
function fillMonitoring(
  event: ArrayEvent,
  source: MonitoringSource,
  { subarray, failures = FAIL_FAST }: Pick<Pipeline, 'subarray' | 'failures'>,
): boolean {
  const fill = (): void =>
    leavingUnchanged(failures.checksChanges, inputsOf(event, 'monitoring'), () => source.fill(event));
  const check = (): void => subarray && checkMonitoring(event, subarray);
  const failed = failures.catchFailure(event, undefined, () => attributeErrors(source, fill, check));
  if (failed) event.rejections.push({ level: 'event', ...failed });
  return failed === undefined;
}

/** Each telescope with an image has a result: tables have a row for every telescope event. */
function findMuons(event: ArrayEvent, analysis: MuonAnalysis, failures = FAIL_FAST): void {
  const step = (): void =>
    leavingUnchanged(failures.checksChanges, inputsOf(event, 'muon'), () => analysis.process(event));
  const check = (): void => event.muon.tel.forEach(checkMuon);
  const failed = failures.catchFailure(event, undefined, () => attributeErrors(analysis, step, check));
  for (const telId of event.dl1.tel.keys()) {
    if (failed) event.rejections.push({ level: 'muon ring', telId, ...failed });
    if (!failed && event.muon.tel.has(telId)) continue;
    const reason = failed?.reason ?? `${analysis.name} set no result`;
    event.muon.tel.set(telId, new MuonTelescopeContainer({ reason }));
  }
}

/** The data of an event other than the level that a component fills. */
function inputsOf(event: ArrayEvent, own: 'r1' | 'monitoring' | 'muon'): { readonly event: object } {
  return {
    get event() {
      return { ...event, [own]: undefined };
    },
  };
}

function checkMuon(muon: MuonTelescopeContainer, telId: number): void {
  checkContainer(`the result for telescope ${telId}`, muon, MuonTelescopeContainer);
}

const FAIL_FAST = new EventFailures(true);
