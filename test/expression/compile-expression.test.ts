import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { checkExpression, compileExpression, ExpressionError, Quantity, Unit, type Value } from '@cherenkit/expression';
import {
  CameraHillasParametersContainer,
  EventType,
  HillasParametersContainer,
  ImageParametersContainer,
  LeakageContainer,
  MorphologyContainer,
  R1CameraContainer,
  TriggerContainer,
} from '@cherenkit/core';
import { radians } from '@cherenkit/kernels';
import { CpuStopwatch } from '../support/cpu-stopwatch.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

type Expected = number | boolean | string | null | Expected[] | { value: Expected; unit: string };

/** Written by make_expression_reference.py. */
const reference = JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'expression.json'), 'utf8')) as {
  scope: {
    scalars: Record<string, number | boolean | string | null>;
    arrays: Record<string, { type: 'float32' | 'float64' | 'int32' | 'bool'; values: number[] }>;
    angles: Record<string, number>;
  };
  failing: string[];
  cases: [text: string, value: Expected][];
};

const ARRAY_TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array };

/** The names of the reference; angles in radians, as in containers. */
function referenceScope(): Map<string, unknown> {
  const { scalars, arrays, angles } = reference.scope;
  const a = (name: string) => radians(angles[name]);
  return new Map<string, unknown>([
    ...Object.entries(scalars).map(([name, value]): [string, unknown] => [name, value === 'nan' ? NaN : value]),
    ...Object.entries(arrays).map(([name, { type, values }]): [string, unknown] => [
      name,
      new ARRAY_TYPES[type](values.map(Number)),
    ]),
    ['long_image', Float32Array.from({ length: 1855 }, (_, i) => ((i * 7919) % 1009) / 7)],
    ['long_charges', Float64Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1009) / 7 - 70)],
    [
      'parameters',
      new ImageParametersContainer({
        hillas: new HillasParametersContainer({
          intensity: 153.25,
          fovLon: a('fov_lon'),
          fovLat: a('fov_lat'),
          width: a('width'),
          length: a('length'),
          psi: a('psi'),
          r: a('r'),
        }),
        leakage: new LeakageContainer({ intensityWidth_1: 0.125, intensityWidth_2: 0.25 }),
        morphology: new MorphologyContainer({ nPixels: 12, nIslands: 2 }),
      }),
    ],
    [
      'camera_parameters',
      new ImageParametersContainer({
        hillas: new CameraHillasParametersContainer({ intensity: 80.5, x: 0.3, width: 0.05, length: 0.09 }),
      }),
    ],
    ['trigger', new TriggerContainer({ telsWithTrigger: [1, 3, 4], eventType: EventType.SUBARRAY })],
    ['table', { hillas_width: 0.11 }],
  ]);
}

function expectValue(actual: Value, expected: Expected, tolerance: number): void {
  if (expected === null || typeof expected === 'boolean') expect(actual).to.equal(expected);
  else if (typeof expected === 'string')
    expect(actual).to.deep.equal(expected === 'nan' ? NaN : expected === 'inf' ? Infinity : -Infinity);
  else if (typeof expected === 'number') {
    // A sum can be smaller than its terms, which are of the order of 100.
    expect(actual).to.be.closeTo(expected, tolerance * Math.max(100, Math.abs(expected)));
  } else if (Array.isArray(expected)) {
    expect(ArrayBuffer.isView(actual), 'an array').to.equal(true);
    const values = Array.from(actual as Float64Array, (x) => (actual instanceof Uint8Array ? x !== 0 : x));
    expect(values).to.have.length(expected.length);
    values.forEach((value, i) => expectValue(value, expected[i], tolerance));
  } else {
    if (!(actual instanceof Quantity)) throw new Error(`expected a quantity in ${expected.unit}`);
    expect(actual.unit.toString()).to.equal(expected.unit);
    expectValue(actual.value, expected.value, tolerance);
  }
}

describe('compileExpression', () => {
  const scope = referenceScope();

  it('agrees with Python, numpy and astropy', () => {
    expect(reference.cases).to.have.length.above(500);
    for (const [text, value] of reference.cases) {
      // Sums agree to the last bit. Elsewhere sin, log and ** of the two libraries differ in the last bit, and
      // scalars that numpy keeps in float32 are float64 here.
      const tolerance = /^np.sum\(\w+\)$|^\w+(\[:\d+\])?\.(sum|mean|std|max)\(\)$/.test(text)
        ? 0
        : text.includes('image')
          ? 1e-6
          : 1e-14;
      try {
        expectValue(compileExpression(text).evaluate(scope), value, tolerance);
      } catch (error) {
        throw new Error(`${text}: ${String(error)}`, { cause: error });
      }
    }
  });

  it('rejects what Python, numpy and astropy reject', () => {
    expect(reference.failing).to.have.length.above(40);
    for (const text of reference.failing) {
      expect(() => compileExpression(text).evaluate(scope), text).to.throw(ExpressionError);
    }
  });

  it('gives infinity or NaN for a division by zero', () => {
    const value = (text: string) => compileExpression(text).evaluate(scope);
    expect(value('1 / 0')).to.equal(Infinity);
    expect(value('-1 // 0')).to.equal(-Infinity);
    expect(value('0 % 0')).to.be.NaN;
  });

  it('negates a single truth value with ~, as numpy does', () => {
    expect(compileExpression('~flag').evaluate(scope)).to.equal(false);
  });

  it('lists the names that it reads', () => {
    expect([...compileExpression('np.sum(image) > x and not sin(y) or u.deg > image').names]).to.have.members([
      'image',
      'x',
      'y',
    ]);
  });

  it('gives None for a declared name without a value', () => {
    expect(compileExpression('peak_time is None', ['peak_time']).test(new Map())).to.equal(true);
  });

  it('evaluates for containers of different classes in turn', () => {
    const width = compileExpression('p.hillas.width');
    for (const [name, unit] of [
      ['parameters', 'deg'],
      ['camera_parameters', 'm'],
      ['parameters', 'deg'],
    ]) {
      const value = width.evaluate(new Map([['p', scope.get(name)]]));
      expect((value as Quantity).unit.toString()).to.equal(unit);
    }
  });

  it('supports entries of maps and lists', () => {
    const tel = new Map([['tel', new Map([[3, { pixel_status: [4, 12] }]])]]);
    expect(compileExpression('(tel[3].pixel_status[1] & 8) == 8').test(tel)).to.equal(true);
    expect(() => compileExpression('tel[4].pixel_status').evaluate(tel)).to.throw(
      ExpressionError,
      'unknown key: the number 4; known keys are 3',
    );
  });

  it('treats byte arrays as masks unless a container declares them as integers', () => {
    const names = new Map<string, unknown>([
      ['r1', new R1CameraContainer({ pixelStatus: Uint8Array.of(4, 12, 0) })],
      ['mask', Uint8Array.of(1, 0, 1)],
    ]);
    const value = (text: string) => compileExpression(text).evaluate(names);
    expect(value('(r1.pixel_status & 8) > 0')).to.deep.equal(Uint8Array.of(0, 1, 0));
    expect(value('r1.pixel_status[mask]')).to.deep.equal(Uint16Array.of(4, 0));
    expect(value('~mask')).to.deep.equal(Uint8Array.of(0, 1, 0));
    expect(value('r1.first_cell_id is None')).to.equal(true);
  });

  it('has no access to anything but data', () => {
    const hostile = new Map<string, unknown>([
      ['image', new Float32Array(3)],
      ['record', { a: 1 }],
      ['f', () => 1],
      ['r1', new R1CameraContainer()],
    ]);
    for (const text of [
      'image.constructor',
      'image.buffer',
      'record.constructor',
      'record["__proto__"]',
      'record["toString"]',
      'image.__proto__',
      'f',
      'f()',
      'toString',
      'np.constructor',
      'np.constructor()',
      'u.constructor',
      'u.toString()',
      'image.constructor()',
      'constructor("return 1")',
      'record.a.constructor',
      'r1.constructor',
      'r1.fields',
      'r1.prefix',
      'r1["toString"]',
      '"a".length',
      '[].constructor',
      'this',
    ]) {
      expect(() => compileExpression(text).evaluate(hostile), text).to.throw(ExpressionError);
    }
  });
});

describe('checkExpression', () => {
  it('reports the position of a mistake and suggests the nearest name', () => {
    for (const [text, at, message] of [
      ['imag.sum() > 0', 'imag', 'did you mean "image"?'],
      ['image.summ() > 0', 'summ', 'did you mean "sum"?'],
      ['x + np.count_nonzeros(image)', 'count_nonzeros', 'did you mean "count_nonzero"?'],
      ['x + count_nonzero(image)', 'count_nonzero', 'did you mean np.count_nonzero?'],
      ['x > 5 * u.dge', 'dge', 'did you mean "deg"?'],
      ['image.sum() > 5 * u.deg + 3 * u.m', '+', 'cannot convert m to deg'],
      ['np.std(image, dof=1)', 'std', 'unknown argument "dof" of np.std(a, axis=..., ddof=...)'],
      ['lambda p: p.x', 'lambda', 'lambda is not supported'],
      ['x.__class__', '__class__', 'two underscores'],
      ['x = 3', '=', 'use == to compare'],
      ['x > 3 && y', '&', 'write "and" instead of "&&"'],
      ['[p for p in image]', 'for', 'comprehensions'],
      ['sin', 'sin', 'call sin(...)'],
      ['np', 'np', 'np is a module'],
    ]) {
      const problem = checkExpression(text, { names: ['image', 'x', 'y'] });
      expect(problem?.message, text).to.include(message);
      const offset = text === 'x > 3 && y' ? 7 : text.indexOf(at);
      expect([problem?.offset, problem?.length], text).to.deep.equal([offset, at.length]);
    }
  });

  it('finds mistakes in all parts of an expression by examples of the values', () => {
    const examples = [
      new Map<string, unknown>([
        ['image', new Float32Array(3)],
        ['n', -1],
        ['width', new Quantity(NaN, Unit.deg)],
      ]),
    ];
    for (const [text, message] of [
      ['n > 3 and width > 1 * u.m', 'cannot convert m to deg'],
      ['n < 3 or width.vlaue > 1', 'no attribute "vlaue"'],
      ['1 if n < 3 else width.vlaue', 'no attribute "vlaue"'],
      ['0 < n < 3 < width.vlaue', 'no attribute "vlaue"'],
      ['np.log10(width.vlaue)', 'no attribute "vlaue"'],
      ['image[5] > 3 or width.vlaue > 1', 'no attribute "vlaue"'],
      ['width.to("furlong").value > 1', 'unknown unit "furlong"'],
      ['[1, width + 1]', 'cannot combine a quantity in deg with a plain number'],
    ] as const) {
      expect(checkExpression(text, { names: ['image', 'n', 'width'], examples })?.message, text).to.include(message);
    }
  });

  it('does not reject what depends on the values', () => {
    const names = ['image', 'n', 'missing'];
    const examples = [
      new Map<string, unknown>([
        ['image', new Float32Array(3)],
        ['n', -1],
      ]),
    ];
    for (const text of [
      'image[n + 9] > 0',
      'missing.x > 3',
      'missing + 1',
      'image[image > 3].max() > 1',
      '1 / n > 3',
    ]) {
      expect(checkExpression(text, { names, examples }), text).to.equal(undefined);
    }
  });

  it('accepts what is valid for one of several examples', () => {
    const examples = [Unit.deg, Unit.parse('m')].map((unit) => new Map([['width', new Quantity(NaN, unit)]]));
    expect(checkExpression('width < 1 * u.m', { names: ['width'], examples })).to.equal(undefined);
    expect(checkExpression('width < 1 * u.s', { names: ['width'], examples })?.message).to.equal(
      'cannot convert s to deg',
    );
  });

  it('checks deep expressions in linear time', () => {
    const work = new CpuStopwatch();
    const text = '('.repeat(80) + 'x' + ' + 1)'.repeat(80);
    const examples = [new Map([['x', 1]])];
    expect(checkExpression(text, { names: ['x'], examples })).to.equal(undefined);
    expect(work.milliseconds).to.be.below(5000);
  });

  it('accepts the criteria shipped with ctapipe', () => {
    const criteria: [names: string[], text: string][] = [
      [['image'], 'image.sum() > 0'],
      [['image'], 'image.size > 1'],
      [['image'], 'np.count_nonzero(image) > 2'],
      [['image'], 'image.sum() > 50'],
      [['parameters'], 'parameters.hillas.intensity > 50'],
      [['parameters'], 'parameters.hillas.width.value > 0'],
      [['parameters'], 'parameters.morphology.n_pixels > 3'],
      [['parameters'], 'parameters.leakage.intensity_width_2 < 0.5'],
      [['dl1_params'], 'dl1_params.morphology.n_pixels > 100'],
      [['dl1_params'], 'dl1_params.hillas.intensity > 500'],
      [['ring', 'mask', 'parameters'], 'np.isfinite(ring.radius.value)'],
      [['ring', 'mask', 'parameters'], 'np.count_nonzero(mask) > 50'],
      [['ring', 'mask', 'parameters'], 'parameters.containment > 0.5'],
      [['hillas_intensity'], 'hillas_intensity > 50'],
      [['hillas_width'], 'hillas_width > 0'],
      [['morphology_n_pixels'], 'morphology_n_pixels > 3'],
      [['HillasReconstructor_is_valid'], 'HillasReconstructor_is_valid'],
      [['leakage_intensity_width_2'], 'leakage_intensity_width_2 < 0.5'],
      [['hillas_width', 'hillas_length'], 'hillas_width * hillas_length'],
      [['subarray', 'tels_with_trigger'], 'subarray.multiplicity(tels_with_trigger)'],
      [['multiplicity'], 'multiplicity >= 4'],
    ];
    for (const [names, text] of criteria) expect(checkExpression(text, { names }), text).to.equal(undefined);
  });

  it('rejects hostile expressions quickly', () => {
    const work = new CpuStopwatch();
    for (const text of [
      'a'.repeat(1e6),
      '('.repeat(1e6),
      '('.repeat(9000),
      '-'.repeat(9000) + '1',
      'not '.repeat(2400) + 'x',
      '['.repeat(9000),
      'x' + '.x'.repeat(4900),
      '1' + '+1'.repeat(4900),
      '1' + '**1'.repeat(3000),
      'x' + '[0]'.repeat(3000),
      'x' + '()'.repeat(4000),
      '1 if '.repeat(1900) + '1',
      '1 if 1 else '.repeat(800) + '1',
      '"'.repeat(9999),
      '1' + '_1'.repeat(4999) + 'x',
    ]) {
      expect(checkExpression(text), text.slice(0, 20)).to.not.equal(undefined);
    }
    // Flat expressions of the largest size are accepted.
    for (const text of [
      'x' + ' and x'.repeat(1600),
      `[${'1,'.repeat(4990)}]`,
      `min(${'1,'.repeat(4990)}1)`,
      '1 < x' + ' < 1'.repeat(2000),
    ]) {
      expect(checkExpression(text), text.slice(0, 20)).to.equal(undefined);
    }
    // This takes about 50 ms; a quadratic algorithm would take minutes.
    expect(work.milliseconds).to.be.below(5000);
  });

  it('throws nothing but ExpressionError for any input', () => {
    const word = fc.constantFrom(
      ...'x image np . ( ) [ ] , + - * / // % ** < == in not is if else and or & | ~ 3 1.5 "a" u deg sum : = lambda __a'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join(' ');
        const problem = checkExpression(text, { names: ['x', 'image'] });
        if (problem) {
          expect(problem.offset).to.be.within(0, text.length);
          return;
        }
        try {
          compileExpression(text).evaluate(
            new Map<string, unknown>([
              ['x', 1],
              ['image', new Float32Array(3)],
            ]),
          );
        } catch (error) {
          expect(error).to.be.instanceOf(ExpressionError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
