import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { EventIndexContainer } from '../event/index.js';
import type { Logger } from '../framework/component/index.js';

/** Counts events that have the same ids as an earlier event of the input. */
export class DuplicateEvents {
  #count = 0;
  /** Event ids by observation. */
  readonly #known = new Map<number, Set<number>>();

  /** @param refuse - whether a duplicate ends the run */
  constructor(
    private readonly input: string,
    private readonly refuse: boolean,
    private readonly logger: Logger,
  ) {}

  get count(): number {
    return this.#count;
  }

  /**
   * Checks an event. The first duplicate is logged.
   *
   * @throws CherenkitError EVENT_DUPLICATE (65) if duplicates are refused
   */
  check({ obsId, eventId }: EventIndexContainer): void {
    let known = this.#known.get(obsId);
    if (!known) this.#known.set(obsId, (known = new Set()));
    if (known.size < known.add(eventId).size) return;
    this.#count++;
    const found = `${this.input}: event ${eventId} of observation ${obsId} is there more than once; expected distinct events.`;
    if (this.refuse) throw new CherenkitError('EVENT_DUPLICATE', ExitCode.BAD_INPUT, `${found} ${REMEDY}`);
    if (this.#count === 1) {
      this.logger.warning(`${found} All of them are written; --refuse-duplicates makes this an error.`);
    }
  }
}

const REMEDY = 'Remove the duplicates, or run without --refuse-duplicates.';
