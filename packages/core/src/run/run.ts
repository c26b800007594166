import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { ByteSource } from '@cherenkit/io';
import type { ArrayEvent } from '../event/index.js';
import type { Component, ComponentKind, Json, ServiceToken } from '../framework/component/index.js';
import {
  checkConfiguration,
  Composition,
  planBelowRoot,
  provide,
  type CheckedConfiguration,
  type ProvidedService,
} from '../framework/composition/index.js';
import {
  urlLayer,
  type ConfigLayer,
  type PlannedComponent,
  type Problem,
  type ResolvedComponent,
} from '../framework/configuration/index.js';
import type { PluginRegistry } from '../framework/plugin/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import { EVENT_SOURCE_OPENER, EventSource } from '../source/index.js';
import { sourceOpener } from './source-opener.js';
import { openInput, sourceOfScheme } from './open-input.js';

/**
 * A run as plain data: it can be sent to a worker or to another machine, which makes the same run of it.
 *
 * Plugins are described by whoever finds them; see `PluginRegistry`.
 */
export interface RunSettings {
  /** In order; the later one wins. */
  readonly layers?: readonly ConfigLayer[];
  /** The tool at the top of the configuration; undefined for components alone. */
  readonly tool?: string | undefined;
  /** The components right below the tool that will be created; by default all that it declares. */
  readonly components?: readonly string[] | undefined;
  /** The events to process, counted from 0 in the order of the source: from the first to before the last. */
  readonly events?: readonly [first: number, end: number] | undefined;
  /** Patterns that match no telescope are errors. */
  readonly strictPatterns?: boolean | undefined;
  /** The first event for which a component fails ends the run. */
  readonly failFast?: boolean | undefined;
}

/** What a run uses of the program around it. */
export interface RunEnvironment {
  readonly plugins: PluginRegistry;
  /** Take the place of the services of these tokens: LOGGER, PROVENANCE, ... */
  readonly services?: readonly ProvidedService[];
}

/**
 * One run, from layers of configuration to components: `Run.prepare` checks the configuration, `open` opens the input and
 * checks against its array, `create` makes components. Disposing it closes the input and disposes all services.
 *
 * ```ts
 * await using run = await Run.prepare({ layers, tool: 'ProcessorTool' }, { plugins });
 * const source = await run.open();
 * const calibrator = run.create(CameraCalibrator, 'CameraCalibrator');
 * for await (const event of run.events()) calibrator.calibrate(event);
 * ```
 */
export class Run implements AsyncDisposable {
  #input: ByteSource | undefined;
  #source: EventSource | undefined;
  #subarray: SubarrayDescription | undefined;

  private constructor(
    /** As given, with the options of the input's URL as a layer. */
    readonly settings: RunSettings,
    readonly plugins: PluginRegistry,
    private readonly composition: Composition,
  ) {}

  /**
   * Checks a configuration and plans the components: no input is touched and no plugin imported. What is left of a dry run.
   *
   * The options of an input URL, `toymodel:?array=south`, are a layer like any other: they win over files, and the
   * command line wins over them.
   *
   * @throws ConfigurationError with all mistakes of all layers
   */
  static async prepare(settings: RunSettings, { plugins, services = [] }: RunEnvironment): Promise<Run> {
    const opener = provide(
      EVENT_SOURCE_OPENER,
      sourceOpener(plugins, (...run) => Run.prepare(...run)),
    );
    const options = { ...settings, root: settings.tool, plugins, services: [opener, ...services] };
    let checked = await checkConfiguration(options);
    let { layers = [] } = settings;
    const url = configuredUrl(checked);
    const query =
      url === undefined ? undefined : urlLayer(url, sourceOfScheme(url, plugins.catalog, chosenSource(checked)));
    if (query) {
      layers = insertBelowOverrides(layers, query);
      checked = await checkConfiguration({ ...options, layers });
    }
    return new Run({ ...settings, layers }, plugins, new Composition(checked));
  }

  /** What the checks found that may not be meant; it was logged as well. */
  get warnings(): readonly Problem[] {
    return this.composition.warnings;
  }

  /** The components of the run below the tool, without the event source. */
  get plan(): PlannedComponent {
    return this.composition.plan;
  }

  /** The plan of the event source; undefined before `open`. */
  get sourcePlan(): PlannedComponent | undefined {
    return this.composition.sourcePlans[0];
  }

  /** The plan of a class right below the tool, whether or not the run has such a component. */
  planBelowTool(name: string): PlannedComponent {
    return planBelowRoot(this.composition.checked, name);
  }

  /** The values of a planned component, once the array is known. */
  resolvedValues(planned: PlannedComponent): ResolvedComponent | undefined {
    return this.composition.resolvedValues(planned);
  }

  /** All values of the run, defaults included, as a configuration file would have them. */
  get configuration(): Json {
    return this.composition.configuration;
  }

  /**
   * Opens the input, checks the configuration against its array, and imports the plugins that the run needs.
   *
   * @param given - bytes instead of the input that the configuration names, such as a file that was chosen in a page; the
   *   run disposes them
   * @throws CherenkitError INPUT_NOT_NAMED and those of the input; ConfigurationError for what does not fit the array
   */
  async open(given?: ByteSource): Promise<EventSource> {
    const { checked } = this.composition;
    const url = given ? given.name : configuredUrl(checked);
    if (url === undefined) {
      const message = 'No input is named: give --input FILE or EventSource.input_url.';
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    this.#input = given;
    const { sourceName, bytes } = await openInput(given ?? url, this.plugins, chosenSource(checked));
    this.#input = bytes;
    return this.openAs(sourceName, bytes);
  }

  /** The same with an event source of this class, whatever its input looks like. */
  async openAs(sourceName: string, bytes?: ByteSource): Promise<EventSource> {
    this.#input = bytes;
    const source = await this.createSource(sourceName);
    await source.open(bytes);
    await this.#setSubarray(source.run.subarray);
    return source;
  }

  /** The event source of this class, without opening it. */
  async createSource(name: string): Promise<EventSource> {
    this.#source = await this.composition.createSource(EventSource, name);
    return this.#source;
  }

  /** In place of `open`: components for an array whose events come from elsewhere. */
  async openFor(subarray: SubarrayDescription): Promise<void> {
    await this.#setSubarray(subarray);
  }

  /** In place of `open`: for a tool that reads no events. */
  async openWithoutArray(): Promise<void> {
    await this.composition.resolveWithoutSubarray();
  }

  /** The open event source. */
  get source(): EventSource {
    if (!this.#source) throw new Error('The input of the run has not been opened.');
    return this.#source;
  }

  /** The bytes of the input, for the progress of reading; undefined where the URL names no bytes. */
  get input(): ByteSource | undefined {
    return this.#input;
  }

  /** The array; undefined before it is known. */
  get subarray(): SubarrayDescription | undefined {
    return this.#subarray;
  }

  /** The tool, or a component right below it; after `open`. */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C {
    return this.composition.create(kind, name);
  }

  /** The one instance of a service. */
  service<T>(token: ServiceToken<T>): T {
    return this.composition.service(token);
  }

  /** The events of the source that belong to the run. */
  async *events(): AsyncGenerator<ArrayEvent> {
    const [first, end] = this.settings.events ?? [0, Infinity];
    let index = 0;
    if (end <= first) return;
    for await (const event of this.source) {
      if (index >= first) yield event;
      if (++index >= end) return;
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

  async #setSubarray(subarray: SubarrayDescription): Promise<void> {
    await this.composition.setSubarray(subarray);
    this.#subarray = subarray;
  }
}

/** The input that the configuration names, for event sources or for one of them. */
function configuredUrl(checked: CheckedConfiguration): string | undefined {
  for (const name of ['EventSource', ...checked.plugins.catalog.idsOfKind('EventSource')]) {
    const url = planBelowRoot(checked, name).settings.get('input_url')?.value;
    if (typeof url === 'string' && url !== '') return url;
  }
  return undefined;
}

/** The event source that the tool is configured to use; undefined where the input decides. */
function chosenSource({ plan }: CheckedConfiguration): string | undefined {
  const chosen = plan.settings.get('event_source_type')?.value;
  return typeof chosen === 'string' ? chosen : undefined;
}

function insertBelowOverrides(layers: readonly ConfigLayer[], layer: ConfigLayer): ConfigLayer[] {
  const overriding = layers.filter(({ overrides }) => overrides);
  return [...layers.filter(({ overrides }) => !overrides), layer, ...overriding];
}
