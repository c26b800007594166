import { camelCase, checkOptions, optionRules, type OptionRule, type TelescopeDescription } from '@cherenkit/core';

/** Range of array events to read, and options of `TableLoader.readSubarrayEvents`. Unset ones are the traits. */
export interface SubarrayEventOptions {
  /** Index of the first array event. Default: 0. */
  readonly start?: number | undefined;
  /** Index after the last array event. Default: all. */
  readonly stop?: number | undefined;
  /** Reconstructed showers of all algorithms. */
  readonly dl2?: boolean | undefined;
  /** Simulated showers. */
  readonly simulated?: boolean | undefined;
  /** Observation block of each event. */
  readonly observationInfo?: boolean | undefined;
  /** Names of the columns to read, beside the ids; those that the file does not have are left out. Default: all. */
  readonly columns?: readonly string[] | undefined;
}

/** Options of `TableLoader.readTelescopeEvents`. Unset ones are the traits. */
export interface TelescopeEventOptions extends Omit<SubarrayEventOptions, 'columns'> {
  /** Ids, types such as `LST_LST_LSTCam`, or descriptions. Default: all telescopes. */
  readonly telescopes?: Iterable<number | string | TelescopeDescription> | undefined;
  /** Images, peak times and masks. */
  readonly dl1Images?: boolean | undefined;
  /** Image parameters. */
  readonly dl1Parameters?: boolean | undefined;
  /** Muon rings. */
  readonly dl1Muons?: boolean | undefined;
  /** Simulated images. */
  readonly trueImages?: boolean | undefined;
  /** Parameters of simulated images. */
  readonly trueParameters?: boolean | undefined;
  /** Position, optics and camera of the telescope. */
  readonly instrument?: boolean | undefined;
  /** Pointing of the telescope. */
  readonly pointing?: boolean | undefined;
}

/** Options of all methods: those of telescope events may also be given for array events, so that scripts can share them. */
const OPTIONS: Readonly<Record<keyof TelescopeEventOptions | keyof SubarrayEventOptions, OptionRule>> = {
  telescopes: {
    expected: 'a list of ids, types or descriptions of telescopes',
    accepts: (value) => typeof value === 'object' && value !== null && Symbol.iterator in value,
  },
  start: optionRules.index,
  stop: optionRules.end,
  dl2: optionRules.boolean,
  simulated: optionRules.boolean,
  observationInfo: optionRules.boolean,
  columns: optionRules.texts,
  dl1Images: optionRules.boolean,
  dl1Parameters: optionRules.boolean,
  dl1Muons: optionRules.boolean,
  trueImages: optionRules.boolean,
  trueParameters: optionRules.boolean,
  instrument: optionRules.boolean,
  pointing: optionRules.boolean,
};

/**
 * Options under the names in code; those of ctapipe are accepted as well, such as `dl1_images`.
 *
 * @throws CherenkitError OPTION_INVALID (2)
 */
export function checkedOptions<O extends SubarrayEventOptions>(options: O): O {
  const isObject = Object.getPrototypeOf(Object(options)) === Object.prototype;
  const named = isObject
    ? Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value as unknown]))
    : options;
  checkOptions('TableLoader', named, OPTIONS);
  return named as O;
}
