import { nameSome } from '@cherenkit/errors';
import { isStored, showConfiguration, type ShowOptions, type YamlSection } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, type Run } from '@cherenkit/core';
import { resolvedArray } from './dry-run.js';

/**
 * Returns the configuration of a run, with defaults and the origin of each value, for writing as YAML.
 *
 * @param telId - show the values of this telescope only; undefined for all telescopes
 * @param version - version of cherenkit, for the comment at the top
 * @throws CherenkitError TELESCOPE_ID_UNKNOWN
 */
export function showRunConfiguration(run: Run, telId: number | undefined, version: string): YamlSection {
  const array = resolvedArray(run);
  if (telId !== undefined && array && !array.subarray.telIds.includes(telId)) {
    const message = `The input has no telescope ${telId}; expected one of ${nameSome(array.subarray.telIds)}.`;
    throw new CherenkitError('TELESCOPE_ID_UNKNOWN', ExitCode.USAGE, message);
  }
  const options: ShowOptions = { array, telId };
  const { values, sections } = showConfiguration(run.plan, options);
  // Components are not nested in the section of the tool: nested sections would take precedence over later files.
  const tool: [string, YamlSection] = [run.plan.id, { values, sections: [] }];
  const comment = [
    `Configuration of cherenkit ${version}. A comment gives the origin of a value; values without one are defaults.`,
    ...describeStored(run),
    ...describeTelescopes(run, telId),
  ];
  const { catalog } = run.plugins;
  // Keyed by base class, so that sections of subclasses in later files take precedence.
  const below = sections.map(([id, section]): [string, YamlSection] => [catalog.baseOfKind(id), section]);
  const [first, ...others] = [tool, ...sourceSections(run, options), ...below];
  const commented: YamlSection['sections'] = first ? [[first[0], { ...first[1], comment }], ...others] : [];
  return { values: [], sections: commented };
}

/** Sections of the event source. Without an input its class is unknown: all configured values of all classes are shown. */
function sourceSections(run: Run, options: ShowOptions): YamlSection['sections'] {
  if (run.sourcePlan) return [['EventSource', showConfiguration(run.sourcePlan, options)]];
  const base = showConfiguration(run.planBelowTool('EventSource'));
  const special = run.plugins.catalog.idsOfKind('EventSource').map((id): [string, YamlSection] => {
    const { values, sections } = showConfiguration(run.planBelowTool(id), { configuredOnly: true });
    const inBase = (key: string, note: string | undefined): boolean =>
      base.values.some((value) => value.key === key && value.note === note);
    return [id, { values: values.filter(({ key, note }) => !inBase(key, note)), sections }];
  });
  const configured = special.filter(([, { values, sections }]) => values.length + sections.length > 0);
  // Defaults are shown once, and an empty input is none.
  const set = new Set(configured.flatMap(([, { values }]) => values.map(({ key }) => key)));
  const values = base.values.filter(({ key, value, note }) => note !== undefined || (!set.has(key) && value !== ''));
  return values.length > 0 ? [['EventSource', { ...base, values }], ...configured] : configured;
}

/** Names the output files whose stored configurations are used. */
function describeStored({ settings: { layers = [] } }: Run): string[] {
  return layers
    .filter(isStored)
    .map(({ name }) => `${name} stores the values of the run that wrote it, including defaults of that version.`);
}

function describeTelescopes({ subarray }: Run, telId: number | undefined): string[] {
  if (!subarray) return [];
  const telIds = telId === undefined ? subarray.telIds : [telId];
  return telIds.map((each) => `telescope ${each}: ${subarray.typeOf(each)}`);
}
