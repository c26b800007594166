import { describeValue } from '../event/check-array.js';
import { checkContainer, type ArrayLengths } from '../event/check-container.js';
import { isContainer } from '../event/clone-container.js';
import {
  ParticleClassificationContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  TelescopeReconstructedContainer,
  valueOf,
  type ArrayEvent,
  type Container,
  type ContainerClass,
  type Fields,
} from '../event/index.js';
import type { EventFailures } from '../framework/component/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import {
  mapsOf,
  removeMisnamed,
  STEREO_PROPERTIES,
  TELESCOPE_PROPERTIES,
  type Results,
  type StereoProperty,
  type TelescopeProperty,
} from './misnamed-results.js';
import { prefixOfResults, type Reconstructor, type ResultClasses } from './reconstructor.js';

const PROPERTIES = {
  GEOMETRY: 'geometry',
  ENERGY: 'energy',
  PARTICLE_TYPE: 'particleType',
} as const satisfies Record<keyof ResultClasses, StereoProperty>;

/** Fields that a result needs; the class may be another one. */
const BASES: Readonly<Record<StereoProperty, ContainerClass>> = {
  geometry: ReconstructedGeometryContainer,
  energy: ReconstructedEnergyContainer,
  particleType: ParticleClassificationContainer,
};

type Result = Container & { isValid: boolean; reason: string | undefined };

const NO_RESULT = 'no result was set; expected one in event.dl2 for every event, invalid if it cannot be reconstructed';

/**
 * The results of one reconstructor. They are checked for every event, and completed: each table of results has a row for
 * every event, which ctapipe's `TableLoader` requires.
 *
 * The properties that it reconstructs are those of its `resultClasses`, and those that it has set for an earlier event.
 */
export class ResultRows {
  readonly #stereo = new Map<StereoProperty, ContainerClass>();
  readonly #telescopes = new Map<TelescopeProperty, ContainerClass>();
  readonly #lengths: ArrayLengths = new Map();

  constructor(
    private readonly reconstructor: Reconstructor,
    private readonly failures: EventFailures,
    private readonly subarray: Pick<SubarrayDescription, 'tel'>,
  ) {
    for (const [key, type] of Object.entries(reconstructor.resultClasses ?? {}) as [keyof ResultClasses, unknown][]) {
      if (type !== undefined) this.#stereo.set(PROPERTIES[key], type as ContainerClass);
    }
  }

  /** Name of the results of the reconstructor. */
  get name(): string {
    return prefixOfResults(this.reconstructor);
  }

  /** Whether the properties are unknown: none is declared, and none was set so far. */
  get isUnknown(): boolean {
    return this.#stereo.size === 0 && this.#telescopes.size === 0;
  }

  /**
   * Checks and completes the results of an event, and removes results with names that are not allowed.
   *
   * @param failure - why the reconstructor failed for this event; its results are discarded
   * @param allowed - names of the configured reconstructors, and of results of the input
   */
  complete(event: ArrayEvent, failure: string | undefined, ...allowed: readonly ReadonlySet<string>[]): void {
    const { name } = this;
    const replaced = this.#replaceInvalid(event);
    failure ??= replaced;
    const misnamed = removeMisnamed(event, ...allowed);
    const maps = mapsOf(event);
    if (failure !== undefined) {
      for (const results of maps) results.delete(name);
    } else if (misnamed !== undefined) {
      failure = this.#record(event, undefined, `a result was set as ${misnamed}; expected ${name} (\`this.prefix\`)`);
    } else if (!maps.some((results) => results.has(name))) {
      failure = this.#record(event, undefined, NO_RESULT);
    }
    this.#completeStereo(event, failure);
    this.#completeTelescopes(event, failure);
  }

  /** Replaces results of telescopes that are not of the class that holds them. */
  #replaceInvalid(event: ArrayEvent): string | undefined {
    let failure: string | undefined;
    for (const [telId, results] of event.dl2.tel) {
      if (isContainer(results) && TELESCOPE_PROPERTIES.every((property) => isMap(results[property]))) continue;
      event.dl2.tel.set(telId, new TelescopeReconstructedContainer());
      const found = describeValue(results);
      failure = this.#record(event, telId, `dl2.tel has ${found}; expected a TelescopeReconstructedContainer`);
    }
    return failure;
  }

  #completeStereo(event: ArrayEvent, failure: string | undefined): void {
    for (const property of STEREO_PROPERTIES) {
      const results = event.dl2.stereo[property] as Results;
      this.#check(event, undefined, property, results, this.#stereo, BASES[property]);
      const type = this.#stereo.get(property);
      if (type && !results.has(this.name)) {
        results.set(this.name, invalidResult(type, failure ?? `no ${property} was set`));
      }
    }
  }

  #completeTelescopes(event: ArrayEvent, failure: string | undefined): void {
    const { tel } = event.dl2;
    for (const property of TELESCOPE_PROPERTIES) {
      for (const [telId, results] of tel) {
        const base = TelescopeReconstructedContainer.fields[property].container;
        if (base) this.#check(event, telId, property, results[property], this.#telescopes, base);
      }
      const type = this.#telescopes.get(property);
      for (const telId of type ? telescopesOf(event) : []) {
        const all = tel.get(telId) ?? new TelescopeReconstructedContainer();
        tel.set(telId, all);
        const results = all[property] as Results;
        if (type && !results.has(this.name)) {
          results.set(this.name, invalidResult(type, failure ?? `no ${property} was set`));
        }
      }
    }
  }

  /** Replaces a result that is not as expected by an invalid one. */
  #check<P extends TelescopeProperty>(
    event: ArrayEvent,
    telId: number | undefined,
    property: P,
    results: Results,
    classes: Map<P, ContainerClass>,
    base: ContainerClass,
  ): void {
    const { name } = this;
    const result: unknown = results.get(name);
    if (result === undefined) return;
    const fault = this.#faultOf(result, property, telId, base);
    if (fault === undefined) {
      classes.set(property, classOf(result as Container));
      return;
    }
    const type = classes.get(property) ?? (isContainer(result) ? classOf(result) : base);
    results.set(name, invalidResult(type, this.#record(event, telId, fault)));
  }

  #faultOf(result: unknown, property: string, telId: number | undefined, base: ContainerClass): string | undefined {
    try {
      const place = telId === undefined ? property : `${property} of telescope ${telId}`;
      checkContainer(`the ${place}`, result, base, this.#lengths);
    } catch (error) {
      return (error as Error).message;
    }
    const unknown = unknownTelescope(result as Result, this.subarray.tel);
    if (unknown !== undefined) {
      return `the ${property} has ${unknown.field} with telescope ${unknown.telId}, which the array does not have`;
    }
    const missing = (result as Result).isValid ? missingField(result as Result) : undefined;
    if (missing === undefined) return undefined;
    return `the result is valid, but ${missing} is ${String(valueOf(result as Result, missing))}`;
  }

  #record(event: ArrayEvent, telId: number | undefined, fault: string): string {
    return this.failures.record(this.reconstructor, event, telId, new TypeError(fault));
  }
}

/** Checked by its methods: the map may come from another realm. */
function isMap(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Map]';
}

/** Telescopes with a row in the tables of telescope events. */
function telescopesOf({ trigger, dl1 }: ArrayEvent): Iterable<number> {
  return new Set([...trigger.telsWithTrigger, ...dl1.tel.keys()]);
}

function classOf(container: Container): ContainerClass {
  return container.constructor as unknown as ContainerClass;
}

function invalidResult(type: ContainerClass, reason: string): Container {
  return new type({ isValid: false, reason });
}

/** Names of the fields of a result that the checks read. */
interface CheckedFields {
  readonly required: readonly string[];
  /** Lists of telescope ids. */
  readonly telescopes: readonly string[];
}

const known = new WeakMap<Fields, CheckedFields>();

function checkedFields({ fields }: Result): CheckedFields {
  let checked = known.get(fields);
  if (!checked) {
    const entries = Object.entries(fields);
    checked = {
      required: entries.flatMap(([name, { required }]) => (required ? [name] : [])),
      telescopes: entries.flatMap(([name, { column }]) => (column?.type === 'telescopes' ? [name] : [])),
    };
    known.set(fields, checked);
  }
  return checked;
}

/** Returns the first required field whose value is not finite. */
function missingField(result: Result): string | undefined {
  return checkedFields(result).required.find((name) => !Number.isFinite(valueOf(result, name)));
}

/** Returns the first telescope that the array does not have: its column of flags has no place for it. */
function unknownTelescope(
  result: Result,
  array: ReadonlyMap<number, unknown>,
): { readonly field: string; readonly telId: number } | undefined {
  for (const field of checkedFields(result).telescopes) {
    const telId = (valueOf(result, field) as readonly number[]).find((id) => !array.has(id));
    if (telId !== undefined) return { field, telId };
  }
  return undefined;
}
