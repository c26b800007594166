import { isConfiguration, type Damage, type Recipe } from './recipe.js';

/** Numbers from 0 to 1, exclusive. */
export type Random = () => number;

/** A generator of pseudo-random numbers that starts from two integers. Source: mulberry32. */
export function seededRandom(seed: number, index: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers at which programs fail: limits of integers, NaN and infinity as floats, counts that are too large. */
const HOSTILE_NUMBERS: readonly number[] = [
  ...[0, 1, 2, 3, 7, 16, 100, 127, 128, 255, 256, 1000, 32767, 32768, 65535, 65536, 2 ** 20, 2 ** 24, 2 ** 27],
  ...[2 ** 28, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1],
  ...[0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x7f7f_ffff, 0x0000_0001, 0x8000_0000, 0x3f80_0000],
  ...[0xf0, 0xf8, 0xfe, 0xff, 0xff_ff, 0xff_ff_ff],
];

/** Types of objects of sim_telarray files, and some that are not known. */
const TYPES: readonly number[] = [
  ...[70, 71, 72, 75, 100, 1200, 1204, 1208, 1216, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010],
  ...[
    2011, 2012, 2013, 2020, 2021, 2022, 2023, 2026, 2027, 2028, 2034, 2101, 2102, 2201, 2202, 3201, 0, 9, 4242, 65535,
  ],
];

const HOSTILE_VALUES: readonly string[] = [
  ...['', '~', 'true', '[]', '{}', '[1', '{a: 1', '"', "'", '-1', '1e999', '.nan', '.inf', '0x10', '010', '1_000'],
  ...['*a', '&a [*a]', '!!js/function 1', '!x 3', '|', '>-', '@', '`', '\u0000', '\u202e', '\u001b[31m', '%YAML 1.1'],
  ...['image.sum( > 1', '[[type, "[", 1]]', '[[id, 1, 2], [id, 1, 3]]', '[[type, "*", 1], [type]]', '"a\\ud800"'],
  ...['__proto__', 'constructor', '<<: *a', '? a', '- a', '---', '...', `"${'x'.repeat(2000)}"`, '['.repeat(500)],
];

class Chooser {
  constructor(private readonly random: Random) {}

  /** 0 ... n - 1. */
  below(n: number): number {
    return Math.floor(this.random() * n);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** 0 ... n - 1, small numbers more often. */
  small(n: number): number {
    return Math.floor(n ** this.random()) - 1;
  }

  number(): number {
    if (this.random() < 0.6) return this.of(HOSTILE_NUMBERS);
    return Math.floor(this.random() * 2 ** (1 + this.below(32)));
  }

  object(): number {
    return this.below(2 ** 20);
  }
}

type Maker = (choose: Chooser) => Damage;

const OBJECT_DAMAGE: readonly Maker[] = [
  ...Array.from({ length: 6 }, (): Maker => (choose) => ({
    do: 'number',
    object: choose.object(),
    at: choose.small(2 ** 14),
    size: choose.of([1, 2, 4, 4]),
    value: choose.number(),
  })),
  (choose) => ({ do: 'header', object: choose.object(), id: choose.number() | 0 }),
  (choose) => ({ do: 'header', object: choose.object(), version: choose.below(8) }),
  (choose) => ({ do: 'header', object: choose.object(), type: choose.of(TYPES) }),
  (choose) => ({ do: 'length', object: choose.object(), by: (choose.below(2) * 2 - 1) * choose.small(2 ** 20) }),
  (choose) => ({
    ...{ do: 'content', object: choose.object(), keep: choose.small(2 ** 14) },
    ...{
      length: choose.small(2 ** 20),
      pattern: choose.of(['00', '00', '01', 'ff', 'f8', '0001', '48000000000000000000000000']),
    },
  }),
  (choose) => ({ do: 'remove', object: choose.object() }),
  (choose) => ({ do: 'repeat', object: choose.object(), times: 1 + choose.small(50), idStep: choose.below(2) }),
  (choose) => ({ do: 'exchange', object: choose.object(), with: choose.object() }),
  (choose) => ({
    ...{ do: 'insert', object: choose.object(), type: choose.of(TYPES), version: choose.below(4) },
    ...{ id: choose.number() | 0, onlySubobjects: choose.below(2) === 1, length: choose.small(2 ** 16) },
    ...{ fill: choose.of([0, 1, 255]), times: 1 + choose.small(1000), idStep: choose.below(2) },
  }),
];

const BYTE_DAMAGE: readonly Maker[] = [
  (choose) => ({ do: 'byte', at: choose.small(2 ** 24), value: choose.below(256) }),
  (choose) => ({ do: 'bit', at: choose.small(2 ** 24), bit: choose.below(8) }),
  (choose) => ({ do: 'bit', at: choose.below(2 ** 30), bit: choose.below(8) }),
  (choose) => ({ do: 'removeBytes', at: choose.below(2 ** 30), count: 1 + choose.small(2 ** 16) }),
  (choose) => ({
    do: 'copyBytes',
    from: choose.below(2 ** 30),
    to: choose.below(2 ** 30),
    count: choose.small(2 ** 16),
  }),
  (choose) => ({ do: 'insertBytes', at: choose.below(2 ** 30), count: choose.small(2 ** 16), fill: choose.below(256) }),
  (choose) => ({ do: 'cut', at: choose.below(2 ** 30) }),
];

const LINE_DAMAGE: readonly Maker[] = [
  (choose) => ({ do: 'removeLine', line: choose.object() }),
  (choose) => ({ do: 'repeatLine', line: choose.object(), times: 1 + choose.small(200) }),
  (choose) => ({ do: 'moveLine', line: choose.object(), to: choose.object() }),
  (choose) => ({ do: 'indent', line: choose.object(), by: choose.of([-4, -2, -1, 1, 2, 4]) }),
  (choose) => ({ do: 'value', line: choose.object(), text: choose.of(HOSTILE_VALUES) }),
  (choose) => ({ do: 'insertLine', line: choose.object(), text: choose.of(HOSTILE_VALUES) }),
];

function several(choose: Chooser, makers: readonly Maker[]): Damage[] {
  return Array.from({ length: 1 + choose.small(6) }, () => choose.of(makers)(choose));
}

/** Returns mutant number `index` of a seed. */
export function randomRecipe(seed: number, index: number, bases: readonly string[]): Recipe {
  const choose = new Chooser(seededRandom(seed, index));
  const recipe = recipeOf(choose, bases);
  return { ...recipe, allowTruncated: choose.below(4) === 0, writesFile: choose.below(8) === 0 };
}

function recipeOf(choose: Chooser, bases: readonly string[]): Recipe {
  const configurations = bases.filter(isConfiguration);
  const files = bases.filter((base) => !isConfiguration(base));
  const isFile = configurations.length === 0 || (files.length > 0 && choose.below(8) > 0);
  const base = choose.of(isFile ? files : configurations);
  if (!isFile) {
    return { base, damage: several(choose, choose.below(5) === 0 ? BYTE_DAMAGE : LINE_DAMAGE) };
  }
  switch (choose.below(10)) {
    case 0:
    case 1:
      return { base, damage: several(choose, BYTE_DAMAGE) };
    case 2:
      return { base, damage: [{ do: choose.of(['gzip', 'zstd'] as const) }, ...several(choose, BYTE_DAMAGE)] };
    case 3:
      return { base, damage: [...several(choose, OBJECT_DAMAGE), ...several(choose, BYTE_DAMAGE)] };
    default:
      return { base, damage: several(choose, OBJECT_DAMAGE) };
  }
}
