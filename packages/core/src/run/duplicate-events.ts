import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { EventIndexContainer } from '../event/index.js';
import type { Logger } from '../framework/component/index.js';
import { EventIdSet } from './event-id-set.js';

/** Counts events that have the same ids as an earlier event of the input. */
export class DuplicateEvents {
  #count = 0;
  #isReported = false;

  /**
   * @param refuse - whether a duplicate ends the run
   * @param known - the ids of the events so far
   */
  constructor(
    private readonly input: string,
    private readonly refuse: boolean,
    private readonly logger: Logger,
    private readonly known = new EventIdSet(),
  ) {}

  get count(): number {
    return this.#count;
  }

  /**
   * Checks an event. The first duplicate is logged.
   *
   * @throws CherenkitError EVENT_DUPLICATE (65) if duplicates are refused
   */
  check({ obsId, eventId }: Pick<EventIndexContainer, 'obsId' | 'eventId'>): void {
    const isNew = this.known.add(obsId, eventId);
    if (!this.known.isComplete && !this.#isReported) {
      this.#isReported = true;
      this.logger.warning(
        `${this.input}: too many event ids to remember; from event ${eventId} of observation ${obsId} on, duplicates of the ` +
          'earliest events are not recognized.',
      );
    }
    if (isNew) return;
    this.#count++;
    const found = `${this.input}: event ${eventId} of observation ${obsId} is there more than once; expected distinct events.`;
    if (this.refuse) throw new CherenkitError('EVENT_DUPLICATE', ExitCode.BAD_INPUT, `${found} ${REMEDY}`);
    if (this.#count === 1) {
      this.logger.warning(
        `${found} All of them are written, and joins of tables by event combine their rows with each other; --refuse-duplicates makes this an error.`,
      );
    }
  }
}

const REMEDY = 'Remove the duplicates, or run without --refuse-duplicates.';
