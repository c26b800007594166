import type { Config } from '../protocol.js';
import type { Message, PageModel } from './page-model.js';

/** Settings that help after an error. */
export interface Remedy {
  readonly label: string;
  /** Whether it helps only if there is an event. */
  readonly needsEvent?: boolean;
  readonly config: Config;
}

const KEEP_EVENTS: Remedy = {
  label: 'Show the events before',
  needsEvent: true,
  config: { EventSource: { allow_truncated: true } },
};

const REMEDIES: Readonly<Record<string, Remedy>> = {
  EFFECTIVE_FOCAL_LENGTH_UNKNOWN: {
    label: 'Use the equivalent focal length',
    config: { EventSource: { focal_length_choice: 'EQUIVALENT' } },
  },
  SIMTEL_TRUNCATED: KEEP_EVENTS,
  SIMTEL_CORRUPT: KEEP_EVENTS,
  SIMTEL_OBJECT_TOO_LARGE: KEEP_EVENTS,
  ZFITS_TRUNCATED: KEEP_EVENTS,
  NO_EVENTS: {
    label: 'Show calibration events',
    config: { SimTelEventSource: { skip_calibration_events: false } },
  },
};

/** The settings that help after the error that is shown; undefined if there are none. */
export function remedyOf(model: PageModel): Remedy | undefined {
  const { code = '' } = messageOf(model);
  const remedy = REMEDIES[code];
  return remedy?.needsEvent && !model.viewed ? undefined : remedy;
}

/** The message that is shown: that of the list of events, which stays, if there is no other one. */
export function messageOf({ message, listProblem }: PageModel): Message {
  return message.text === '' && listProblem ? { text: listProblem.message, code: listProblem.code ?? '' } : message;
}
