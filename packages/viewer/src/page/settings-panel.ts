import type { Json } from '@cherenkit/core';
import type { ComponentSettings, Config, TraitSetting } from '../protocol.js';
import { fileConfig, withTrait, yamlOf } from './config-text.js';
import { byId, make } from './make-element.js';
import type { PageActions, PageModel, PageView } from './page-model.js';

/** Kinds of components whose settings are shown, with their headings. */
const SECTIONS: readonly (readonly [heading: string, kinds: readonly string[]])[] = [
  ['Cleaning', ['ImageCleaner']],
  ['Quality cuts', ['StereoQualityQuery', 'ImageQualityQuery', 'QualityQuery']],
  ['Charge extraction', ['ImageExtractor']],
  ['Reconstruction', ['Reconstructor']],
];

/** Traits that choose the components of a section. */
const CHOOSERS: Readonly<Record<string, readonly [component: string, trait: string, label: string]>> = {
  Cleaning: ['ImageProcessor', 'image_cleaner_type', 'cleaner'],
  'Charge extraction': ['CameraCalibrator', 'image_extractor_type', 'extractor'],
  Reconstruction: ['ShowerProcessor', 'reconstructor_types', 'reconstructor'],
};

const NUMBER = /^(.*?)(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/;

/** The settings of cleaning, quality cuts and reconstruction, as controls and as YAML. */
export class SettingsPanel implements PageView {
  readonly #controls = byId('controls');
  readonly #yaml = byId<HTMLTextAreaElement>('yaml');
  readonly #problems = byId('problems');
  readonly #reset = byId<HTMLButtonElement>('reset-settings');
  #config: Config = {};
  /** What the controls were made for. */
  #shape = '';
  #updates: ((components: readonly ComponentSettings[]) => void)[] = [];

  constructor(private readonly actions: PageActions) {
    this.#reset.addEventListener('click', () => actions.update({ config: {}, without: [] }));
    this.#yaml.addEventListener('change', () => actions.readConfig(this.#yaml.value, 'settings.yaml'));
    byId('copy-yaml').addEventListener('click', ({ currentTarget }) => {
      void navigator.clipboard?.writeText(this.#yaml.value).then(() => flash(currentTarget as HTMLElement, 'Copied'));
      this.#yaml.select();
    });
  }

  inputs({ state, configured, subarray }: PageModel): readonly unknown[] {
    return [state.config, state.without, configured, subarray];
  }

  show({ state, configured, subarray }: PageModel): void {
    this.#config = state.config;
    this.#reset.disabled = Object.keys(state.config).length === 0 && state.without.length === 0;
    const problems = configured?.problems ?? [];
    this.#problems.hidden = problems.length === 0;
    if (this.#problems.textContent !== problems.join('\n')) this.#problems.textContent = problems.join('\n');
    if (document.activeElement !== this.#yaml && problems.length === 0)
      this.#yaml.value = yamlOf(fileConfig(state, subarray?.telIds ?? []));
    const components = configured?.components;
    if (!components) return;
    const all = flatten(components);
    const shape = JSON.stringify(
      all.map(({ name, settings }) => [name, settings.map(({ name: trait, value }) => [trait, shapeOf(value)])]),
    );
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#updates = [];
      this.#controls.replaceChildren(...this.#sections(all));
    }
    for (const update of this.#updates) update(all);
  }

  #sections(all: readonly ComponentSettings[]): HTMLElement[] {
    return SECTIONS.flatMap(([heading, kinds]) => {
      const components = kinds.flatMap((wanted) => all.filter(({ kind, name }) => kind === wanted || name === wanted));
      const rows: HTMLElement[] = [];
      const [owner, trait, label] = CHOOSERS[heading] ?? [];
      const chooser = all.find(({ name }) => name === owner)?.settings.find(({ name }) => name === trait);
      if (owner !== undefined && chooser && label !== undefined) rows.push(this.#chooser(owner, chooser, label));
      const seen = new Set<string>();
      for (const component of components) {
        if (seen.has(component.name)) continue;
        seen.add(component.name);
        for (const setting of component.settings) rows.push(...this.#rowsOf(component.name, setting));
      }
      if (rows.length === 0) return [];
      const isOpen = heading !== 'Charge extraction';
      const summary = make('summary', {}, [heading]);
      return [make('details', { open: isOpen, className: 'settings-group' }, [summary, ...rows])];
    });
  }

  #rowsOf(component: string, setting: TraitSetting): HTMLElement[] {
    const { type } = setting.declaration;
    if (setting.name === 'quality_criteria' && Array.isArray(setting.value)) {
      return setting.value.flatMap((_, i) => this.#criterion(component, setting.name, i, setting.value));
    }
    if (type === 'number' || type === 'integer') return [this.#slider(component, setting)];
    if (type === 'boolean') return [this.#checkbox(component, setting)];
    if (type === 'choice') return [this.#select(component, setting, setting.declaration.choices)];
    return [];
  }

  #chooser(component: string, setting: TraitSetting, label: string): HTMLElement {
    return this.#select(component, setting, setting.choices ?? [], label);
  }

  #select(
    component: string,
    setting: TraitSetting,
    choices: readonly string[],
    label = words(setting.name),
  ): HTMLElement {
    const select = make('select', { title: setting.declaration.help ?? '' });
    const isList = setting.declaration.type === 'list';
    this.#updates.push((all) => {
      const value = settingOf(all, component, setting.name)?.value ?? null;
      const chosen = Array.isArray(value) && isList ? (value as readonly Json[]) : [value];
      const text = chosen.every((each) => typeof each === 'string') ? chosen.join(', ') : 'by telescope';
      const options = choices.includes(text) ? choices : [...choices, text];
      if (options.join() !== Array.from(select.options, (each) => each.value).join()) {
        select.replaceChildren(...options.map((each) => make('option', { value: each, textContent: each })));
      }
      select.value = text;
    });
    select.addEventListener('change', () => {
      if (choices.includes(select.value)) this.#set(component, setting, isList ? [select.value] : select.value);
    });
    return make('label', { className: 'row' }, [make('span', { textContent: label }), select]);
  }

  #checkbox(component: string, setting: TraitSetting): HTMLElement {
    const input = make('input', { type: 'checkbox', title: setting.declaration.help ?? '' });
    this.#updates.push((all) => {
      const { value, isSet } = settingOf(all, component, setting.name) ?? setting;
      input.checked = value === true;
      input.indeterminate = typeof value !== 'boolean';
      input.closest('.row')?.classList.toggle('is-set', isSet);
    });
    input.addEventListener('change', () => this.#set(component, setting, input.checked));
    return make('label', { className: 'row is-check' }, [input, make('span', { textContent: words(setting.name) })]);
  }

  #slider(component: string, setting: TraitSetting): HTMLElement {
    const { unit = '', help = '' } = setting.declaration;
    const { low, high, step } = rangeOf(setting);
    const name = words(setting.name.replace(/_(pe|ns)$/, ''));
    const slider = make('input', {
      type: 'range',
      min: low,
      max: high,
      step,
      title: help,
      'aria-label': `${component} ${name}`,
    });
    const number = make('input', {
      type: 'number',
      step,
      title: help,
      'aria-label': `${component} ${name}, value`,
      className: 'value',
    });
    this.#updates.push((all) => {
      const { value, isSet } = settingOf(all, component, setting.name) ?? setting;
      const isNumber = typeof value === 'number';
      if (isNumber && document.activeElement !== slider) slider.value = String(value);
      if (document.activeElement !== number) number.value = isNumber ? String(value) : '';
      number.placeholder = value === null ? 'none' : 'rules';
      slider.closest('.row')?.classList.toggle('is-set', isSet);
    });
    slider.addEventListener('input', () => {
      number.value = slider.value;
      this.#set(component, setting, Number(slider.value));
    });
    number.addEventListener('change', () => {
      if (number.value !== '') this.#set(component, setting, Number(number.value));
      else this.#set(component, setting, undefined);
    });
    const label = make('span', { className: 'slider-label', title: help }, [
      name,
      make('small', { textContent: unit === 'pe' ? 'p.e.' : unit }),
    ]);
    return make('div', { className: 'row is-slider' }, [label, number, slider]);
  }

  /** A slider for the number of a criterion such as `parameters.hillas.intensity > 50`. */
  #criterion(component: string, trait: string, index: number, criteria: Json): HTMLElement[] {
    const [, expression] = pairAt(criteria, index);
    const [, left, operator, text] = NUMBER.exec(expression) ?? [];
    if (left === undefined) return [];
    const start = Number(text);
    const high = start > 0 ? Math.max(10 * start, 1) : 1;
    const step =
      Number.isInteger(start) && start > 0 ? Math.max(1, 10 ** Math.floor(Math.log10(start)) / 10) : high / 100;
    const label = `${left
      .trim()
      .replace(/^parameters\./, '')
      .replace(/\.value$/, '')} ${operator}`;
    const options = { min: '0', max: String(high), step: String(step) };
    const slider = make('input', { type: 'range', ...options, 'aria-label': `${component} ${label}` });
    const number = make('input', {
      type: 'number',
      className: 'value',
      step: String(step),
      'aria-label': `${component} ${label}, value`,
    });
    let latest = criteria;
    this.#updates.push((all) => {
      const setting = settingOf(all, component, trait);
      latest = setting?.value ?? criteria;
      const value = NUMBER.exec(pairAt(latest, index)[1])?.[3] ?? '';
      if (document.activeElement !== slider) slider.value = value;
      if (document.activeElement !== number) number.value = value;
      slider.closest('.row')?.classList.toggle('is-set', setting?.isSet === true);
    });
    const set = (value: string): void => {
      const changed = (latest as readonly Json[]).map((each, i) => {
        const [name, old] = pairAt(latest, i);
        return i === index ? [name, old.replace(NUMBER, `$1$2 ${value}`)] : each;
      });
      latest = changed;
      this.actions.update({ config: withTrait(this.#config, component, trait, changed) });
    };
    slider.addEventListener('input', () => {
      number.value = slider.value;
      set(slider.value);
    });
    number.addEventListener('change', () => number.value !== '' && set(number.value));
    const text2 = make('span', { className: 'slider-label', title: expression }, [label]);
    return [make('div', { className: 'row is-slider' }, [text2, number, slider])];
  }

  #set(component: string, { name, declaration }: TraitSetting, value: Json | undefined): void {
    const isDefault = JSON.stringify(value) === JSON.stringify(declaration.default);
    const config = withTrait(this.#config, component, name, isDefault ? undefined : value);
    this.#config = config;
    this.actions.update({ config });
  }
}

function pairAt(criteria: Json, index: number): readonly [name: string, expression: string] {
  const pair = Array.isArray(criteria) ? (criteria as readonly Json[])[index] : undefined;
  return Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ['', ''];
}

function flatten(components: readonly ComponentSettings[]): ComponentSettings[] {
  return components.flatMap((each) => [each, ...flatten(each.children)]);
}

function settingOf(all: readonly ComponentSettings[], component: string, trait: string): TraitSetting | undefined {
  return all.find(({ name }) => name === component)?.settings.find(({ name }) => name === trait);
}

/** Values of the same shape are shown by the same controls. */
function shapeOf(value: Json): unknown {
  if (Array.isArray(value)) return value.map((each: Json) => (Array.isArray(each) ? String(each[0]) : each));
  return typeof value;
}

function rangeOf({ declaration, value }: TraitSetting): { low: string; high: string; step: string } {
  const { type } = declaration;
  const { minimum, maximum } = declaration as { minimum?: number; maximum?: number };
  const basis = typeof declaration.default === 'number' ? declaration.default : typeof value === 'number' ? value : 1;
  const high = maximum ?? (type === 'integer' ? Math.max(5, 3 * basis) : basis > 0 ? 3 * basis : 10);
  const low = minimum ?? Math.min(0, 3 * basis);
  const step = type === 'integer' ? 1 : 10 ** Math.floor(Math.log10((high - low) / 50));
  return { low: String(low), high: String(high), step: String(step) };
}

function words(name: string): string {
  return name.replaceAll('_', ' ');
}

/** Shows a word in place of that of a button for a moment. */
function flash(button: HTMLElement, text: string): void {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => (button.textContent = before), 1200);
}
