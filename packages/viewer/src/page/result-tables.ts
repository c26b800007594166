import { degrees } from '@cherenkit/kernels';
import type { ArrayEvent, ImageParametersContainer, Json, ReconstructedGeometryContainer } from '@cherenkit/core';
import type { EventResult } from '../protocol.js';
import { differingSettings } from './config-text.js';
import { byId, make } from './make-element.js';
import type { PageState } from './page-state.js';
import { focusedTelescope, type PageModel, type PageView } from './page-model.js';

type Settings = Pick<PageState, 'config' | 'without'>;

interface TableRow {
  readonly label: string;
  readonly title?: string;
  readonly values: readonly string[];
  readonly isDifferent?: boolean;
}

/** The parameters of one image, and the results of the event. */
export class ResultTables implements PageView {
  readonly #parameters = byId('parameters');
  readonly #results = byId('results');

  inputs({ viewed, state }: PageModel): readonly unknown[] {
    const { telId, other, config, without } = state;
    return [viewed, telId, other, ...(other ? [config, without] : [])];
  }

  show(model: PageModel): void {
    const telId = focusedTelescope(model);
    const { viewed, state } = model;
    if (!viewed) {
      this.#parameters.replaceChildren();
      this.#results.replaceChildren();
      return;
    }
    const { result, other } = viewed;
    const origin = result.origin === 'file' ? 'as stored in the file' : 'computed here';
    const settings = state.other ? [settingsTable(state, state.other)] : [];
    this.#results.replaceChildren(
      ...settings,
      tableOf(`Shower, ${origin}`, headings(other), showerRows(result, other)),
    );
    const parametersOf = (each: EventResult | undefined): ImageParametersContainer | undefined =>
      telId === undefined ? undefined : each?.event.dl1.tel.get(telId)?.parameters;
    const rows = parameterRows(parametersOf(result), other && parametersOf(other), other !== undefined);
    this.#parameters.replaceChildren(tableOf(`Image parameters of telescope ${telId ?? ''}`, headings(other), rows));
  }
}

function headings(other: EventResult | undefined): readonly string[] {
  return other ? ['', 'A', 'B'] : [];
}

function tableOf(caption: string, heads: readonly string[], rows: readonly TableRow[]): HTMLElement {
  const head =
    heads.length > 0
      ? [
          make('thead', {}, [
            make(
              'tr',
              {},
              heads.map((text) => (text === '' ? make('td') : make('th', { scope: 'col', textContent: text }))),
            ),
          ]),
        ]
      : [];
  const body = rows.map(({ label, title = '', values, isDifferent }) =>
    make('tr', { className: isDifferent ? 'is-different' : '' }, [
      make('th', { scope: 'row', textContent: label, title }),
      ...values.map((text) => make('td', { textContent: text })),
    ]),
  );
  return make('table', { className: 'values' }, [
    make('caption', { textContent: caption }),
    ...head,
    make('tbody', {}, body),
  ]);
}

function showerRows(result: EventResult, other: EventResult | undefined): TableRow[] {
  const results = other ? [result, other] : [result];
  const both = (label: string, valueOf: (each: EventResult) => string, title = ''): TableRow => {
    const values = results.map(valueOf);
    return { label, title, values, isDifferent: new Set(values).size > 1 };
  };
  const { simulation } = result.event;
  const names = [...new Set(results.flatMap(({ event }) => [...event.dl2.stereo.geometry.keys()]))];
  const found =
    (name: string) =>
    ({ event }: EventResult) =>
      event.dl2.stereo.geometry.get(name);
  const truth = simulation?.shower;
  const trueRows = truth
    ? [
        { label: 'true energy', values: results.map(() => `${Number(truth.energy.toPrecision(4))} TeV`) },
        { label: 'true alt, az', values: results.map(() => direction(truth)) },
        { label: 'true core', values: results.map(() => core(truth)) },
      ]
    : [];
  return [
    ...trueRows,
    ...names.flatMap((name) => {
      const geometry = found(name);
      const value =
        (text: (each: ReconstructedGeometryContainer) => string) =>
        (each: EventResult): string => {
          const own = geometry(each);
          return own?.isValid ? text(own) : '–';
        };
      return [
        both(name.replace(/Reconstructor$/, ''), (each) => statusOf(geometry(each)), name),
        both('alt, az', value(direction)),
        both('core', value(core)),
        both(
          'h max',
          value(({ hMax }) => `${(hMax / 1000).toFixed(2)} km`),
          'Height of the shower maximum above sea level',
        ),
        ...(truth
          ? [
              both(
                'θ',
                value((own) => `${degrees(separation(own, truth)).toFixed(4)}°`),
                'Angle to the true direction',
              ),
            ]
          : []),
        ...(truth
          ? [
              both(
                'core error',
                value((own) => `${Math.hypot(own.coreX - truth.coreX, own.coreY - truth.coreY).toFixed(1)} m`),
              ),
            ]
          : []),
      ];
    }),
    ...otherResults(result.event).map(({ label, text }) => ({ label, values: results.map(() => text) })),
    both('telescopes used', (each) => `${each.event.dl1.tel.size - each.unused.size} of ${each.event.dl1.tel.size}`),
    ...[...result.unused].map(([telId, reason]) => ({
      label: `tel ${telId} not used`,
      values: results.map((each) => each.unused.get(telId) ?? 'used'),
      title: reason,
    })),
  ];
}

function otherResults({ dl2 }: ArrayEvent): { label: string; text: string }[] {
  const energies = [...dl2.stereo.energy].map(([name, { energy, isValid }]) => ({
    label: name,
    text: isValid ? `${Number(energy.toPrecision(4))} TeV` : '–',
  }));
  const types = [...dl2.stereo.particleType].map(([name, { prediction, isValid }]) => ({
    label: name,
    text: isValid ? prediction.toFixed(3) : '–',
  }));
  return [...energies, ...types];
}

function statusOf(geometry: ReconstructedGeometryContainer | undefined): string {
  if (!geometry) return 'no result';
  return geometry.isValid ? 'valid' : `not valid: ${geometry.reason ?? 'no reason given'}`;
}

const direction = ({ alt, az }: { readonly alt: number; readonly az: number }): string =>
  `${degrees(alt).toFixed(3)}°, ${((degrees(az) + 360) % 360).toFixed(3)}°`;
const core = ({ coreX, coreY }: { readonly coreX: number; readonly coreY: number }): string =>
  `E ${(-coreY).toFixed(1)}, N ${coreX.toFixed(1)} m`;

function separation(a: { alt: number; az: number }, b: { alt: number; az: number }): number {
  const sine =
    Math.sin((a.alt - b.alt) / 2) ** 2 + Math.cos(a.alt) * Math.cos(b.alt) * Math.sin((a.az - b.az) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(sine)));
}

/** The settings that differ. */
function settingsTable(a: Settings, b: Settings): HTMLElement {
  const text = (value: Json | undefined): string => (value === undefined ? 'default' : JSON.stringify(value));
  const without = ({ without: telIds }: Settings): string => (telIds.length === 0 ? 'none' : telIds.join(', '));
  const rows = differingSettings(a.config, b.config).map(({ path, a: own, b: other }) => ({
    label: path.split('.').slice(-1)[0].replaceAll('_', ' '),
    title: path,
    values: [text(own), text(other)],
  }));
  if (without(a) !== without(b)) rows.push({ label: 'left out', title: '', values: [without(a), without(b)] });
  return tableOf(rows.length === 0 ? 'A and B have the same settings' : 'Settings', ['', 'A', 'B'], rows);
}

/** Groups of parameters in the order of the table. */
const GROUPS = [
  'hillas',
  'timing',
  'leakage',
  'concentration',
  'morphology',
  'intensityStatistics',
  'peakTimeStatistics',
  'core',
] as const;

function parameterRows(
  parameters: ImageParametersContainer | undefined,
  other: ImageParametersContainer | undefined,
  isCompared: boolean,
): TableRow[] {
  const any = parameters ?? other;
  if (!any) return [{ label: 'no parameters', values: [''] }];
  return GROUPS.flatMap((group) => {
    const container = any[group];
    return Object.entries(container.fields).flatMap(([name, { description, column }]): TableRow[] => {
      const unit = column && 'unit' in column ? column.unit : undefined;
      const textOf = (of: ImageParametersContainer | undefined): string => {
        const value = (of?.[group] as unknown as Record<string, unknown> | undefined)?.[name];
        return typeof value === 'number' ? numberText(value, unit) : '';
      };
      const values = isCompared ? [textOf(parameters), textOf(other)] : [textOf(parameters)];
      if (values.every((text) => text === '')) return [];
      const label = `${group === 'hillas' ? '' : `${GROUP_NAMES[group] ?? group} `}${snake(name)}`;
      return [{ label, title: description, values, isDifferent: new Set(values).size > 1 }];
    });
  });
}

const GROUP_NAMES: Readonly<Record<string, string>> = {
  intensityStatistics: 'intensity',
  peakTimeStatistics: 'peak time',
};

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ');
}

/** A value in the unit of files. */
function numberText(value: number, unit: string | undefined): string {
  if (!Number.isFinite(value)) return '–';
  const [shown, suffix] =
    unit === 'deg'
      ? [degrees(value), '°']
      : unit === 'deg**-1'
        ? [(value * Math.PI) / 180, ' /°']
        : [value, unit === undefined ? '' : ` ${unit}`];
  const text =
    Number.isInteger(shown) && Math.abs(shown) < 1e6 ? String(shown) : Number(shown.toPrecision(4)).toString();
  return `${text}${suffix}`;
}
