import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

const RUN = ['process', '-i', 'toymodel:', '-m', '1', '-o', 'out.h5'];

/** Mistakes that ctapipe ignores or reports only during the run. */
const MISTAKES: readonly (readonly [what: string, file: string, problem: string])[] = [
  [
    'a misspelt section',
    'ImageProcesor:\n  use_telescope_frame: false\n',
    'mine.yaml:1:1: error: unknown section ImageProcesor; did you mean "ImageProcessor"?',
  ],
  [
    'a misspelt trait of an unused component',
    'CameraCalibrator:\n  FixedWindowSum:\n    windw_width: 3\n',
    'mine.yaml:3:5: error: FixedWindowSum has no trait windw_width; did you mean "window_width"?',
  ],
  [
    'a misspelt trait of a used component',
    'TailcutsImageCleaner:\n  picture_treshold_pe: 8\n',
    'mine.yaml:2:3: error: TailcutsImageCleaner has no trait picture_treshold_pe; did you mean "picture_threshold_pe"?',
  ],
  [
    'a trait that ctapipe renamed',
    'HDF5DataWriter:\n  write_showers: true\n',
    'mine.yaml:2:3: error: HDF5DataWriter has no trait write_showers; write_showers was a trait of ctapipe until 0.20 and is now write_dl2',
  ],
  [
    'an ambiguous number',
    'TailcutsImageCleaner:\n  picture_threshold_pe: 010\n',
    'mine.yaml:2:25: error: expected a number without leading zeros, found 010, which is 8 in YAML 1.1 (ctapipe) and 10 in YAML 1.2; write one of these',
  ],
  [
    'an integer that is not exact',
    'EventSource:\n  allowed_tels: [1, 12345678901234567890]\n',
    'mine.yaml:2:21: error: EventSource.allowed_tels: expected at most 9007199254740991, found 12345678901234567890',
  ],
  [
    'an unknown trait of the tool',
    'ProcessorTool:\n  nonexistent_option: 1\n',
    'mine.yaml:2:3: error: ProcessorTool has no trait nonexistent_option',
  ],
  [
    'a duplicate section',
    'TailcutsImageCleaner:\n  picture_threshold_pe: 8\nTailcutsImageCleaner:\n  boundary_threshold_pe: 4\n',
    'mine.yaml:3:1: error: duplicate key TailcutsImageCleaner',
  ],
  [
    'a specific rule before a general one',
    'TailcutsImageCleaner:\n  picture_threshold_pe:\n    - [type, "LST*", 99]\n    - [type, "*", 5]\n',
    'mine.yaml:3:7: error: TailcutsImageCleaner.picture_threshold_pe: this rule has no effect, a later rule matches the same telescopes in any array',
  ],
  [
    'telescopes without a value',
    'TailcutsImageCleaner:\n  picture_threshold_pe: [[id, 1, 5]]\n',
    'mine.yaml:2:3: error: ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe has no value for telescopes 2 (',
  ],
  [
    'two criteria of the same name',
    'ImageQualityQuery:\n  quality_criteria:\n    - [bright, "image.sum() > 50"]\n    - [bright, "image.sum() > 90"]\n',
    'mine.yaml:4:7: error: ProcessorTool.ImageProcessor.ImageQualityQuery.quality_criteria: bright is given twice; remove one of them, or give it another name',
  ],
  [
    'the same reconstructor twice',
    'ShowerProcessor:\n  reconstructor_types: [HillasReconstructor, HillasReconstructor]\n',
    'mine.yaml:2:46: error: ProcessorTool.ShowerProcessor.reconstructor_types: HillasReconstructor is given twice; remove one of them',
  ],
  [
    'a trait outside of a section',
    'picture_threshold_pe: 5\n',
    'mine.yaml:1:1: error: picture_threshold_pe is outside of any section; write a trait below the name of its component: ',
  ],
  [
    'a syntax error in an expression',
    'ImageQualityQuery:\n  quality_criteria:\n    - [bright, "image.sum( > 50"]\n',
    'mine.yaml:3:16: error: ImageQualityQuery.quality_criteria: criterion bright: invalid expression "image.sum( > 50"',
  ],
];

/** Mistakes in quality criteria: query, criteria, and the end of the line of each problem. */
const CRITERIA: readonly (readonly [query: string, criterion: string, problem: string])[] = [
  [
    'StereoQualityQuery',
    'parameters.hillas.intensty > 50',
    'the HillasParametersContainer has no attribute "intensty"; did you mean "intensity"?',
  ],
  [
    'StereoQualityQuery',
    'parameters.hilas.intensity > 50',
    'the ImageParametersContainer has no attribute "hilas"; did you mean "hillas"?',
  ],
  [
    'StereoQualityQuery',
    'parameters.hillas.intensity > 50 and parameters.hillas.widht < 1 * u.deg',
    'the HillasParametersContainer has no attribute "widht"; did you mean "width"?',
  ],
  [
    'StereoQualityQuery',
    'parameters.leakage.nix > 1',
    'the LeakageContainer has no attribute "nix"; it has pixels_width_1, pixels_width_2, intensity_width_1, intensity_width_2',
  ],
  ['StereoQualityQuery', 'parameters.hillas.width > 1 * u.dge', 'unknown unit "dge"; did you mean "deg"?'],
  ['StereoQualityQuery', 'parameters.hillas.width.to_value("dge") > 1', 'unknown unit "dge"; did you mean "deg"?'],
  ['StereoQualityQuery', 'parameters.hillas.phi < 1 * u.m', 'cannot convert m to rad'],
  [
    'StereoQualityQuery',
    'parameters.hillas.width > 1',
    'cannot combine a quantity in deg with a plain number; give the number a unit (such as 2 * u.deg) or use .value',
  ],
  ['StereoQualityQuery', 'np.lgo10(parameters.hillas.intensity) > 2', 'unknown member np.lgo10; did you mean "log10"?'],
  [
    'ImageQualityQuery',
    'image > 50',
    'the truth value of an array is ambiguous; use np.any(...) or np.all(...), and & | ~ between arrays',
  ],
  ['ImageQualityQuery', 'image.sum > 50', 'an array has no attribute "sum"; it is a method, call sum(...)'],
  [
    'RingQuery',
    'parameters.containement > 0.5',
    'the MuonParametersContainer has no attribute "containement"; did you mean "containment"?',
  ],
];

/** Slips of configuration files: description, extension, content, and the line of the problem after the name of the file. */
const SLIPS: readonly (readonly [what: string, extension: string, text: string, problem: string])[] = [
  [
    'a unit in a number',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: 10 pe\n',
    '2:25: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found "10 pe"; write the number without unit',
  ],
  [
    'a quoted number',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: "10"\n',
    '2:25: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found "10", which is a string; write the digits only',
  ],
  [
    'a decimal comma',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: 8,5\n',
    '2:25: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found "8,5"; write a decimal point, not a comma',
  ],
  [
    'a quoted boolean',
    'yaml',
    'TailcutsImageCleaner:\n  keep_isolated_pixels: "true"\n',
    '2:25: error: TailcutsImageCleaner.keep_isolated_pixels: expected true or false, found "true", which is a string; write it without quotes',
  ],
  [
    'yes',
    'yaml',
    'TailcutsImageCleaner:\n  keep_isolated_pixels: yes\n',
    '2:25: error: TailcutsImageCleaner.keep_isolated_pixels: expected true or false, found "yes", which is a string in YAML 1.2; write true or false',
  ],
  [
    'a fraction for an integer',
    'yaml',
    'TailcutsImageCleaner:\n  min_picture_neighbors: 1.5\n',
    '2:26: error: TailcutsImageCleaner.min_picture_neighbors: expected an integer, found 1.5',
  ],
  [
    'a scalar for a list',
    'yaml',
    'ShowerProcessor:\n  reconstructor_types: HillasReconstructor\n',
    '2:24: error: ShowerProcessor.reconstructor_types: expected a list, found "HillasReconstructor"; write [HillasReconstructor]',
  ],
  [
    'a mapping of telescope types',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe:\n    "LST*": 5\n',
    '3:5: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found {"LST*":5}; values per telescope are rules: [[type, GLOB, value], [id, N, value], ...]',
  ],
  [
    'a rule without list',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: [type, "*", 5]\n',
    '2:25: error: TailcutsImageCleaner.picture_threshold_pe: expected a list of rules, [[type, GLOB, value], [id, N, value], ...], found ["type","*",5]',
  ],
  [
    'a rule in another order',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: [["*", type, 5]]\n',
    '2:27: error: TailcutsImageCleaner.picture_threshold_pe: expected type or id, found "*"',
  ],
  [
    'a star without quotes',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: [[type, *, 5]]\n',
    '2:33: error: a text that begins with * must be quoted: "*"',
  ],
  [
    'a missing value',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe:\n',
    '2:24: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found null; write a value, or remove the key',
  ],
  [
    'a line indented too far',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: 5\n   boundary_threshold_pe: 4\n',
    '2:25: error: found "key: value" within a value; all keys of a section begin at the same column, one per line',
  ],
  [
    'a line indented too little',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe: 5\n boundary_threshold_pe: 4\n',
    '3:1: error: all keys of a section must begin at the same column',
  ],
  [
    'a line without indentation',
    'yaml',
    'TailcutsImageCleaner:\npicture_threshold_pe: 5\n',
    '2:1: error: picture_threshold_pe is outside of any section; write a trait below the name of its component: TailcutsImageCleaner',
  ],
  [
    'a tab',
    'yaml',
    'TailcutsImageCleaner:\n\tpicture_threshold_pe: 5\n',
    '2:1: error: tabs are not allowed as indentation',
  ],
  [
    'a colon without space',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe:5\n',
    '2:3: error: expected a mapping below section TailcutsImageCleaner, found "picture_threshold_pe:5"; write a space after the colon',
  ],
  [
    'an equals sign',
    'yaml',
    'TailcutsImageCleaner:\n  picture_threshold_pe = 5\n',
    '2:3: error: expected a mapping below section TailcutsImageCleaner, found "picture_threshold_pe = 5"; write "key: value" instead of "key = value"',
  ],
  [
    'a dash before a section',
    'yaml',
    '- TailcutsImageCleaner:\n    picture_threshold_pe: 5\n',
    '1:1: error: expected a mapping of sections, found [{"TailcutsImageCleaner":{"picture_threshold_pe":5}}]; remove the dash or the brackets',
  ],
  [
    'an option in a file',
    'yaml',
    'TailcutsImageCleaner.picture_threshold_pe: 5\n',
    '1:1: error: TailcutsImageCleaner.picture_threshold_pe: expected sections within sections; dotted names are for options (--TailcutsImageCleaner.picture_threshold_pe=...)',
  ],
  [
    'a key in camelCase',
    'yaml',
    'TailcutsImageCleaner:\n  pictureThresholdPe: 5\n',
    '2:3: error: TailcutsImageCleaner has no trait pictureThresholdPe; did you mean "picture_threshold_pe"?',
  ],
  [
    'a section in lower case',
    'yaml',
    'tailcutsimagecleaner:\n  picture_threshold_pe: 5\n',
    '1:1: error: unknown section tailcutsimagecleaner; did you mean "TailcutsImageCleaner"?',
  ],
  [
    'a section in snake_case',
    'yaml',
    'image_processor:\n  use_telescope_frame: true\n',
    '1:1: error: unknown section image_processor; did you mean "ImageProcessor"?',
  ],
  [
    'an open quote',
    'yaml',
    'ShowerProcessor:\n  reconstructor_types: ["HillasReconstructor]\n',
    '3:1: error: missing closing "',
  ],
  [
    'an open bracket',
    'yaml',
    'ShowerProcessor:\n  reconstructor_types: [HillasReconstructor\n',
    '3:1: error: a list that begins with [ must end with ]',
  ],
  [
    'an assignment of Python',
    'yaml',
    'c.ImageProcessor.use_telescope_frame = True\n',
    '1:1: error: expected a mapping of sections, found "c.ImageProcessor.use_telescope_frame = True"; write "key: value" instead of "key = value"',
  ],
  [
    'a class in lower case',
    'yaml',
    'ShowerProcessor:\n  reconstructor_types: [hillasreconstructor]\n',
    '2:25: error: ShowerProcessor.reconstructor_types: expected the name of a component of kind Reconstructor, found "hillasreconstructor"; did you mean "HillasReconstructor"?',
  ],
  [
    'a trait of another component',
    'yaml',
    'ImageProcessor:\n  picture_threshold_pe: 5\n',
    '2:3: error: ImageProcessor has no trait picture_threshold_pe; it is a trait of TailcutsImageCleaner',
  ],
  [
    'a component of another kind',
    'yaml',
    'ShowerProcessor:\n  reconstructor_types: [TailcutsImageCleaner]\n',
    '2:25: error: ShowerProcessor.reconstructor_types: expected the name of a component of kind Reconstructor, found "TailcutsImageCleaner", which is a component of kind ImageCleaner; choose HillasIntersection, HillasReconstructor, ImPACTReconstructor, DispReconstructor, EnergyRegressor, ParticleClassifier',
  ],
  [
    'a kind for a component',
    'yaml',
    'ImageProcessor:\n  image_cleaner_type: ImageCleaner\n',
    '2:23: error: ImageProcessor.image_cleaner_type: expected the name of a component of kind ImageCleaner, found "ImageCleaner", which is an abstract class; choose FACTImageCleaner, MARSImageCleaner, NSBImageCleaner, TailcutsImageCleaner, TimeConstrainedImageCleaner',
  ],
  [
    'a criterion without name',
    'yaml',
    'StereoQualityQuery:\n  quality_criteria: ["parameters.hillas.intensity > 50"]\n',
    '2:22: error: StereoQualityQuery.quality_criteria: expected a list [string, expression], found "parameters.hillas.intensity > 50"',
  ],
  [
    'an operator of C',
    'yaml',
    'ImageQualityQuery:\n  quality_criteria: [[b, "image.sum() > 50 && image.size > 3"]]\n',
    '2:26: error: ImageQualityQuery.quality_criteria: criterion b: invalid expression "image.sum() > 50 && image.size > 3": write "and" instead of "&&"',
  ],
  [
    'a column in a criterion',
    'yaml',
    'StereoQualityQuery:\n  quality_criteria: [[b, "hillas_intensity > 50"]]\n',
    '2:26: error: StereoQualityQuery.quality_criteria: criterion b: invalid expression "hillas_intensity > 50": unknown name "hillas_intensity"; known names are parameters, np and u',
  ],
  [
    'names of telescopes',
    'yaml',
    'EventSource:\n  allowed_tels: [LST_1]\n',
    '2:18: error: EventSource.allowed_tels: expected an integer, found "LST_1"',
  ],
  [
    'a word for a number',
    'yaml',
    'EventSource:\n  max_events: all\n',
    '2:15: error: EventSource.max_events: expected an integer or null, found "all"',
  ],
  [
    'a sexagesimal number',
    'yaml',
    'EventSource:\n  max_events: 1:30\n',
    '2:15: error: EventSource.max_events: expected an integer or null, found "1:30", which is 90 in YAML 1.1 (ctapipe); write the decimal number',
  ],
  [
    'a binary number',
    'yaml',
    'EventSource:\n  max_events: 0b11\n',
    '2:15: error: EventSource.max_events: expected an integer or null, found "0b11", which is 3 in YAML 1.1 (ctapipe); write the decimal number',
  ],
  [
    'a comment in JSON',
    'json',
    '{\n  // threshold\n  "ImageProcessor": {}\n}\n',
    '2:3: error: comments begin with #, also in JSON files',
  ],
  [
    'a missing comma in JSON',
    'json',
    '{"TailcutsImageCleaner": {"picture_threshold_pe": 5 "boundary_threshold_pe": 4}}\n',
    '1:51: error: expected a comma or a closing bracket before the next key',
  ],
  [
    'NaN in JSON',
    'json',
    '{"TailcutsImageCleaner": {"picture_threshold_pe": NaN}}\n',
    '1:51: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found "NaN"',
  ],
  [
    'YAML in a TOML file',
    'toml',
    'ImageProcessor:\n  use_telescope_frame: true\n',
    '1:15: error: unexpected ":"; TOML has [Section] and key = value (is this a YAML file?)',
  ],
  [
    'a text without quotes in TOML',
    'toml',
    '[ImageProcessor]\nimage_cleaner_type = TailcutsImageCleaner\n',
    '2:22: error: unexpected "TailcutsImageCleaner"; texts are quoted: "TailcutsImageCleaner"',
  ],
  [
    'a boolean of Python in TOML',
    'toml',
    '[ImageProcessor]\nuse_telescope_frame = True\n',
    '2:23: error: unexpected "True"; write true',
  ],
  [
    'a duplicate key in TOML',
    'toml',
    '[ImageProcessor]\nuse_telescope_frame = true\nuse_telescope_frame = true\n',
    '3:1: error: duplicate key',
  ],
  [
    'two documents',
    'yaml',
    'ImageProcessor: {}\n---\nDataWriter: {}\n',
    '2:1: error: expected one document, found a second one',
  ],
];

describe('cherenkit config check explains', function () {
  this.timeout(60_000);

  for (const [what, extension, text, problem] of SLIPS) {
    it(what, async () => {
      using folder = new TemporaryFolder();
      const file = `mine.${extension}`;
      writeFileSync(folder.join(file), text);
      const { exitCode, stdout, stderr } = await cherenkit(['config', 'check', file], folder.path);
      expect(stderr).to.equal(`error[CONFIGURATION_INVALID]:\n${file}:${problem}\n`);
      expect({ exitCode, stdout }).to.deep.equal({ exitCode: 2, stdout: '' });
    });
  }
});

describe('cherenkit process rejects', function () {
  this.timeout(60_000);

  for (const [what, text, problem] of MISTAKES) {
    it(`${what}, reports its position and leaves no output`, async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join('mine.yaml'), text);
      const { exitCode, stdout, stderr } = await cherenkit([...RUN, '-c', 'mine.yaml'], folder.path);
      expect(stderr).to.include(`\n${problem}`);
      expect(stderr.split('\n')).to.have.length(3);
      expect({ exitCode, stdout, files: folder.files }).to.deep.equal({
        exitCode: 2,
        stdout: '',
        files: ['mine.yaml'],
      });
    });
  }

  for (const [query, criterion, problem] of CRITERIA) {
    it(`the criterion ${criterion}`, async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join('mine.yaml'), JSON.stringify({ [query]: { quality_criteria: [['cut', criterion]] } }));
      const check = await cherenkit(['config', 'check', 'mine.yaml'], folder.path);
      const shown = JSON.stringify(criterion);
      const line = `error: ${query}.quality_criteria: criterion cut: invalid expression ${shown}: ${problem}\n`;
      expect(check.stderr).to.include(line);
      const run = await cherenkit([...RUN, '-c', 'mine.yaml'], folder.path);
      expect(run.stderr).to.equal(check.stderr);
      expect([check.exitCode, run.exitCode, folder.files]).to.deep.equal([2, 2, ['mine.yaml']]);
    });
  }

  for (const [option, problem] of [
    [
      '--ImageProcesor.foo=1',
      '--ImageProcesor.foo=1: error: unknown section ImageProcesor; did you mean "ImageProcessor"?',
    ],
    ['--max-event=1', 'error: unknown flag --max-event=1; did you mean "--max-events"?'],
  ]) {
    it(`the misspelt flag ${option}`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stderr } = await cherenkit([...RUN, option], folder.path);
      expect(stderr).to.include(problem);
      expect({ exitCode, files: folder.files }).to.deep.equal({ exitCode: 2, files: [] });
    });
  }

  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  // Deep enough to overflow the stack of a recursive parser inside V8, which aborts the process.
  const open = '['.repeat(200_000);
  for (const [name, text, problem] of [
    [
      'huge.yaml',
      '#'.repeat(100_000_000),
      'huge.yaml: error: expected a configuration of at most 4194304 bytes, found 100000000',
    ],
    ['deep.yaml', `A: ${deep}`, /^deep\.yaml:1:\d+: error: nested deeper than 100 levels$/m],
    ['deep.json', `{"A": ${deep}}`, /^deep\.json:1:\d+: error: nested deeper than 100 levels$/m],
    ['deep.toml', `A = ${deep}`, /^deep\.toml:1:\d+: error: nested deeper than 100 levels$/m],
    ['open.yaml', `A: ${open}`, 'open.yaml:1:104: error: nested deeper than 100 levels'],
    ['open.toml', `A = ${open}`, 'open.toml:1:105: error: nested deeper than 100 levels'],
    ['tag.yaml', 'A: !!python/object:os.system ls\n', 'tag.yaml:1:4: error: tags such as !x are not supported'],
    ['merge.yaml', 'A: &a {}\nB: { <<: *a }\n', 'merge.yaml:2:6: error: merge keys (<<) are not part of YAML 1.2'],
    ['proto.yaml', '__proto__: 3\n', 'proto.yaml:1:1: error: __proto__ is outside of any section'],
    [
      'proto.json',
      '{"ImageProcessor": {"__proto__": 1}}',
      'proto.json:1:21: error: ImageProcessor has no trait __proto__',
    ],
    ['proto.toml', 'constructor = 1\n', 'proto.toml:1:1: error: constructor is outside of any section'],
  ] as const) {
    it(`the hostile ${name} quickly`, async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join(name), text);
      const { exitCode, stderr } = await cherenkit(['config', 'check', name], folder.path);
      if (typeof problem === 'string') expect(stderr).to.include(`\n${problem}`);
      else expect(stderr).to.match(problem);
      expect(exitCode).to.equal(2);
    });
  }

  const unmatched =
    'TailcutsImageCleaner:\n  picture_threshold_pe:\n    - [type, "*", 5]\n    - [type, "LTS_*", 8]\n    - [id, 9999, 9]\n';
  const trait = 'ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe';
  const warnings = [
    `mine.yaml:4:7: ${trait}: type LTS_* matches no telescope; the array has `,
    `mine.yaml:5:7: ${trait}: id 9999 matches no telescope; the array has telescopes 1, 2`,
  ];

  it('patterns that match no telescope with --strict-patterns, and warns of them without', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), unmatched);
    const strict = await cherenkit([...RUN, '-c', 'mine.yaml', '--strict-patterns'], folder.path);
    for (const warning of warnings) expect(strict.stderr).to.include(warning.replace(': ', ': error: '));
    expect({ exitCode: strict.exitCode, files: folder.files }).to.deep.equal({ exitCode: 2, files: ['mine.yaml'] });

    const lenient = await cherenkit([...RUN, '-c', 'mine.yaml'], folder.path);
    for (const warning of warnings) expect(lenient.stderr).to.include(warning);
    expect({ exitCode: lenient.exitCode, files: folder.files }).to.deep.equal({
      exitCode: 0,
      files: ['mine.yaml', 'out.h5'],
    });
  });
});
