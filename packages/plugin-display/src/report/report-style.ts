/** Style sheet of the report. */
export const REPORT_STYLE = `
:root { color-scheme: light; --line: #d9dce1; --faint: #5b6370; --accent: #1f77b4 }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: #1d2129; background: #fff }
header { padding: 20px 28px; border-bottom: 1px solid var(--line) }
header h1 { margin: 0; font-size: 20px; overflow-wrap: anywhere } header p { margin: 4px 0 0; color: var(--faint) }
main { padding: 8px 28px 48px; max-width: 1500px; margin: 0 auto }
h2 { font-size: 17px; margin: 28px 0 10px }
.counts th { text-align: left; font-weight: normal; padding-right: 24px; color: var(--faint) }
.counts td { font-variant-numeric: tabular-nums }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(460px, 100%), 1fr)); gap: 12px }
figure { margin: 0 } figure svg { width: 100%; height: auto; max-width: 480px }
#histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px }
#histograms svg { width: 100%; height: auto; touch-action: none; cursor: crosshair; display: block }
#histograms h3 { font-size: 13px; font-weight: 600; margin: 0 0 4px }
.all { fill: #dde3ea } .chosen { fill: var(--accent) } .range { fill: #1f77b41f; stroke: var(--accent) }
.axis { font-size: 11px; fill: var(--faint) }
#filter { width: min(46em, 100%); font: 14px/1.6 ui-monospace, monospace; height: 2.4em; padding: 0 8px; border: 1px solid #8a93a0; border-radius: 4px }
#filter[aria-invalid=true] { border-color: #b3261e; outline-color: #b3261e }
#selected { margin-left: 10px; color: var(--faint) } .hint { color: var(--faint); margin: 4px 0 10px }
.scroll { overflow: auto; max-height: 420px; border: 1px solid var(--line) }
#events { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums }
#events th { position: sticky; top: 0; background: #f3f5f8; padding: 0; text-align: right }
#events th button { font: inherit; font-weight: 600; border: 0; background: none; padding: 6px 10px; width: 100%; text-align: right; cursor: pointer }
#events td { padding: 4px 10px; text-align: right; white-space: nowrap; border-top: 1px solid #eceff3 }
#events td.text, #events th.text button { text-align: left }
#events td button { font: inherit; color: #0b5394; border: 0; background: none; padding: 0; text-decoration: underline; cursor: pointer }
#events tr[aria-selected=true] td { background: #e6f0fa }
#event svg { max-width: 100%; height: auto; margin-top: 16px }
pre { overflow: auto; background: #f6f7f9; padding: 12px } details { margin-top: 32px } summary { cursor: pointer }
@media (max-width: 600px) { header, main { padding-left: 14px; padding-right: 14px } }
`;
