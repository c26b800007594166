import { didYouMean } from '@cherenkit/errors';
import { Fault } from './expression-error.js';
import { UNIT_SYMBOLS } from './unit-symbols.js';

/**
 * A unit of measurement: a product of powers of named units, such as `deg` or `g / cm2`.
 *
 * Units convert when they have the same dimensions; the angle is a dimension of its own, as it is in astropy.
 */
export class Unit {
  /** Powers of the base units as text, equal for units that convert into each other; empty without dimension. */
  readonly dimensions: string;
  /** One of this unit in base units. */
  readonly scale: number;

  private constructor(private readonly powers: ReadonlyMap<string, number>) {
    const bases = new Map<string, number>();
    let scale = 1;
    for (const [symbol, power] of powers) {
      const definition = UNIT_SYMBOLS.get(symbol);
      if (!definition) throw new Fault(unknownUnit(symbol));
      scale *= definition.scale ** power;
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

  /** @throws Fault when there is no unit of that name */
  static named(symbol: string): Unit {
    return NONE_SYMBOLS.has(symbol) ? DIMENSIONLESS : new Unit(new Map([[symbol, 1]]));
  }

  /**
   * Reads `deg`, `1 / m`, `g cm-2`, `g.cm**-2`, `km / s`: products and quotients of units with powers.
   *
   * @throws Fault when the text is no unit
   */
  static parse(text: string): Unit {
    let unit = DIMENSIONLESS;
    let isDivisor = false;
    let rest = text.trim();
    while (rest !== '') {
      const factor = /^(?:1(?![\d.])|([^\d\s*/^().+-]+)(?:(?:\*\*|\^)?\(?([+-]?\d+(?:\.\d+)?)\)?)?)/.exec(rest);
      if (!factor) throw new Fault(`${JSON.stringify(text)} is not a unit`);
      const [matched, symbol, power = '1'] = factor;
      if (symbol !== undefined) {
        unit = unit.times(Unit.named(symbol).toThe(isDivisor ? -Number(power) : Number(power)));
      }
      rest = rest.slice(matched.length);
      const [separator = ''] = /^\s*[*./]?\s*/.exec(rest) ?? [];
      if (separator === '' && rest !== '') throw new Fault(`${JSON.stringify(text)} is not a unit`);
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
    return powers.size === 0 ? DIMENSIONLESS : new Unit(powers);
  }

  toThe(exponent: number): Unit {
    if (exponent === 0) return DIMENSIONLESS;
    return exponent === 1 ? this : new Unit(new Map([...this.powers].map(([symbol, p]) => [symbol, p * exponent])));
  }

  /**
   * What a value in `this` is multiplied with to get one in `target`.
   *
   * @throws Fault when the dimensions differ
   */
  factorTo(target: Unit): number {
    if (this.dimensions !== target.dimensions) throw new Fault(`${this.name} does not convert to ${target.name}`);
    return this.scale / target.scale;
  }

  convertsTo(target: Unit): boolean {
    return this.dimensions === target.dimensions;
  }

  get name(): string {
    return this.toString() || 'a plain number';
  }

  /** As astropy writes it: `g / cm2`; empty without unit. */
  toString(): string {
    const write = (sign: number) =>
      [...this.powers]
        .filter(([, power]) => Math.sign(power) === sign)
        .map(([symbol, power]) => (Math.abs(power) === 1 ? symbol : `${symbol}${Math.abs(power)}`))
        .join(' ');
    const [above, below] = [write(1), write(-1)];
    return below === '' ? above : `${above || '1'} / ${below}`;
  }

  /** As ctapipe's files have it, in the spelling of VOUnit: `g.cm**-2`; empty without unit. */
  toVounit(): string {
    return [...this.powers].map(([symbol, power]) => (power === 1 ? symbol : `${symbol}**${power}`)).join('.');
  }

  static readonly none = new Unit(new Map());
  static readonly rad = new Unit(new Map([['rad', 1]]));
  static readonly deg = new Unit(new Map([['deg', 1]]));
}

const DIMENSIONLESS = Unit.none;
const NONE_SYMBOLS: ReadonlySet<string> = new Set(['one', 'dimensionless_unscaled']);

function unknownUnit(symbol: string): string {
  return `there is no unit ${JSON.stringify(symbol)}${didYouMean(symbol, [...UNIT_SYMBOLS.keys()])}`;
}
