import type { Theme } from '@cherenkit/display';

/** Colours of pictures in the page: those of the style sheet, which are light or dark as the reader prefers. */
export const REPORT_THEME: Theme = {
  background: 'var(--page)',
  panel: 'var(--page)',
  text: 'var(--text)',
  faint: 'var(--faint)',
  grid: 'var(--line)',
  bad: 'var(--bad)',
};

/** Style sheet of the report. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1d2129; --faint: #5b6370; --line: #d9dce1; --bad: #c4c4c4;
  --soft: #f3f5f8; --all: #dde3ea; --accent: #1f77b4; --link: #0b5394; --selected: #e6f0fa; --error: #b3261e }
@media (prefers-color-scheme: dark) { :root { --page: #16181d; --text: #e6e6e6; --faint: #a3a9b3; --line: #3a3f4a; --bad: #555a66;
  --soft: #1e2128; --all: #363c47; --accent: #4a9fd8; --link: #8ec5f0; --selected: #1f3347; --error: #f2867e } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page) }
header { padding: 20px 28px; border-bottom: 1px solid var(--line) }
header h1 { margin: 0; font-size: 20px; overflow-wrap: anywhere } header p { margin: 4px 0 0; color: var(--faint) }
main { padding: 8px 28px 48px; max-width: 1500px; margin: 0 auto }
h2 { font-size: 17px; margin: 28px 0 10px }
.counts th { text-align: left; font-weight: normal; padding: 0 24px 0 0; color: var(--faint); vertical-align: top }
.counts th { overflow-wrap: anywhere } .counts td { font-variant-numeric: tabular-nums; min-width: 7em; vertical-align: top }
.performance { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
.performance th, .performance td { padding: 4px 12px; text-align: right; white-space: nowrap; border-top: 1px solid var(--line) }
.performance thead th { border-top: 0; background: var(--soft) }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(460px, 100%), 1fr)); gap: 12px }
figure { margin: 0 } figure svg { width: 100%; height: auto; max-width: 480px }
#histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr)); gap: 16px }
#histograms .axis-line { stroke: #8a93a0; fill: none }
#histograms svg { width: 100%; height: auto; touch-action: none; cursor: crosshair; display: block }
#histograms h3 { font-size: 13px; font-weight: 600; margin: 0 0 4px }
.all { fill: var(--all) } .chosen { fill: var(--accent) } .range { fill: #1f77b41f; stroke: var(--accent) }
.axis { font-size: 11px; fill: var(--faint) }
#filter { width: min(46em, 100%); font: 14px/1.6 ui-monospace, monospace; height: 2.4em; padding: 0 8px; border: 1px solid #8a93a0; border-radius: 4px; color: var(--text); background: var(--page) }
#filter[aria-invalid=true] { border-color: var(--error); outline-color: var(--error) }
#selected { margin-left: 10px; color: var(--faint) } .hint { color: var(--faint); margin: 4px 0 10px }
.scroll { overflow: auto; max-height: 420px; border: 1px solid var(--line); width: fit-content; max-width: 100% }
#events { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums }
#events th { position: sticky; top: 0; background: var(--soft); padding: 0; text-align: right }
#events th button { font: inherit; color: inherit; font-weight: 600; border: 0; background: none; padding: 6px 10px; width: 100%; text-align: right; cursor: pointer }
#events td { padding: 4px 10px; text-align: right; white-space: nowrap; border-top: 1px solid var(--line) }
#events td.text, #events th.text button { text-align: left }
#events td button { font: inherit; color: var(--link); border: 0; background: none; padding: 0; text-decoration: underline; cursor: pointer }
#events tr[aria-selected=true] td { background: var(--selected) }
#event svg { max-width: 100%; height: auto; margin-top: 16px }
pre { overflow: auto; background: var(--soft); padding: 12px } details { margin-top: 32px } summary { cursor: pointer }
@media (max-width: 600px) { header, main { padding-left: 14px; padding-right: 14px } #histograms { grid-template-columns: 1fr 1fr } .counts th { padding-right: 12px } }
`;
