import { walkPlan } from '@cherenkit/core/internal';
import {
  ConfigurationError,
  corePlugin,
  installedPlugin,
  PluginRegistry,
  readConfigFile,
  type Json,
} from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5 from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import muon from '@cherenkit/plugin-muon';
import { expect } from 'chai';
import fc from 'fast-check';
import { compose } from '../../../support/compose.js';
import { CpuStopwatch } from '../../../support/cpu-stopwatch.js';

const plugins = new PluginRegistry(
  [corePlugin, cleaners, extractors, hdf5, hillas, muon].map((plugin) => installedPlugin(plugin)),
);

/** A line of a configuration: a section, or a trait with its value. */
interface Line {
  /** The names of the enclosing sections. */
  readonly sections: readonly string[];
  readonly key: string;
  /** Undefined for a section. */
  readonly value?: Json;
}

interface Tree {
  readonly [key: string]: Json | Tree;
}

const VALID: Tree = {
  CameraCalibrator: {
    image_extractor_type: [
      ['type', '*', 'NeighborPeakWindowSum'],
      ['type', 'LST*', 'FixedWindowSum'],
    ],
    apply_peak_time_shift: false,
    FixedWindowSum: { window_width: 5, peak_index: [['id', 3, 9]] },
    NeighborPeakWindowSum: { window_shift: 2, local_weight: 1 },
  },
  ImageProcessor: {
    image_cleaner_type: 'TailcutsImageCleaner',
    use_telescope_frame: false,
    TailcutsImageCleaner: {
      picture_threshold_pe: [
        ['type', '*', 7.5],
        ['type', 'LST_*', 8],
        ['id', 5, 9],
      ],
      boundary_threshold_pe: 4,
      keep_isolated_pixels: true,
    },
    ImageQualityQuery: { quality_criteria: [['size', 'image.sum() > 60']] },
  },
  ShowerProcessor: {
    reconstructor_types: ['HillasReconstructor'],
    HillasReconstructor: {
      StereoQualityQuery: { quality_criteria: [['width', 'parameters.hillas.width.value > 0']] },
    },
  },
  HDF5DataWriter: { write_dl2: true, image_dtype: 'int32', Contact: { name: 'Ada' } },
};

function linesOf(tree: Tree, sections: readonly string[] = []): Line[] {
  return Object.entries(tree).flatMap(([key, value]): Line[] => {
    if (!/^[A-Z]/.test(key)) return [{ sections, key, value: value }];
    return [{ sections, key }, ...linesOf(value as Tree, [...sections, key])];
  });
}

const LINES = linesOf(VALID);

function textOf({ sections, key, value }: Line): string {
  return `${'  '.repeat(sections.length)}${key}:${value === undefined ? '' : ` ${JSON.stringify(value)}`}`;
}

/** A changed configuration, and what the change may affect. */
interface Mutation {
  readonly text: string;
  /** The range of changed lines, counted from 1. */
  readonly first: number;
  readonly last: number;
  /** The class and the trait of the values that may differ. */
  readonly touched: readonly (readonly [className: string, trait: string])[];
}

/** The end of the lines that belong to an index: a single trait, or a section with its content. */
function extentOf(index: number): number {
  const depth = LINES[index].sections.length;
  if (LINES[index].value !== undefined) return index + 1;
  const end = LINES.findIndex((line, i) => i > index && line.sections.length <= depth);
  return end < 0 ? LINES.length : end;
}

function touchedBy(lines: readonly Line[], rename: (name: string) => string = (name) => name): [string, string][] {
  return lines.flatMap(({ sections, key, value }): [string, string][] =>
    value === undefined ? [] : [[rename(sections.at(-1) ?? ''), key]],
  );
}

/** Replaces the lines from `start` to before `end`. */
function replaced(start: number, end: number, lines: readonly string[], touched: Mutation['touched']): Mutation {
  const all = LINES.map(textOf);
  all.splice(start, end - start, ...lines);
  return { text: `${all.join('\n')}\n`, first: start + 1, last: Math.max(start + lines.length, start + 1), touched };
}

const anyLine = fc.nat(LINES.length - 1);
const anyTrait = fc.constantFrom(...LINES.keys()).filter((index) => LINES[index].value !== undefined);
const anyName = fc.oneof(
  fc.constantFrom(...LINES.map(({ key }) => key), 'MARSImageCleaner', 'DataWriter', 'ImageCleaner', 'CrossValidator'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'A', 'a', 'plugins'),
  fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'abcXYZ_019') }),
);
const anyValue: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(null, true, 'TailcutsImageCleaner', 'image.sum(', 8, -1, 2.5, 1e300, [], {}, [
    ['type', '*', 3],
  ]),
  fc.constantFrom<Json>(
    [
      ['id', 1, 3],
      ['id', 1, 4],
    ],
    [
      ['type', 'LST*', 3],
      ['type', '*', 4],
    ],
    [['type', '[', 1]],
    ['type', '*', 3],
  ),
);
const garbage = fc.oneof(
  fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => text.replace(/[\r\n\u0085\u2028\u2029]/g, ' ')),
  fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '&a',
    '*a',
    '!x 3',
    '!!js/function 1',
    '<<: *a',
    '|',
    '>',
    '? a',
    '- a',
    '---',
    '...',
    '%YAML 1.1',
    '\t',
    'a: b: c',
    '@',
    '`',
    '\u0000',
  ),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  anyLine.map((index) => {
    const end = extentOf(index);
    return replaced(index, end, [], touchedBy(LINES.slice(index, end)));
  }),
  fc.tuple(anyLine, anyName).map(([index, name]) => {
    const end = extentOf(index);
    const { key, sections, value } = LINES[index];
    const lines = LINES.slice(index, end).map(textOf);
    const renamed = value === undefined ? [] : [[sections.at(-1) ?? '', name] as const];
    const moved = touchedBy(LINES.slice(index, end), (section) => (section === key ? name : section));
    return replaced(
      index,
      end,
      [textOf({ sections, key: name, ...(value !== undefined && { value }) }), ...lines.slice(1)],
      [...touchedBy(LINES.slice(index, end)), ...moved, ...renamed],
    );
  }),
  fc
    .tuple(anyTrait, anyValue)
    .map(([index, value]) =>
      replaced(index, index + 1, [textOf({ ...LINES[index], value })], touchedBy([LINES[index]])),
    ),
  anyLine.map((index) => {
    const lines = LINES.slice(index, extentOf(index)).map(textOf);
    return { ...replaced(index, index, [...lines], []), last: index + 2 * lines.length };
  }),
  fc.tuple(anyLine, garbage).map(([index, text]) => {
    const indent = '  '.repeat(LINES[index].sections.length);
    // An unclosed bracket is reported where it should end; a continued value is reported where the value starts.
    return { ...replaced(index, index, [indent + text], []), first: Math.max(index, 1), last: Infinity };
  }),
  fc.tuple(anyTrait, garbage).map(([index, text]) => {
    const start = textOf({ sections: LINES[index].sections, key: LINES[index].key, value: 0 }).slice(0, -1);
    return { ...replaced(index, index + 1, [start + text], touchedBy([LINES[index]])), last: Infinity };
  }),
);

/** The values of all components, by path, with class and trait. */
async function resolve(
  text: string,
): Promise<Map<string, { readonly id: string; readonly trait: string; readonly value: Json | undefined }>> {
  const { plan } = await compose({ plugins, layers: [await readConfigFile(text, 'run.yaml')], root: 'ProcessorTool' });
  return new Map(
    [...walkPlan(plan)].flatMap(({ id, path, settings }) =>
      [...settings].map(([trait, { value }]) => [`${path}.${trait}`, { id, trait, value }] as const),
    ),
  );
}

/** `npm run test:mutations` sets 10,000. */
const MUTATIONS = Number(process.env['CHERENKIT_MUTATIONS'] ?? 1000);

describe('a configuration with one mutation', () => {
  it('is accepted and differs only there, or is rejected there, without a crash and in bounded time', async function () {
    this.timeout(600_000);
    const before = await resolve(`${LINES.map(textOf).join('\n')}\n`);
    let [accepted, refused, longest] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(mutation, async ({ text, first, last, touched }) => {
        const work = new CpuStopwatch();
        try {
          const after = await resolve(text);
          accepted++;
          const isTouched = (id: string, trait: string): boolean =>
            touched.some(([className, name]) => name === trait && plugins.catalog.lineage(id).includes(className));
          const choosesOthers = touched.some(([, trait]) => /_types?$/.test(trait));
          for (const path of new Set([...before.keys(), ...after.keys()])) {
            const [old, now] = [before.get(path), after.get(path)];
            if (JSON.stringify(old) === JSON.stringify(now)) continue;
            // Selecting another component adds and removes traits.
            if ((!old || !now) && choosesOthers) continue;
            const { id, trait } = now ?? old ?? { id: '', trait: '' };
            expect(isTouched(id, trait), `${path} in\n${text}`).to.equal(true);
          }
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          refused++;
          for (const { at, severity, message } of error.problems) {
            if (severity !== 'error') continue;
            // Of two duplicate keys, the second is reported even if the mutation inserted the first.
            const isDuplicateKey = message.startsWith('duplicate key') && touched.length > 0;
            if (!isDuplicateKey) expect(at?.line, `${message}\n${text}`).to.be.within(first, last);
            expect(at?.column).to.be.greaterThan(0);
            expect(message).not.to.contain('\n');
          }
        }
        longest = Math.max(longest, work.milliseconds);
      }),
      { numRuns: MUTATIONS },
    );
    expect(longest).to.be.lessThan(1000);
    expect(accepted).to.be.greaterThan(MUTATIONS / 10);
    expect(refused).to.be.greaterThan(MUTATIONS / 10);
  });
});
