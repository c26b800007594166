import type { Theme } from '../layout/theme.js';

/** Colours of pictures in a page: those of the style sheet, which are light or dark as the reader prefers. */
export const PAGE_THEME: Theme = {
  background: 'var(--page)',
  panel: 'var(--page)',
  text: 'var(--text)',
  faint: 'var(--faint)',
  grid: 'var(--line)',
  bad: 'var(--bad)',
};

/** Style sheet that all pages share: colours, header, plots in a grid, tables that scroll. */
const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1d2129; --faint: #5b6370; --line: #d9dce1; --bad: #c4c4c4;
  --soft: #f3f5f8; --accent: #1f77b4 }
@media (prefers-color-scheme: dark) { :root { --page: #16181d; --text: #e6e6e6; --faint: #a3a9b3; --line: #3a3f4a; --bad: #555a66;
  --soft: #1e2128; --accent: #4a9fd8 } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page) }
header { padding: 20px 28px; border-bottom: 1px solid var(--line) }
header h1 { margin: 0; font-size: 20px; overflow-wrap: anywhere } header p { margin: 4px 0 0; color: var(--faint) }
main { padding: 8px 28px 48px; max-width: 1500px; margin: 0 auto }
h2 { font-size: 17px; margin: 28px 0 10px }
.hint { color: var(--faint); margin: 4px 0 10px }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(460px, 100%), 1fr)); gap: 12px }
figure { margin: 0 } figure svg { width: 100%; height: auto; max-width: 480px }
.scroll { overflow: auto; max-width: 100% }
pre { overflow: auto; background: var(--soft); padding: 12px } details { margin-top: 32px } summary { cursor: pointer }
@media (max-width: 600px) { header, main { padding-left: 14px; padding-right: 14px } }
`;

/** Content of a page. */
export interface HtmlPage {
  /** Title of the window. */
  readonly title: string;
  readonly heading: string;
  /** Line below the heading. */
  readonly subtitle: string;
  /** Markup of the main part. */
  readonly main: string;
  /** Style sheet in addition to the common one. */
  readonly style: string;
  /** Markup of scripts, after the main part. Without it, the page allows no scripts. */
  readonly scripts?: string;
}

/** Makes a page that loads nothing, light or dark as the reader prefers, wide or narrow. */
export function htmlPage({ title, heading, subtitle, main, style, scripts }: HtmlPage): string {
  const allowed = scripts === undefined ? '' : "script-src 'unsafe-inline'; img-src data: blob:; ";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${allowed}style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style.trimStart()}</style>
</head>
<body>
<header>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(subtitle)}</p>
</header>
<main>
${main.trim()}
</main>
${scripts ?? ''}</body>
</html>
`;
}

/**
 * Plots side by side. A plot is an image with a title and a description: labels of its parts are not read, and not allowed for
 * elements without a role.
 */
export function plotsHtml(plots: readonly { toSvg(): string }[]): string {
  const figures = plots.map((plot) => `<figure>${plot.toSvg().replaceAll(/ aria-label="[^"]*"/g, '')}</figure>`);
  return `<div class="plots">${figures.join('\n')}</div>`;
}

/** Text in markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
