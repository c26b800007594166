import { counted, toIsoUtc, type Counts, type SubarrayDescription } from '@cherenkit/core';
import { escapeHtml, htmlPage, plotsHtml } from '@cherenkit/display';
import type { ReportHead } from './event-report.js';
import type { PerformanceBin } from './performance-bins.js';
import type { RunTiming } from './report-rows.js';
import { REPORT_STYLE } from './report-style.js';

/** Content of the page. */
interface ReportContent extends ReportHead {
  readonly subarray: SubarrayDescription;
  readonly reconstructor: string | undefined;
  readonly nRows: number;
  readonly timing: RunTiming | undefined;
  readonly performance: readonly PerformanceBin[];
  readonly nPictures: number;
  readonly plots: readonly { toSvg(): string }[];
  /** For the script. */
  readonly data: unknown;
  readonly script: string;
}

/** The page as HTML. Head and plots are shown without JavaScript, too. */
export function reportPage(content: ReportContent): string {
  const { input, software, plots, performance, data, script, nRows, nPictures, configuration } = content;
  const pictures =
    nPictures < nRows
      ? `Pictures of ${counted(nPictures, 'event')} are in this page: the brightest, those farthest from their true directions, and the brightest without result (--max-pictures).`
      : 'Choose an event in the table to see it.';
  const main = `
<section aria-labelledby="counts"><h2 id="counts">Events</h2>
${countsTable(content)}
</section>
<section aria-labelledby="results"><h2 id="results">Results</h2>
${plots.length === 0 ? '<p class="hint">There is nothing to draw.</p>' : ''}${plotsHtml(plots)}
${performanceTable(performance)}
</section>
<section aria-labelledby="selection" id="interactive" hidden><h2 id="selection">Selection</h2>
<p><label for="filter">Filter</label> <input id="filter" type="text" spellcheck="false" autocomplete="off" placeholder="n_used &gt;= 3 and theta &lt; 0.2">
<output id="selected" for="filter"></output></p>
<p class="hint">Drag over a histogram to select a range. The filter is an expression over the columns of the table.</p>
<div id="histograms"></div>
<h2>Single events</h2>
<p class="hint">${pictures}</p>
<div class="scroll"><table id="events"></table></div>
<button id="more" type="button" hidden>Show more</button>
<section id="event" aria-live="polite"></section>
</section>
<noscript><p>Histograms, the table of events and pictures of single events need JavaScript.</p></noscript>
<details><summary>Configuration</summary><pre>${escapeHtml(configuration)}</pre></details>
`;
  const scripts = `<script type="application/json" id="data">${json(data)}</script>
<script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>
`;
  return htmlPage({
    title: `${input}: report`,
    heading: input,
    subtitle: software,
    main,
    style: REPORT_STYLE,
    scripts,
  });
}

function countsTable({ outcome, subarray, reconstructor, timing }: ReportContent): string {
  const rows: [name: string, value: string][] = [
    ['array', `${subarray.name}, ${counted(subarray.nTels, 'telescope')}`],
    ['events', String(outcome.events)],
    ['telescope events', String(outcome.telescopeEvents)],
    ...(timing ? timingRows(timing) : []),
    ...Object.entries(outcome.reconstructed).map(([name, count]): [string, string] => [
      `reconstructed by ${name}${name === reconstructor ? ' (shown below)' : ''}`,
      `${count} of ${outcome.events}`,
    ]),
    ...counts('not reconstructed', outcome.notReconstructed),
    ...counts('rejected', outcome.rejected),
    ...counts('rejected by the source', outcome.rejectedBySource),
    ...counts('skipped', outcome.skippedBySource),
    ...outcome.failures.map(({ component, count, first }): [string, string] => [
      `failed: ${component}`,
      `${count}, first: ${first}`,
    ]),
    ...(outcome.truncated ? [['input', 'truncated: events before the truncation'] as [string, string]] : []),
  ];
  const cells = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table class="counts">${cells.join('\n')}</table>`;
}

/** Start, duration and rate of the events. */
function timingRows({ start, duration, nEvents }: RunTiming): [name: string, value: string][] {
  const rows: [string, string][] = [['first event', toIsoUtc(start, 3)]];
  if (!(duration > 0)) return rows;
  const rate = (nEvents - 1) / duration;
  return [...rows, ['duration', `${numberText(duration)} s`], ['mean rate', `${numberText(rate)} events per second`]];
}

/** Bias and resolution per bin of the true energy, those that are known. */
function performanceTable(bins: readonly PerformanceBin[]): string {
  const columns: readonly (readonly [name: string, of: (bin: PerformanceBin) => number, digits: number])[] = [
    ['angular resolution (deg)', (bin) => bin.angularResolution, 4],
    ['bias in azimuth (deg)', (bin) => bin.biasLon, 4],
    ['bias in altitude (deg)', (bin) => bin.biasLat, 4],
    ['energy resolution', (bin) => bin.energyResolution, 3],
    ['energy bias', (bin) => bin.energyBias, 3],
    ['core resolution (m)', (bin) => bin.coreResolution, 1],
  ];
  const shown = columns.filter(([, of]) => bins.some((bin) => Number.isFinite(of(bin))));
  if (shown.length === 0) return '';
  const head = ['true energy (TeV)', 'events', ...shown.map(([name]) => name)];
  const rows = bins.map((bin) => {
    const values = shown.map(([, of, digits]) => (Number.isFinite(of(bin)) ? of(bin).toFixed(digits) : ''));
    const cells = [String(bin.nEvents), ...values].map((value) => `<td>${value.replace('-', '\u2212')}</td>`);
    return `<tr><th scope="row">${numberText(bin.from)} to ${numberText(bin.to)}</th>${cells.join('')}</tr>`;
  });
  return `<h3>Bias and resolution</h3>
<p class="hint">Resolutions contain 68 % of the events that were reconstructed, biases are medians.</p>
<div class="scroll"><table class="performance">
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function counts(title: string, byReason: Counts): [name: string, value: string][] {
  return Object.entries(byReason)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [`${title}: ${reason}`, String(count)]);
}

/** JSON in a script element, which must not contain the end of the element. */
function json(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
