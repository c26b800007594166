import {
  CherenkitError,
  ExitCode,
  showConfiguration,
  yamlText,
  type ShowOptions,
  type YamlSection,
} from '@cherenkit/core';
import type { SurveyedRun } from './survey-run.js';

/**
 * The values of a run as YAML.
 *
 * @param telId - the only telescope whose values are wanted
 * @param version - of cherenkit
 * @throws CherenkitError TELESCOPE_ID_UNKNOWN
 */
export function shownConfiguration(run: SurveyedRun, telId: number | undefined, version: string): string {
  const { array, composition } = run;
  if (telId !== undefined && array && !array.subarray.telIds.includes(telId)) {
    const message = `There is no telescope ${telId}; there are ${array.subarray.telIds.join(', ')}.`;
    throw new CherenkitError('TELESCOPE_ID_UNKNOWN', ExitCode.USAGE, message);
  }
  const options: ShowOptions = { array, telId };
  const { values, sections } = showConfiguration(composition.plan, options);
  // Not within the section of the tool: a file that is read after this one shall win over it.
  const tool: [string, YamlSection] = [composition.plan.id, { values, sections: [] }];
  const comment = [
    `The values of cherenkit ${version}, with the places they come from; the others are defaults.`,
    ...describeTelescopes(run, telId),
  ];
  const { catalog } = run.registry;
  // By its most general class, for the same reason.
  const below = sections.map(([id, section]): [string, YamlSection] => [catalog.lineage(id)[0] ?? id, section]);
  const [first, ...others] = [tool, ...sourceSections(run, options), ...below];
  const commented: YamlSection['sections'] = first ? [[first[0], { ...first[1], comment }], ...others] : [];
  return yamlText({ values: [], sections: commented });
}

/** Without an input nobody knows which event source it will be: what the configuration says to any of them. */
function sourceSections({ composition, registry, source }: SurveyedRun, options: ShowOptions): YamlSection['sections'] {
  if (source) return [['EventSource', showConfiguration(source, options)]];
  const base = showConfiguration(composition.planBelowRoot('EventSource'));
  const special = registry.catalog.idsOfKind('EventSource').map((id): [string, YamlSection] => {
    const { values, sections } = showConfiguration(composition.planBelowRoot(id), { configuredOnly: true });
    const inBase = (key: string, note: string | undefined): boolean =>
      base.values.some((value) => value.key === key && value.note === note);
    return [id, { values: values.filter(({ key, note }) => !inBase(key, note)), sections }];
  });
  return [['EventSource', base], ...special.filter(([, { values, sections }]) => values.length + sections.length > 0)];
}

function describeTelescopes({ array }: SurveyedRun, telId: number | undefined): string[] {
  if (!array) return [];
  const { subarray } = array;
  const telIds = telId === undefined ? subarray.telIds : [telId];
  return telIds.map((each) => `telescope ${each}: ${subarray.typeOf(each)}`);
}
