import { showConfiguration, type ShowOptions, type YamlSection } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, type Run } from '@cherenkit/core';
import { resolvedArray } from './dry-run.js';

/**
 * The values of a run, to be written as YAML.
 *
 * @param telId - the only telescope whose values are wanted
 * @param version - of cherenkit
 * @throws CherenkitError TELESCOPE_ID_UNKNOWN
 */
export function showRunConfiguration(run: Run, telId: number | undefined, version: string): YamlSection {
  const array = resolvedArray(run);
  if (telId !== undefined && array && !array.subarray.telIds.includes(telId)) {
    const message = `There is no telescope ${telId}; there are ${array.subarray.telIds.join(', ')}.`;
    throw new CherenkitError('TELESCOPE_ID_UNKNOWN', ExitCode.USAGE, message);
  }
  const options: ShowOptions = { array, telId };
  const { values, sections } = showConfiguration(run.plan, options);
  // Not within the section of the tool: a file that is read after this one shall win over it.
  const tool: [string, YamlSection] = [run.plan.id, { values, sections: [] }];
  const comment = [
    `The values of cherenkit ${version}, with the places they come from; the others are defaults.`,
    ...describeTelescopes(run, telId),
  ];
  const { catalog } = run.plugins;
  // By its most general class, for the same reason.
  const below = sections.map(([id, section]): [string, YamlSection] => [catalog.lineage(id)[0] ?? id, section]);
  const [first, ...others] = [tool, ...sourceSections(run, options), ...below];
  const commented: YamlSection['sections'] = first ? [[first[0], { ...first[1], comment }], ...others] : [];
  return { values: [], sections: commented };
}

/** Without an input the event source is unknown: what the configuration says to any of them. */
function sourceSections(run: Run, options: ShowOptions): YamlSection['sections'] {
  if (run.sourcePlan) return [['EventSource', showConfiguration(run.sourcePlan, options)]];
  const base = showConfiguration(run.planBelowTool('EventSource'));
  const special = run.plugins.catalog.idsOfKind('EventSource').map((id): [string, YamlSection] => {
    const { values, sections } = showConfiguration(run.planBelowTool(id), { configuredOnly: true });
    const inBase = (key: string, note: string | undefined): boolean =>
      base.values.some((value) => value.key === key && value.note === note);
    return [id, { values: values.filter(({ key, note }) => !inBase(key, note)), sections }];
  });
  return [['EventSource', base], ...special.filter(([, { values, sections }]) => values.length + sections.length > 0)];
}

function describeTelescopes({ subarray }: Run, telId: number | undefined): string[] {
  if (!subarray) return [];
  const telIds = telId === undefined ? subarray.telIds : [telId];
  return telIds.map((each) => `telescope ${each}: ${subarray.typeOf(each)}`);
}
