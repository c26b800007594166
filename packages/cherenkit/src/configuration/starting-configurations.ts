import { describeTrait, showConfiguration, type ComponentCatalog, type YamlSection } from '@cherenkit/core/internal';
import type { Run, PlannedComponent } from '@cherenkit/core';

/** The name of the schema that the others refer to. */
export const SCHEMA_FILE = 'cherenkit.schema.json';

const MODELINE = `yaml-language-server: $schema=./${SCHEMA_FILE}`;

const HEADER = [
  MODELINE,
  '',
  'The components of a run of cherenkit process, with all their values. These are the defaults: what you do not change,',
  'you may leave out. Give this file first, and then one of the others, which say what is written:',
  '',
  '  cherenkit process -i gamma.simtel.zst -o gamma.dl2.h5 -c base_config.yaml -c stage2_config.yaml',
  '',
  'A value that is "per telescope" may be a list of rules instead of one value for all; the last that matches wins:',
  '',
  '  picture_threshold_pe:',
  '    - [type, "*", 10] # all telescopes',
  '    - [type, "LST_*", 8.5] # those of a type, as a pattern: size, optics and camera, LST_LST_LSTCam',
  '    - [id, 7, 9] # one telescope',
  '',
  'cherenkit components tells what other components there are; cherenkit config check finds mistakes.',
];

/** What each command line gives: which inputs are read and where the output goes is said there. */
const ON_THE_COMMAND_LINE: ReadonlySet<string> = new Set(['input_url', 'output_path', 'overwrite']);

const STAGES: Readonly<
  Record<string, readonly [title: string, images: boolean, parameters: boolean, showers: boolean]>
> = {
  'stage1_config.yaml': ['Images and their parameters.', true, true, false],
  'stage2_config.yaml': ['Reconstructed showers.', false, false, true],
  'ml_preprocessing_config.yaml': ['Parameters and showers: what machine learning starts from.', false, true, true],
};

/** Starting configurations by file name: one with all values and comments, and short ones to put on top of it. */
export function startingConfigurations(run: Run): ReadonlyMap<string, YamlSection> {
  const stages = Object.entries(STAGES).map(([name, [title, images, parameters, showers]]): [string, YamlSection] => {
    const values = { write_dl1_images: images, write_dl1_parameters: parameters, write_dl2: showers };
    const section = { values: Object.entries(values).map(([key, value]) => ({ key, value })), sections: [] };
    const comment = [MODELINE, '', `${title} To be given after base_config.yaml.`];
    return [name, { values: [], sections: [['DataWriter', { ...section, comment }]] }];
  });
  return new Map([['base_config.yaml', baseConfiguration(run)], ...stages]);
}

function baseConfiguration(run: Run): YamlSection {
  const { catalog } = run.plugins;
  const plans = [run.planBelowTool('EventSource'), ...run.plan.children.values()];
  const tool: PlannedComponent = { ...run.plan, children: new Map() };
  const sections = [tool, ...plans].map((plan): [string, YamlSection] => {
    // By its most general class, so that a file on top of this one may speak to that.
    const [base = plan.id] = catalog.lineage(plan.id);
    return [plan === tool ? plan.id : base, commented(plan.id, showConfiguration(plan), catalog)];
  });
  const [[name, first] = ['', { values: [], sections: [] }], ...others] = sections;
  return {
    values: [],
    sections: [[name, { ...first, comment: [...HEADER, '', ...(first.comment ?? [])] }], ...others],
  };
}

/** The same with the help of classes and traits above them. */
function commented(id: string, { values, sections }: YamlSection, catalog: ComponentCatalog): YamlSection {
  const traits = catalog.traits(id);
  const help = catalog.find(id)?.entry.help;
  return {
    comment: help ? [help] : [],
    values: values
      .filter(({ key }) => !ON_THE_COMMAND_LINE.has(key))
      .map(({ key, value }) => {
        const declaration = traits.get(key);
        return { key, value, comment: declaration ? [declaration.help ?? '', `(${describeTrait(declaration)})`] : [] };
      }),
    sections: sections.map(([name, section]) => [name, commented(name, section, catalog)]),
  };
}
