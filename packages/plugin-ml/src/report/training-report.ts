import type { Json } from '@cherenkit/core';
import { escapeHtml, htmlPage, plotsHtml, type Picture } from '@cherenkit/display';
import type { WritableModel } from '../model/write-model.js';
import type { FoldMetrics, Validation } from '../training/cross-validator.js';
import { metricTitle, type EnergyBinMetrics, type Metrics } from '../training/validation-metrics.js';
import { TRAINING_REPORT_STYLE } from './training-report-style.js';
import { validationPlots, type PlottedEvents } from './validation-plots.js';

/** Content of the report of a training. */
export interface TrainingReport {
  /** Name of the file of the model. */
  readonly name: string;
  /** Name and version of the program. */
  readonly software: string;
  readonly model: WritableModel;
  /** Quality of the predictions for telescope events by telescope type; empty without cross-validation. */
  readonly telescopes: ReadonlyMap<string, Validation>;
  /** Quality of the predictions for array events. */
  readonly array: Validation<Metrics> | undefined;
  /** Configuration of the run, JSON. */
  readonly configuration: string;
}

/** Title of the predictions for array events. */
const ARRAY = 'array events';

/** Makes a page about a training: plots of the cross-validation, metrics, importances, settings. It loads nothing and has no scripts. */
export function trainingReport(report: TrainingReport): string {
  const { name, software, model, telescopes, array, configuration } = report;
  const groups: PlottedEvents[] = [
    ...Array.from(telescopes, ([label, validation]) => ({ label, isArray: false, ...validation })),
    ...(array ? [{ label: ARRAY, isArray: true, ...array }] : []),
  ];
  const plots = groups.length === 0 ? [] : validationPlots(model.reconstructor, groups);
  const main = `
${groups.length === 0 ? WITHOUT_VALIDATION : qualitySection(report, plots)}
${groups.length === 0 ? '' : energyTable(groups)}
${importancesSection(model)}
<section aria-labelledby="settings"><h2 id="settings">Settings</h2>
${settingsTable(model)}
</section>
<details><summary>Configuration</summary><pre>${escapeHtml(configuration)}</pre></details>
`;
  return htmlPage({
    title: `${name}: training`,
    heading: name,
    subtitle: `${model.reconstructor} for ${model.target}, trained by ${software}`,
    main,
    style: TRAINING_REPORT_STYLE,
  });
}

const WITHOUT_VALIDATION = `<section aria-labelledby="quality"><h2 id="quality">Quality</h2>
<p class="hint">There was no cross-validation: CrossValidator.n_cross_validations (--folds) is 0.</p>
</section>`;

function qualitySection({ telescopes, array, model }: TrainingReport, plots: readonly Picture[]): string {
  const events = model.details['training'] as { readonly folds?: number; readonly fold_groups?: string } | undefined;
  const groups =
    events?.fold_groups === 'rows'
      ? 'telescope events, so that images of one shower are in several folds, which makes predictions look better than they are'
      : 'array events';
  const names = [...new Set([...telescopes.values()].flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = [
    ...Array.from(
      telescopes,
      ([
        type,
        {
          metrics,
          events: { energy },
        },
      ]) => [type, String(energy.length), ...names.map((name) => foldText(metrics, name))],
    ),
    ...(array
      ? [[ARRAY, String(array.events.energy.length), ...names.map((name) => number(array.metrics[name]))]]
      : []),
  ];
  return `<section aria-labelledby="quality"><h2 id="quality">Quality</h2>
<p class="hint">Of predictions by models that were not trained on the event: ${events?.folds ?? 'several'} folds of ${groups}. Mean and standard deviation of the folds${
    array ? '; for array events, of all predictions, combined from the telescope events of this training' : ''
  }.</p>
${table(['', 'events', ...names.map(metricTitle)], [rows])}
<h2>Cross-validation</h2>
${plotsHtml(plots)}
</section>`;
}

function importancesSection({ features, telescopeTypes }: WritableModel): string {
  const columns = telescopeTypes.flatMap(({ type, roles }) =>
    Array.from(roles, ([role, { importances }]) => ({
      title: role === 'model' ? type : `${type}, ${role}`,
      importances,
    })),
  );
  const known = columns.flatMap(({ title, importances }) => (importances ? [{ title, importances }] : []));
  if (known.length === 0) return '';
  const sum = (i: number): number => known.reduce((total, { importances }) => total + importances[i], 0);
  const largest = Math.max(...known.flatMap(({ importances }) => [...importances]), 1e-9);
  const bar = (value: number): string =>
    `${(100 * value).toFixed(1)} %<span class="track" aria-hidden="true"><span class="bar" style="width:${Math.round((80 * value) / largest)}px"></span></span>`;
  const order = [...features.keys()].sort((a, b) => sum(b) - sum(a));
  const rows = order.map(
    (i) =>
      `<tr><th scope="row">${escapeHtml(features[i])}</th>${known
        .map(({ importances }) => `<td>${bar(importances[i])}</td>`)
        .join('')}</tr>`,
  );
  const head = ['feature', ...known.map(({ title }) => title)].map(
    (each) => `<th scope="col">${escapeHtml(each)}</th>`,
  );
  return `<section aria-labelledby="importances"><h2 id="importances">Importance of the features</h2>
<p class="hint">Share of each feature in what the splits of the trees gain. Correlated features share their importance.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Importances"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>
</section>`;
}

function energyTable(groups: readonly PlottedEvents[]): string {
  const names = [...new Set(groups.flatMap(({ byEnergy }) => byEnergy.flatMap(({ metrics }) => Object.keys(metrics))))];
  const rowOf = (label: string, { from, to, nEvents, metrics }: EnergyBinMetrics): string[] => [
    label,
    `${short(from)} to ${short(to)}`,
    String(nEvents),
    ...names.map((name) => number(metrics[name])),
  ];
  const bodies = groups.map(({ label, byEnergy }) => byEnergy.map((bin) => rowOf(label, bin)));
  return `<details><summary>Metrics by true energy</summary>
${table(['', 'true energy (TeV)', 'events', ...names.map(metricTitle)], bodies)}
</details>`;
}

/** Members of the model in words. */
function settingsTable(model: WritableModel): string {
  const { features, generatedFeatures, qualityCriteria, combiner, telescopeTypes, details, logTarget, unit } = model;
  const rows: [string, string][] = [
    ['target', `${model.target}${unit === undefined ? '' : ` in ${unit}`}${logTarget ? ', its logarithm' : ''}`],
    ...telescopeTypes.flatMap(({ type, roles, details: more }): [string, string][] => [
      [type, settings({ ...more, cross_validation: null, cross_validation_by_energy: null })],
      ...Array.from(roles, ([role, { className, parameters }]): [string, string] => [
        `${type}${role === 'model' ? '' : `, ${role}`}`,
        `${className}: ${settings(parameters)}`,
      ]),
    ]),
    ['features', features.join(', ')],
    ...generatedFeatures.map(([name, expression]): [string, string] => [`feature ${name}`, expression]),
    ...qualityCriteria.map(([name, expression]): [string, string] => [`criterion ${name}`, expression]),
    ['stereo combiner', `${combiner.className}: ${settings(combiner.traits)}`],
    ...Object.entries((details['training'] ?? {}) as Readonly<Record<string, Json>>).map(
      ([name, value]): [string, string] => [name.replaceAll('_', ' '), valueText(value)],
    ),
  ];
  const cells = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table class="text"><tbody>${cells.join('\n')}</tbody></table>`;
}

function settings(values: Readonly<Record<string, Json>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
}

/** A value in words: `gamma.h5 (bytes 2930728)`, `0.1 to 22.5`. */
function valueText(value: Json): string {
  if (value === null) return 'none';
  if (typeof value === 'number') return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
  if (Array.isArray(value)) {
    const isRange = value.length === 2 && value.every((each) => typeof each === 'number');
    return value.map(valueText).join(isRange ? ' to ' : ', ');
  }
  if (typeof value !== 'object') return String(value);
  const { name, ...others } = value as Readonly<Record<string, Json>>;
  return name === undefined ? settings(others) : `${valueText(name)} (${settings(others)})`;
}

/** A table whose rows have a header; bodies are separated by lines. */
function table(head: readonly string[], bodies: readonly (readonly (readonly string[])[])[]): string {
  const headers = head.map((each) => (each === '' ? '<td></td>' : `<th scope="col">${escapeHtml(each)}</th>`));
  const body = bodies
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const lines = rows.map(([first, ...others]) => {
        const cells = others.map((each) => `<td>${escapeHtml(each)}</td>`);
        return `<tr><th scope="row">${escapeHtml(first)}</th>${cells.join('')}</tr>`;
      });
      return `<tbody>${lines.join('\n')}</tbody>`;
    });
  const label = escapeHtml(head.filter(Boolean).join(', '));
  return `<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${headers.join('')}</tr></thead>${body.join('\n')}</table></div>`;
}

function foldText(metrics: FoldMetrics, name: string): string {
  if (!(name in metrics)) return '';
  const { mean, standard_deviation: spread } = metrics[name];
  return `${number(mean)} ± ${number(spread)}`;
}

function number(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(3).replace('-', '−');
}

function short(energy: number): string {
  return String(Number(energy.toPrecision(3)));
}
