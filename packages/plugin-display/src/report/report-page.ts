import { counted, type Counts, type SubarrayDescription } from '@cherenkit/core';
import type { ReportHead } from './event-report.js';
import { REPORT_STYLE } from './report-style.js';

/** Content of the page. */
interface ReportContent extends ReportHead {
  readonly subarray: SubarrayDescription;
  readonly reconstructor: string | undefined;
  readonly nRows: number;
  readonly nPictures: number;
  readonly plots: readonly { toSvg(): string }[];
  /** For the script. */
  readonly data: unknown;
  readonly script: string;
}

/** The page as HTML. Head and plots are shown without JavaScript, too. */
export function reportPage(content: ReportContent): string {
  const { input, software, plots, data, script, nRows, nPictures, configuration } = content;
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";
  const pictures =
    nPictures < nRows
      ? `Pictures of ${counted(nPictures, 'event')} are in this page: the brightest, those farthest from their true directions, and the brightest without result (--max-pictures).`
      : 'Choose an event in the table to see it.';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(input)}: report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(input)}</h1>
<p>${escaped(software)}</p>
</header>
<main>
<section aria-labelledby="counts"><h2 id="counts">Events</h2>
${countsTable(content)}
</section>
<section aria-labelledby="results"><h2 id="results">Results</h2>
<div class="plots">${plots.map((plot) => `<figure>${plot.toSvg()}</figure>`).join('\n')}</div>
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
<details><summary>Configuration</summary><pre>${escaped(configuration)}</pre></details>
</main>
<script type="application/json" id="data">${json(data)}</script>
<script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>
</body>
</html>
`;
}

function countsTable({ outcome, subarray, reconstructor }: ReportContent): string {
  const rows: [name: string, value: string][] = [
    ['array', `${subarray.name}, ${counted(subarray.nTels, 'telescope')}`],
    ['events', String(outcome.events)],
    ['telescope events', String(outcome.telescopeEvents)],
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
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<table class="counts">${cells.join('\n')}</table>`;
}

function counts(title: string, byReason: Counts): [name: string, value: string][] {
  return Object.entries(byReason)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [`${title}: ${reason}`, String(count)]);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON in a script element, which must not contain the end of the element. */
function json(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
