import type { ArrayEvent, RunOutcome, SubarrayDescription } from '@cherenkit/core';
import { ChargeHistograms } from './charge-histograms.js';
import { ChosenEvents } from './chosen-events.js';
import { packEvent, packSubarray } from './packed-event.js';
import { packJson } from './packed-json.js';
import { performanceBins } from './performance-bins.js';
import { reportPage } from './report-page.js';
import { reportPlots } from './report-plots.js';
import { ReportRows } from './report-rows.js';

/** What the head of a report says about the run. */
export interface ReportHead {
  /** The input. */
  readonly input: string;
  readonly software: string;
  /** All trait values, as YAML. */
  readonly configuration: string;
  readonly outcome: Pick<
    RunOutcome,
    | 'events'
    | 'telescopeEvents'
    | 'reconstructed'
    | 'notReconstructed'
    | 'rejected'
    | 'rejectedBySource'
    | 'skippedBySource'
    | 'failures'
    | 'truncated'
  >;
}

/**
 * A report of a run as one page: counts, resolutions, distributions that select events, and the pictures of the most
 * interesting events: the brightest, those farthest from their true directions, and the brightest without result.
 */
export class EventReport {
  readonly #rows: ReportRows;
  readonly #charges: ChargeHistograms;
  readonly #chosen: ChosenEvents;

  /** @param options - `maxPictures`: number of events with pictures; `chargeUnit`: unit of the charges, default p.e. */
  constructor(
    readonly subarray: SubarrayDescription,
    { maxPictures, chargeUnit = 'p.e.' }: { readonly maxPictures: number; readonly chargeUnit?: string | undefined },
  ) {
    this.#rows = new ReportRows(subarray, chargeUnit);
    this.#charges = new ChargeHistograms(subarray, chargeUnit);
    this.#chosen = new ChosenEvents(maxPictures, 3);
  }

  /** Adds a processed event. */
  async add(event: ArrayEvent): Promise<void> {
    const row = this.#rows.nRows;
    this.#charges.add(event);
    const { intensity, theta, n_used: used } = this.#rows.add(event);
    const scores = [intensity, theta, used > 0 ? NaN : intensity];
    await this.#chosen.offer(row, scores, () => packEvent(event));
  }

  /**
   * The page.
   *
   * @param script - program that draws the selected events in the page
   */
  async page(head: ReportHead, script: string): Promise<string> {
    const table = this.#rows.table();
    const plots = await reportPlots(table, this.#charges, this.subarray);
    const columns = Array.from(table.columns.values(), ({ name, unit, description, values }) => ({
      name,
      unit,
      description,
      values,
    }));
    const data = {
      columns: await packJson(columns),
      subarray: await packSubarray(this.subarray),
      events: Object.fromEntries(this.#chosen.events),
    };
    const { reconstructor, nRows, timing } = this.#rows;
    return reportPage({
      ...head,
      reconstructor,
      nRows,
      timing,
      performance: performanceBins(table),
      nPictures: Object.keys(data.events).length,
      plots,
      subarray: this.subarray,
      data,
      script,
    });
  }
}
