import { describeTrait, showConfiguration, type ComponentCatalog, type YamlSection } from '@cherenkit/core/internal';
import type { Run, PlannedComponent } from '@cherenkit/core';

/** File name of the JSON Schema that the configuration files refer to. */
export const SCHEMA_FILE = 'cherenkit.schema.json';

const MODELINE = `yaml-language-server: $schema=./${SCHEMA_FILE}`;

const HEADER = [
  MODELINE,
  '',
  'All components of cherenkit process with their default values. Values that you do not change may be omitted.',
  'Give this file first, and then one of the others, which select the data levels to write:',
  '',
  '  cherenkit process -i gamma.simtel.zst -o gamma.dl2.h5 -c base_config.yaml -c stage2_config.yaml',
  '',
  'A value "per telescope" is one value for all telescopes or a list of rules; the last matching rule applies:',
  '',
  '  picture_threshold_pe:',
  '    - [type, "*", 10] # all telescopes',
  '    - [type, "LST_*", 8.5] # telescope types that match a pattern, here LST_LST_LSTCam (size, optics, camera)',
  '    - [id, 7, 9] # one telescope',
  '',
  '`cherenkit components` lists all components; `cherenkit config check` finds mistakes.',
];

/** Traits omitted from the files, since they are given on the command line of each run. */
const COMMAND_LINE_TRAITS: ReadonlySet<string> = new Set(['input_url', 'output_path', 'overwrite']);

const STAGES: Readonly<
  Record<string, readonly [title: string, images: boolean, parameters: boolean, showers: boolean]>
> = {
  'stage1_config.yaml': ['Writes images and image parameters.', true, true, false],
  'stage2_config.yaml': ['Writes reconstructed showers.', false, false, true],
  'ml_preprocessing_config.yaml': ['Writes image parameters and showers, for machine learning.', false, true, true],
};

/** Returns configuration files to start from, by name: one with all values and comments, and short ones to layer on top. */
export function startingConfigurations(run: Run): ReadonlyMap<string, YamlSection> {
  const stages = Object.entries(STAGES).map(([name, [title, images, parameters, showers]]): [string, YamlSection] => {
    const values = { write_dl1_images: images, write_dl1_parameters: parameters, write_dl2: showers };
    const section = { values: Object.entries(values).map(([key, value]) => ({ key, value })), sections: [] };
    const comment = [MODELINE, '', `${title} Give it after base_config.yaml.`];
    return [name, { values: [], sections: [['DataWriter', { ...section, comment }]] }];
  });
  return new Map([['base_config.yaml', baseConfiguration(run)], ...stages]);
}

function baseConfiguration(run: Run): YamlSection {
  const { catalog } = run.plugins;
  const plans = [run.planBelowTool('EventSource'), ...run.plan.children.values()];
  const tool: PlannedComponent = { ...run.plan, children: new Map() };
  const sections = [tool, ...plans].map((plan): [string, YamlSection] => {
    // Keyed by base class, so that sections of the base class in later files take precedence.
    return [
      plan === tool ? plan.id : catalog.baseOfKind(plan.id),
      addComments(plan.id, showConfiguration(plan), catalog),
    ];
  });
  const [[name, first] = ['', { values: [], sections: [] }], ...others] = sections;
  return {
    values: [],
    sections: [[name, { ...first, comment: [...HEADER, '', ...(first.comment ?? [])] }], ...others],
  };
}

/** Adds the help of classes and traits as comments. */
function addComments(id: string, { values, sections }: YamlSection, catalog: ComponentCatalog): YamlSection {
  const traits = catalog.traits(id);
  const help = catalog.find(id)?.entry.help;
  return {
    comment: help ? [help] : [],
    values: values
      .filter(({ key }) => !COMMAND_LINE_TRAITS.has(key))
      .map(({ key, value }) => {
        const declaration = traits.get(key);
        return { key, value, comment: declaration ? [declaration.help ?? '', `(${describeTrait(declaration)})`] : [] };
      }),
    sections: sections.map(([name, section]) => [name, addComments(name, section, catalog)]),
  };
}
