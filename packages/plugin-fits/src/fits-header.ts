import type { MetaValue, TableMeta } from '@cherenkit/tables';
import { CARD } from './fits-block.js';
import { parseCard, type FitsCard } from './parse-card.js';

/** Keywords that describe the layout of the data, not their content. */
const STRUCTURE =
  /^(?:SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|PCOUNT|GCOUNT|GROUPS|TFIELDS|THEAP|EXTNAME|CHECKSUM|DATASUM|LONGSTRN|(?:TTYPE|TFORM|TUNIT|TDIM|TNULL|TSCAL|TZERO|TDISP)\d+)$/;

/** Keywords of a FITS header with their values: numbers for floats, bigints for integers. */
export class FitsHeader {
  readonly cards: readonly FitsCard[];
  readonly #values = new Map<string, MetaValue>();

  constructor(cards: readonly FitsCard[]) {
    this.cards = cards;
    for (const { keyword, value } of cards) {
      // The first of duplicate keywords counts, as in astropy.
      if (value !== undefined && !this.#values.has(keyword)) this.#values.set(keyword, value);
    }
  }

  /** Parses the lines of a header up to `END`; texts that continue over several lines are joined. */
  static parse(text: string): FitsHeader {
    const cards: FitsCard[] = [];
    for (let at = 0; at + CARD <= text.length; at += CARD) {
      const line = text.slice(at, at + CARD);
      if (line.trimEnd() === 'END') break;
      const card = parseCard(line);
      const last = cards.at(-1);
      const isContinued = typeof last?.value === 'string' && last.value.endsWith('&');
      if (card.keyword === 'CONTINUE' && typeof card.value === 'string' && last !== undefined && isContinued) {
        const comment = `${last.comment} ${card.comment}`.trim();
        cards[cards.length - 1] = { ...last, value: `${String(last.value).slice(0, -1)}${card.value}`, comment };
      } else cards.push(card);
    }
    return new FitsHeader(cards);
  }

  has(keyword: string): boolean {
    return this.#values.has(keyword);
  }

  get(keyword: string): MetaValue | undefined {
    return this.#values.get(keyword);
  }

  /** Value of a text keyword; undefined if it is missing or no text. */
  text(keyword: string): string | undefined {
    const value = this.#values.get(keyword);
    return typeof value === 'string' ? value : undefined;
  }

  /** Value of a numeric keyword; undefined if it is missing or no number. */
  number(keyword: string): number | undefined {
    const value = this.#values.get(keyword);
    return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
  }

  /** All values except those that describe the layout of the data, as metadata of a table. */
  get meta(): TableMeta {
    return Object.fromEntries([...this.#values].filter(([keyword]) => !STRUCTURE.test(keyword)));
  }
}
