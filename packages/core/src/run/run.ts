import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/errors';
import type { ByteSource } from '@cherenkit/io';
import { describeValue } from '../event/check-array.js';
import { isContainer } from '../event/clone-container.js';
import type { ArrayEvent } from '../event/index.js';
import { namedError, nameErrors } from '../framework/component/event-failures.js';
import type { CommandDeclaration } from '../framework/component/command-declaration.js';
import type { Component, ComponentKind, Json, ServiceToken } from '../framework/component/index.js';
import { checkConfiguration, planBelowRoot } from '../framework/composition/check-configuration.js';
import { Composition, type CheckedConfiguration } from '../framework/composition/composition.js';
import { provide, type ProvidedService } from '../framework/composition/service-container.js';
import { objectLayer, urlLayer, type ConfigLayer, type Problem } from '../framework/configuration/index.js';
import type { PlannedComponent } from '../framework/configuration/plan/component-plan.js';
import type { ResolvedComponent } from '../framework/configuration/plan/resolve-for-array.js';
import type { PluginRegistry } from '../framework/plugin/index.js';
import type { AtmosphereDensityProfile, SubarrayDescription } from '../instrument/index.js';
import { FileDisplay, TABLE_EXPORTERS, type DisplayedFile } from '../output/index.js';
import { EVENT_SOURCE_OPENER, EventSource } from '../source/index.js';
import { expressionExamples } from './expression-examples.js';
import { sourceOpener } from './source-opener.js';
import { tableExporters } from './table-exporters.js';
import { fileDisplayOf, openInput, sourceOfScheme } from './open-input.js';
import { TOOL_RUNS } from './tool-runs.js';
import { Tool } from './tool.js';

/**
 * The settings of a run as plain data, which can be sent to a worker or to another machine.
 *
 * Plugins are not part of it: see {@link RunEnvironment}.
 */
export interface RunSettings {
  /** Layers of the configuration; later ones take precedence. */
  readonly layers?: readonly ConfigLayer[];
  /** Class of the tool, the root of the configuration; undefined for components alone. */
  readonly tool?: string | undefined;
  /** Components to create directly below the tool. Default: all that it declares. */
  readonly components?: readonly string[] | undefined;
  /** Range of events to process, in the order of the source: from `first`, counted from 0, up to `end`, exclusive. */
  readonly events?: readonly [first: number, end: number] | undefined;
  /** Makes patterns that match no telescope errors instead of warnings. */
  readonly strictPatterns?: boolean | undefined;
  /** Ends the run at the first component failure. */
  readonly failFast?: boolean | undefined;
  /** Reports components that change what is not their own as failures. Slow. */
  readonly checkPlugins?: boolean | undefined;
}

/** The environment of a run: plugins and services of the program. */
export interface RunEnvironment {
  readonly plugins: PluginRegistry;
  /** Replacements of services: LOGGER, PROVENANCE, ... */
  readonly services?: readonly ProvidedService[];
}

/**
 * A run, from configuration to components: `Run.prepare` checks the configuration, `open` opens the input and checks the
 * configuration against its subarray, `create` creates components. Disposing it closes the input and disposes all services.
 *
 * @example
 * ```ts
 * await using run = await Run.prepare({ layers: [objectLayer(config)], tool: 'ProcessorTool' }, { plugins });
 * await run.open();
 * const calibrator = run.create(CameraCalibrator, 'CameraCalibrator');
 * for await (const event of run.events()) calibrator.calibrate(event);
 * ```
 */
export class Run implements AsyncDisposable {
  #input: ByteSource | undefined;
  #source: EventSource | undefined;
  #subarray: SubarrayDescription | undefined;

  private constructor(
    /** Settings passed to `prepare`, with the query of the input URL as an additional layer. */
    readonly settings: RunSettings,
    readonly plugins: PluginRegistry,
    private readonly composition: Composition,
  ) {}

  /**
   * Runs the static check of a configuration and plans the components, without opening the input or importing plugins.
   *
   * The query of an input URL, `toymodel:?array=south`, becomes a layer that overrides files and is overridden by the
   * command line.
   *
   * @throws ConfigurationError listing the errors of all layers; CherenkitError COMMAND_UNKNOWN for an unknown tool
   */
  static async prepare(settings: RunSettings, { plugins, services = [] }: RunEnvironment): Promise<Run> {
    if (settings.tool !== undefined && plugins.catalog.idOf(settings.tool) === undefined) {
      const hint = didYouMean(settings.tool, plugins.catalog.idsOfKind('Tool')) || '.';
      throw new CherenkitError('COMMAND_UNKNOWN', ExitCode.USAGE, `There is no tool ${settings.tool}${hint}`);
    }
    const opener = provide(
      EVENT_SOURCE_OPENER,
      sourceOpener(plugins, (...run) => Run.prepare(...run)),
    );
    const toolRuns = provide(TOOL_RUNS, {
      prepare: (tool, more = []) => {
        // Options are those of this tool.
        const given = (settings.layers ?? []).filter(({ overrides }) => !overrides || tool === settings.tool);
        return Run.prepare({ layers: [...given, ...more], tool }, { plugins });
      },
    });
    const exporters = tableExporters(plugins, () => composition);
    // A script that creates some of the components may have a configuration of all.
    const refuseUnused = settings.tool !== undefined && settings.components === undefined;
    const options = {
      ...settings,
      root: settings.tool,
      plugins,
      services: [opener, toolRuns, provide(TABLE_EXPORTERS, exporters), ...services],
      refuseUnused,
      expressionExamples: expressionExamples(),
    };
    let checked = await checkConfiguration(options);
    let { layers = [] } = settings;
    const ofInput = inputLayers(checked);
    if (ofInput.length > 0) {
      layers = insertBelowOverrides(layers, ofInput);
      checked = await checkConfiguration({ ...options, layers });
    }
    const composition = new Composition(checked);
    return new Run({ ...settings, layers }, plugins, composition);
  }

  /** Warnings of all checks so far. They have been logged as well. */
  get warnings(): readonly Problem[] {
    return this.composition.warnings;
  }

  /** Names of the sections in files that the run does not use, of other tools. */
  get unusedSections(): readonly string[] {
    return this.composition.checked.unusedSections;
  }

  /** The components of the run, without the event source. */
  get plan(): PlannedComponent {
    return this.composition.plan;
  }

  /** The plan of the event source; undefined before `open`. */
  get sourcePlan(): PlannedComponent | undefined {
    return this.composition.chosenPlans.find(({ id }) => this.plugins.catalog.isOfKind(id, 'EventSource'));
  }

  /** Plans a component directly below the tool, whether or not the run uses it. */
  planBelowTool(name: string): PlannedComponent {
    return planBelowRoot(this.composition.checked, name);
  }

  /** Returns the trait values of a planned component, once the subarray is known. */
  resolvedValues(planned: PlannedComponent): ResolvedComponent | undefined {
    return this.composition.resolvedValues(planned);
  }

  /** The configured input; undefined if there is none. */
  get inputUrl(): string | undefined {
    return configuredUrl(this.composition.checked);
  }

  /** All trait values of the run, including defaults, structured like a configuration file. */
  get configuration(): Json {
    return this.composition.configuration;
  }

  /**
   * Opens the input, checks the configuration against its subarray, and imports the plugins of the run.
   *
   * @param input - replaces the input of the configuration, for example by a file chosen in a web page; the run disposes it
   * @throws CherenkitError INPUT_NOT_NAMED and those of the input; ConfigurationError listing all mismatches with the subarray
   */
  async open(input?: ByteSource): Promise<EventSource> {
    const { checked } = this.composition;
    const url = input ? input.name : configuredUrl(checked);
    if (url === undefined) throw inputNotNamed(checked);
    this.#input = input;
    const { sourceName, bytes } = await openInput(input ?? url, this.plugins, chosenSource(checked));
    this.#input = bytes;
    return this.openAs(sourceName, bytes);
  }

  /** Opens an input with an event source of the given class, without detection of its format. */
  async openAs(sourceName: string, bytes?: ByteSource): Promise<EventSource> {
    this.#input = bytes;
    const source = await this.createSource(sourceName);
    await nameErrors(source, () => source.open(bytes));
    if (this.settings.events) source.selectEvents?.(...this.settings.events);
    await this.#setSubarray(
      source.run.subarray,
      source.traits.allowedTels !== undefined,
      source.run.atmosphereDensityProfile,
    );
    await nameErrors(source, async () => source.prepare?.());
    return source;
  }

  /** Creates an event source, without opening it. */
  async createSource(name: string): Promise<EventSource> {
    this.#source = await this.composition.createChosen(EventSource, name);
    return this.#source;
  }

  /**
   * Replaces `open` for events from elsewhere: prepares components for a subarray.
   *
   * @param atmosphere - that of the showers, for components that use it
   */
  async openFor(subarray: SubarrayDescription, atmosphere?: AtmosphereDensityProfile): Promise<void> {
    await this.#setSubarray(subarray, false, atmosphere);
  }

  /** Replaces `open` for a tool that reads no events. */
  async openWithoutArray(): Promise<void> {
    await this.composition.resolveWithoutSubarray();
  }

  /** Replaces `open` for a tool that serves a page, which reads the input: options of any event source are accepted. */
  async openForPage(): Promise<void> {
    const sources = this.plugins.catalog.idsOfKind('EventSource').map((id) => this.planBelowTool(id));
    await this.composition.resolveWithoutSubarray(sources);
  }

  /**
   * Replaces `open` for an input without events that a component draws.
   *
   * @returns undefined for other inputs, for which nothing is changed
   */
  async openDisplayedFile(): Promise<DisplayedFile | undefined> {
    const { checked } = this.composition;
    const path = configuredUrl(checked);
    const isChosen = chosenSource(checked) !== undefined;
    const name = path === undefined || isChosen ? undefined : await fileDisplayOf(path, this.plugins.catalog);
    if (path === undefined || name === undefined) return undefined;
    const display = await this.composition.createChosen(FileDisplay, name);
    // The input is an option of the event source.
    await this.composition.resolveWithoutSubarray([this.planBelowTool('EventSource')]);
    return { path, display };
  }

  /** The open event source. */
  get source(): EventSource {
    if (!this.#source) throw new Error('The input of the run has not been opened.');
    return this.#source;
  }

  /** The bytes of the input, to follow the progress; undefined for a URL without bytes. */
  get input(): ByteSource | undefined {
    return this.#input;
  }

  /** The subarray; undefined before `open`. */
  get subarray(): SubarrayDescription | undefined {
    return this.#subarray;
  }

  /** Creates the tool, or a component directly below it, after `open`. */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C {
    return this.composition.create(kind, name);
  }

  /**
   * Creates the tool, after `open`.
   *
   * @throws ConfigurationError for options of components that the tool does not need, or does not use for this input
   */
  createTool(name: string): Tool {
    const tool = this.create(Tool, name);
    // A tool of another copy of core may lack the method.
    this.composition.checkCreated((kind) => tool.reasonUnused?.(kind));
    const source = this.#source;
    if (source) this.composition.checkUsed((kind) => tool.reasonIdle?.(kind, source));
    return tool;
  }

  /** Returns the instance of a service; there is one per run. */
  service<T>(token: ServiceToken<T>): T {
    return this.composition.service(token);
  }

  /** Yields the events of the source, or those in the range of the settings. */
  async *events(): AsyncGenerator<ArrayEvent> {
    const { source } = this;
    const [first, end] = (!source.selectEvents && this.settings.events) || [0, Infinity];
    let index = 0;
    if (end <= first) return;
    try {
      for await (const event of source) {
        if (!isContainer(event)) throw namedError(source, `it yielded ${describeValue(event)}; expected an ArrayEvent`);
        if (index >= first) yield event;
        if (++index >= end) return;
      }
    } catch (error) {
      throw namedError(source, error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#source?.[Symbol.asyncDispose]();
    } finally {
      await this.#input?.[Symbol.asyncDispose]();
      await this.composition[Symbol.asyncDispose]();
    }
  }

  async #setSubarray(
    subarray: SubarrayDescription,
    isSelection: boolean,
    atmosphere: AtmosphereDensityProfile | undefined,
  ): Promise<void> {
    await this.composition.setSubarray(subarray, isSelection, atmosphere);
    this.#subarray = subarray;
  }
}

/** Returns the configured input, set for all event sources or for one of them. */
function configuredUrl(checked: CheckedConfiguration): string | undefined {
  for (const name of ['EventSource', ...checked.plugins.catalog.idsOfKind('EventSource')]) {
    const url = planBelowRoot(checked, name).settings.get('input_url')?.value;
    if (typeof url === 'string' && url !== '') return url;
  }
  return undefined;
}

/** The command of the tool. */
function commandOf({ plan, plugins }: CheckedConfiguration): CommandDeclaration | undefined {
  return plugins.catalog.find(plan.id)?.entry.command;
}

/** Returns the input that a trait of the tool, or of one of its children, names, see `CommandDeclaration.input`. */
function inputOfTool(checked: CheckedConfiguration): string | undefined {
  const [component = '', name = ''] = commandOf(checked)?.input?.split('.') ?? [];
  const child = checked.plan.children.get(checked.plugins.catalog.idOf(component) ?? '');
  const url = (child ?? checked.plan).settings.get(name)?.value;
  return typeof url === 'string' && url !== '' ? url : undefined;
}

/** Returns the configured event source; undefined to choose it by the input. */
function chosenSource({ plan }: CheckedConfiguration): string | undefined {
  const chosen = plan.settings.get('event_source_type')?.value;
  return typeof chosen === 'string' ? chosen : undefined;
}

/** Returns the configuration that follows from the input: its name, if a trait of the tool has it, and the options in its URL. */
function inputLayers(checked: CheckedConfiguration): ConfigLayer[] {
  const ofSource = configuredUrl(checked);
  const url = ofSource ?? inputOfTool(checked);
  if (url === undefined) return [];
  const name =
    ofSource === undefined ? objectLayer({ EventSource: { inputUrl: url } }, 'input of the tool') : undefined;
  const options = urlLayer(url, sourceOfScheme(url, checked.plugins.catalog, chosenSource(checked)));
  return [name, options].filter((layer) => layer !== undefined);
}

function insertBelowOverrides(layers: readonly ConfigLayer[], added: readonly ConfigLayer[]): ConfigLayer[] {
  const overriding = layers.filter(({ overrides }) => overrides);
  return [...layers.filter(({ overrides }) => !overrides), ...added, ...overriding];
}

function inputNotNamed(checked: CheckedConfiguration): CherenkitError {
  const { input: trait = 'EventSource.input_url', flags = {} } = commandOf(checked) ?? {};
  const flag = Object.keys(flags).find((name) => flags[name]?.trait === trait) ?? 'input';
  const inScripts = trait.startsWith('EventSource.') ? ' (in scripts, inputUrl)' : '';
  const message = `No input: give --${flag} FILE, or set ${trait}${inScripts}.`;
  return new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
}
