import { hasBrand } from './brand.js';
import { didYouMean } from '@cherenkit/errors';
import { power as reproduciblePower } from '@cherenkit/kernels';
import { TypeFault } from './expression-error.js';
import { UNIT_SYMBOLS } from './unit-symbols.js';

const UNIT_BRAND = Symbol.for('cherenkit.expression.Unit');

/**
 * Unit of measurement: a product of powers of named units, such as `deg` or `g / cm2`.
 *
 * Units convert if they have the same dimensions. As in astropy, angle is a dimension.
 *
 * @example
 * ```ts
 * import { Unit } from '@cherenkit/expression';
 *
 * console.log(Unit.deg.factorTo(Unit.parse('arcmin'))); // 60
 * console.log(`${Unit.parse('g cm-2')}`, Unit.parse('km / s').convertsTo(Unit.parse('m/ns'))); // g / cm2 true
 * ```
 */
export class Unit {
  static [Symbol.hasInstance](value: unknown): value is Unit {
    return hasBrand(value, UNIT_BRAND);
  }

  get [UNIT_BRAND](): true {
    return true;
  }

  /** Powers of the base units as text, equal for units that convert into each other; empty for dimensionless units. */
  readonly dimensions: string;
  /** Value of this unit in base units. */
  readonly scale: number;

  private constructor(private readonly powers: ReadonlyMap<string, number>) {
    const bases = new Map<string, number>();
    let scale = 1;
    for (const [symbol, power] of powers) {
      const definition = UNIT_SYMBOLS.get(symbol);
      if (!definition) throw new TypeFault(unknownUnit(symbol));
      scale *= reproduciblePower(definition.scale, power);
      for (const [base, exponent] of definition.dimensions) {
        bases.set(base, (bases.get(base) ?? 0) + exponent * power);
      }
    }
    this.scale = scale;
    this.dimensions = [...bases]
      .filter(([, exponent]) => exponent !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([base, exponent]) => `${base}${exponent}`)
      .join(' ');
  }

  /** The unit with a name of `astropy.units`. @throws Fault for an unknown name */
  static named(symbol: string): Unit {
    return DIMENSIONLESS_SYMBOLS.has(symbol) ? Unit.dimensionless : new Unit(new Map([[symbol, 1]]));
  }

  /**
   * Parses products and quotients of units with powers: `deg`, `1 / m`, `g cm-2`, `g.cm**-2`, `km / s`.
   *
   * @throws Fault for an invalid text or an unknown unit
   */
  static parse(text: string): Unit {
    const known = parsed.get(text);
    if (known) return known;
    const unit = Unit.#parse(text);
    if (parsed.size >= MAX_PARSED) parsed.clear();
    parsed.set(text, unit);
    return unit;
  }

  static #parse(text: string): Unit {
    let unit = Unit.dimensionless;
    let isDivisor = false;
    let rest = text.trim();
    while (rest !== '') {
      const factor = /^(?:1(?![\d.])|([^\d\s*/^().+-]+)(?:(?:\*\*|\^)?\(?([+-]?\d+(?:\.\d+)?)\)?)?)/.exec(rest);
      if (!factor) throw new TypeFault(`invalid unit ${JSON.stringify(text)}`);
      const [matched, symbol, power = '1'] = factor;
      if (symbol !== undefined) {
        unit = unit.times(Unit.named(symbol).power(isDivisor ? -Number(power) : Number(power)));
      }
      rest = rest.slice(matched.length);
      const [separator = ''] = /^\s*[*./]?\s*/.exec(rest) ?? [];
      if (separator === '' && rest !== '') throw new TypeFault(`invalid unit ${JSON.stringify(text)}`);
      isDivisor = separator.trim() === '/';
      rest = rest.slice(separator.length);
    }
    return unit;
  }

  times(other: Unit): Unit {
    const powers = new Map(this.powers);
    for (const [symbol, power] of other.powers) {
      const sum = (powers.get(symbol) ?? 0) + power;
      if (sum === 0) powers.delete(symbol);
      else powers.set(symbol, sum);
    }
    return powers.size === 0 ? Unit.dimensionless : new Unit(powers);
  }

  power(exponent: number): Unit {
    if (exponent === 0) return Unit.dimensionless;
    return exponent === 1 ? this : new Unit(new Map([...this.powers].map(([symbol, p]) => [symbol, p * exponent])));
  }

  /**
   * Factor that converts a value in this unit to one in `target`.
   *
   * @throws Fault if the dimensions differ
   */
  factorTo(target: Unit): number {
    if (this.dimensions !== target.dimensions) throw new TypeFault(`cannot convert ${this.name} to ${target.name}`);
    return this.scale / target.scale;
  }

  convertsTo(target: Unit): boolean {
    return this.dimensions === target.dimensions;
  }

  get name(): string {
    return this.toString() || 'a plain number';
  }

  /** Formats as astropy does: `g / cm2`; empty for a dimensionless unit. */
  toString(): string {
    const write = (sign: number) =>
      [...this.powers]
        .filter(([, power]) => Math.sign(power) === sign)
        .map(([symbol, power]) => (Math.abs(power) === 1 ? symbol : `${symbol}${Math.abs(power)}`))
        .join(' ');
    const [above, below] = [write(1), write(-1)];
    return below === '' ? above : `${above || '1'} / ${below}`;
  }

  /** Formats as a VOUnit string, like the units in ctapipe's files: `g.cm**-2`; empty for a dimensionless unit. */
  toVounit(): string {
    return [...this.powers].map(([symbol, power]) => (power === 1 ? symbol : `${symbol}**${power}`)).join('.');
  }

  static readonly dimensionless = new Unit(new Map());
  static readonly rad = new Unit(new Map([['rad', 1]]));
  static readonly deg = new Unit(new Map([['deg', 1]]));
}

/** Parsed units, at most this many: models ask for those of their columns for each telescope event. */
const MAX_PARSED = 256;
const parsed = new Map<string, Unit>();

const DIMENSIONLESS_SYMBOLS: ReadonlySet<string> = new Set(['one', 'dimensionless_unscaled']);

function unknownUnit(symbol: string): string {
  return `unknown unit ${JSON.stringify(symbol)}${didYouMean(symbol, [...UNIT_SYMBOLS.keys()])}`;
}
