/** Style sheet of the report, in addition to that of all pages. */
export const REPORT_STYLE = `
:root { --all: #dde3ea; --link: #0b5394; --selected: #e6f0fa; --error: #b3261e }
@media (prefers-color-scheme: dark) { :root { --all: #363c47; --link: #8ec5f0; --selected: #1f3347; --error: #f2867e } }
.counts th { text-align: left; font-weight: normal; padding: 0 24px 0 0; color: var(--faint); vertical-align: top }
.counts th { overflow-wrap: anywhere } .counts td { font-variant-numeric: tabular-nums; min-width: 7em; vertical-align: top }
.performance { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
.performance th, .performance td { padding: 4px 12px; text-align: right; white-space: nowrap; border-top: 1px solid var(--line) }
.performance thead th { border-top: 0; background: var(--soft) }
#histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr)); gap: 16px }
#histograms .axis-line { stroke: #8a93a0; fill: none }
#histograms svg { width: 100%; height: auto; touch-action: none; cursor: crosshair; display: block }
#histograms h3 { font-size: 13px; font-weight: 600; margin: 0 0 4px }
.all { fill: var(--all) } .chosen { fill: var(--accent) } .range { fill: #1f77b41f; stroke: var(--accent) }
.axis { font-size: 11px; fill: var(--faint) }
#filter { width: min(46em, 100%); font: 14px/1.6 ui-monospace, monospace; height: 2.4em; padding: 0 8px; border: 1px solid #8a93a0; border-radius: 4px; color: var(--text); background: var(--page) }
#filter[aria-invalid=true] { border-color: var(--error); outline-color: var(--error) }
#selected { margin-left: 10px; color: var(--faint) }
.scroll { max-height: 420px; border: 1px solid var(--line); width: fit-content }
#events { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums }
#events th { position: sticky; top: 0; background: var(--soft); padding: 0; text-align: right }
#events th button { font: inherit; color: inherit; font-weight: 600; border: 0; background: none; padding: 6px 10px; width: 100%; text-align: right; cursor: pointer }
#events td { padding: 4px 10px; text-align: right; white-space: nowrap; border-top: 1px solid var(--line) }
#events td.text, #events th.text button { text-align: left }
#events td button { font: inherit; color: var(--link); border: 0; background: none; padding: 0; text-decoration: underline; cursor: pointer }
#events tr[aria-selected=true] td { background: var(--selected) }
#event svg { max-width: 100%; height: auto; margin-top: 16px }
@media (max-width: 600px) { #histograms { grid-template-columns: 1fr 1fr } .counts th { padding-right: 12px } }
`;
