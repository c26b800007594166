import type { Theme } from '@cherenkit/display';

/** Colours of plots, which follow the colour scheme of the page. */
export const PAGE_THEME: Theme = {
  background: 'var(--background)',
  panel: 'var(--background)',
  text: 'var(--text)',
  faint: 'var(--faint)',
  grid: 'var(--line)',
  bad: 'var(--line)',
};

/** Style sheet of the report of a training. */
export const TRAINING_REPORT_STYLE = `
:root { color-scheme: light dark; --background: #fff; --text: #1d2129; --faint: #5b6370; --line: #d9dce1; --panel: #f4f5f7; --accent: #1f77b4 }
@media (prefers-color-scheme: dark) {
  :root { --background: #16181d; --text: #e6e6e6; --faint: #a3a9b3; --line: #3a3f4a; --panel: #1e2128; --accent: #58a6dc }
}
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--background) }
header { padding: 20px 28px; border-bottom: 1px solid var(--line) }
header h1 { margin: 0; font-size: 20px; overflow-wrap: anywhere } header p { margin: 4px 0 0; color: var(--faint) }
main { padding: 8px 28px 48px; max-width: 1500px; margin: 0 auto }
h2 { font-size: 17px; margin: 28px 0 10px }
.hint { color: var(--faint); margin: 4px 0 10px; max-width: 75ch }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(430px, 100%), 1fr)); gap: 12px }
figure { margin: 0 } figure svg { width: 100%; height: auto; max-width: 480px }
.scroll { overflow: auto; max-width: 100% }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: 4px 14px 4px 0; text-align: right; white-space: nowrap; vertical-align: top }
thead th { border-bottom: 1px solid var(--line) } tbody + tbody th, tbody + tbody td { border-top: 1px solid var(--line) }
th:first-child, .text td, .text th { text-align: left } tbody th { font-weight: normal }
.text td { white-space: normal; overflow-wrap: anywhere } .text th { color: var(--faint) }
.bar { display: inline-block; height: 0.7em; margin-left: 8px; background: var(--accent) } .track { display: inline-block; width: 88px; text-align: left }
pre { overflow: auto; background: var(--panel); padding: 12px } details { margin-top: 32px } summary { cursor: pointer }
@media (max-width: 600px) { header, main { padding-left: 14px; padding-right: 14px } }
`;
