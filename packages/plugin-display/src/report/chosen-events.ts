/** Numbers by which events are chosen; larger is more interesting, NaN is not. */
export type Scores = readonly number[];

interface Ranked {
  readonly row: number;
  readonly score: number;
}

/**
 * Chooses the most interesting events of a run, by several scores, while their number is bounded. Events are kept as packed
 * text.
 */
export class ChosenEvents {
  readonly #kept = new Map<number, string>();
  readonly #rankings: Ranked[][];

  /**
   * @param limit - number of events to choose
   * @param nScores - number of scores of each event
   */
  constructor(
    readonly limit: number,
    nScores: number,
  ) {
    this.#rankings = Array.from({ length: nScores }, () => []);
  }

  /**
   * Offers an event.
   *
   * @param row - of the event in the table
   * @param pack - called if the event is among the best so far
   */
  async offer(row: number, scores: Scores, pack: () => Promise<string>): Promise<void> {
    let isKept = false;
    for (const [i, ranking] of this.#rankings.entries()) {
      const score = scores[i];
      if (Number.isNaN(score)) continue;
      // Equal scores: the earlier event is first.
      const place = ranking.findIndex((other) => other.score < score);
      if (place < 0 && ranking.length >= this.limit) continue;
      ranking.splice(place < 0 ? ranking.length : place, 0, { row, score });
      isKept = true;
      const last = ranking.length > this.limit ? ranking.pop() : undefined;
      if (last && !this.#isRanked(last.row)) this.#kept.delete(last.row);
    }
    if (isKept && this.#isRanked(row)) this.#kept.set(row, await pack());
  }

  /** The chosen events by row: the best of each ranking, in turn. */
  get events(): Map<number, string> {
    const rows = new Set<number>();
    const longest = Math.max(0, ...this.#rankings.map(({ length }) => length));
    for (let place = 0; place < longest; place++) {
      for (const ranking of this.#rankings) {
        const row = ranking.at(place)?.row;
        if (row !== undefined && rows.size < this.limit) rows.add(row);
      }
    }
    return new Map([...rows].sort((a, b) => a - b).map((row) => [row, this.#kept.get(row) ?? '']));
  }

  #isRanked(row: number): boolean {
    return this.#rankings.some((ranking) => ranking.some((each) => each.row === row));
  }
}
