import {
  compose,
  EventSource,
  optionLayer,
  type Composition,
  type ConfigLayer,
  type PlannedComponent,
  type PluginRegistry,
  type ResolvedArray,
  type SubarrayDescription,
  type TraitOption,
} from '@cherenkit/core';
import { fileLayer } from './configuration-layers.js';
import { openInput } from './open-input.js';
import { discoverPlugins, type PluginChoice } from './plugins/discover-plugins.js';

/** What is asked of a run that does not take place. */
export interface SurveyQuestion extends Pick<PluginChoice, 'plugins' | 'discovery'> {
  /** Configuration files, in order. */
  readonly files: readonly string[];
  readonly options: readonly TraitOption[];
  /** An input whose telescopes are of interest. */
  readonly input?: string | undefined;
}

/** The configuration of a run of the main program, up to where its first event would be read. */
export interface SurveyedRun {
  readonly layers: readonly ConfigLayer[];
  readonly registry: PluginRegistry;
  readonly composition: Composition;
  /** The event source, where there is an input. */
  readonly source: PlannedComponent | undefined;
  readonly array: (ResolvedArray & { readonly subarray: SubarrayDescription }) | undefined;
}

/**
 * Checks a configuration as a run would; with an input also against its telescopes.
 *
 * @throws ConfigurationError with all mistakes; CherenkitError for an input that cannot be read
 */
export async function surveyRun(question: SurveyQuestion): Promise<SurveyedRun> {
  const { files, input, plugins, discovery } = question;
  const fileLayers = await Promise.all(files.map(fileLayer));
  const named = input === undefined ? [] : [{ source: `--input ${input}`, key: 'EventSource.input_url', value: input }];
  const layers = [...fileLayers, optionLayer([...named, ...question.options])];
  const registry = discoverPlugins({ layers: fileLayers, plugins, discovery });
  const composition = await compose({ plugins: registry, layers, root: 'ProcessorTool' });
  if (input === undefined) return { layers, registry, composition, source: undefined, array: undefined };
  const { sourceName, bytes } = await openInput(input, registry, composition);
  await using source = await composition.createSource(EventSource, sourceName);
  await source.open(bytes);
  const { subarray } = source;
  await composition.setSubarray(subarray);
  const resolved: ResolvedArray['resolved'] = (planned) => composition.resolvedValues(planned);
  return { layers, registry, composition, source: composition.sourcePlans[0], array: { subarray, resolved } };
}
