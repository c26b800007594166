import type { AtmosphereDensityProfile, SubarrayDescription } from '../../instrument/index.js';
import type { CommandDeclaration } from './command-declaration.js';
import type { Logger } from './logger.js';
import type { ServiceToken } from './service.js';
import { camelCase, snakeCase } from '@cherenkit/expression';
import type { Json } from './trait-declaration.js';
import type { Trait, Traits, TraitValues } from './trait.js';

/** The constructor argument of every component: its trait values, the subarray, its children and services. Not for use in the event loop. */
export interface ComponentContext {
  /** Class names from the root to this component, `ShowerProcessor.HillasReconstructor`: where a configuration sets its values. */
  readonly path: string;
  /** Name of the plugin that provides the class; undefined for a component made without a plugin. */
  readonly plugin?: string | undefined;
  /** Trait values by their names in code. In an event source, values per telescope are empty until the subarray is known. */
  readonly traits: object;
  /**
   * The subarray of the run.
   *
   * @throws CherenkitError SUBARRAY_UNKNOWN in an event source and its children, which are created before it is known
   */
  readonly subarray: SubarrayDescription;
  /** The atmosphere in which the showers of the input developed; undefined if the input has none. */
  readonly atmosphere?: AtmosphereDensityProfile | undefined;
  /** Telescopes that this component serves: all, or those that the configuration chose it for. Empty in an event source until the subarray is known. */
  readonly telIds: readonly number[];
  /** A logger whose messages are prefixed with the path of the component. */
  readonly logger: Logger;
  /**
   * Logs a warning about the events once per run, by whichever of its threads.
   *
   * @param key - distinguishes the warnings of this component. Default: the message
   */
  warnOnce(message: string, key?: string): void;
  /**
   * Creates a child component, configured by its place below this one.
   *
   * @param name - a class listed in `children`, or named by a trait
   */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C;
  /**
   * Creates a child component with values that this component sets: they take precedence over the configuration. For classes of
   * which there are several children, each with its own values.
   *
   * @param name - class of any plugin
   * @param values - by the names of traits
   * @param place - where the values were written, for messages. Default: path of this component
   * @throws ConfigurationError for unknown traits and invalid values
   */
  createWith<C extends Component>(
    kind: ComponentKind<C>,
    name: string,
    values: { readonly [trait: string]: Json },
    place?: string,
  ): Promise<C>;
  /** Returns the instance of a service; there is one per run. */
  service<T>(token: ServiceToken<T>): T;
}

/** How a file is recognised, as plain data: finding its event source or its exporter imports no plugin. */
export interface InputSignature {
  /** URL scheme without the colon: `toymodel`. */
  readonly scheme?: string;
  /** First bytes in hexadecimal, after decompression: `894844460d0a1a0a`. */
  readonly magic?: string;
  /**
   * Texts that all occur in the first 32 KiB, after decompression, for formats that many kinds of files share:
   * `["'R1v1."]` in the header of a FITS file. With `magic`, both must match.
   */
  readonly contains?: readonly string[];
  /** File name extension, in lower case and before any `.gz` or `.zst`: `.fits`. With `magic`, both must match. */
  readonly extension?: string;
}

/** The static members of a component class. */
export interface ComponentStatics {
  readonly name: string;
  readonly kind: string;
  readonly help: string;
  readonly traits: Traits;
  readonly children: readonly ComponentKind[];
  /** Undefined in copies of core that have no such classes. */
  readonly mixins?: readonly ComponentKind[];
  readonly recognises: readonly InputSignature[];
  readonly command: CommandDeclaration;
  /** Undefined in copies of core that have no such check. */
  readonly methods?: readonly string[];
  /** Undefined in copies of core that have no such check. */
  readonly asynchronousMethods?: readonly (string | symbol)[];
}

/** A concrete component class. Not `ComponentKind & new`: TypeScript would see the abstract signature first (TS2511). */
export type ComponentClass<C extends Component = Component> = ComponentStatics & (new (context: ComponentContext) => C);

/** A component class, abstract or concrete; as a kind, the base class of interchangeable components (`ImageCleaner`). */
export type ComponentKind<C extends Component = Component> = ComponentStatics &
  (abstract new (context: ComponentContext) => C);

/** The type that `Component.withTraits` returns. */
export type WithTraits<B extends ComponentKind, T extends Traits> = Omit<B, 'prototype' | keyof ComponentStatics> &
  Omit<ComponentStatics, 'traits'> & { readonly traits: B['traits'] & T } & (abstract new (
    context: ComponentContext,
  ) => InstanceType<B> & { readonly traits: TraitValues<T> });

const BRAND = Symbol.for('cherenkit.component');

/**
 * A configurable step of the analysis. Extend `Kind.withTraits({ ... })` and read the values from `this.traits`.
 *
 * The class name is its name in configurations and output columns, so bundlers must not rename classes.
 * Source: ctapipe 0.32 `Component`.
 */
export abstract class Component {
  static readonly [BRAND] = true;
  /** Name of the kind; a kind sets it to its own class name, its components inherit it. */
  static readonly kind: string = '';
  /** One sentence for `cherenkit components` and the docs. Not inherited. */
  static readonly help: string = '';
  static readonly traits: Traits = {};
  /** Classes that the component creates, except those named by its traits. A kind stands for all its components. */
  static readonly children: readonly ComponentKind[] = [];
  /**
   * Further classes whose sections in configurations apply to the component, before those of its base classes, as for several base
   * classes in Python. It declares their traits itself: `Base.withTraits(Mixin.traits)`. Not inherited.
   */
  static readonly mixins: readonly ComponentKind[] = [];
  /** Inputs of an event source; output files of a table exporter, by extension. Not inherited. */
  static readonly recognises: readonly InputSignature[] = [];
  /** Methods that each component of the kind implements and that are called for every event: they must be synchronous. */
  static readonly methods: readonly string[] = [];
  /** Further methods that each component of the kind implements; they may return promises. */
  static readonly asynchronousMethods: readonly (string | symbol)[] = [];
  /** Command of a tool. Not inherited. */
  static readonly command: CommandDeclaration = {};

  /** Trait values by name; `withTraits` gives them their types. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- anything narrower would not let subclasses refine it
  readonly traits: {};

  constructor(protected readonly context: ComponentContext) {
    this.traits = context.traits;
  }

  /** Class name, as configurations and output columns spell it. */
  get name(): string {
    return this.constructor.name;
  }

  /** Name of the plugin that provides the class; undefined for a component made without a plugin. */
  get plugin(): string | undefined {
    return this.context.plugin;
  }

  /**
   * Returns a base class with additional traits. A trait of the same name replaces the inherited one.
   *
   * @throws TypeError for a trait without help, or with a name that is not in camelCase
   * @example
   * ```ts
   * class BrightPixelCleaner extends ImageCleaner.withTraits({
   *   thresholdPe: trait.perTelescope(trait.number({ default: 7, unit: 'pe', help: 'Minimum charge of a pixel.' })),
   * }) {
   *   static override readonly help = 'Keeps pixels above a threshold.';
   *
   *   override clean(telId: number, image: Float32Array): Uint8Array {
   *     const threshold = this.traits.thresholdPe.for(telId);
   *     return Uint8Array.from(image, (charge) => (charge >= threshold ? 1 : 0));
   *   }
   * }
   * ```
   */
  static withTraits<B extends ComponentKind, const T extends Traits>(this: B, traits: T): WithTraits<B, T> {
    for (const [name, declared] of Object.entries(traits)) checkTrait('withTraits', name, declared);
    // The compiler cannot know that `this` is a subclass of Component with `super.traits`.
    abstract class TraitBase extends (this as unknown as typeof Component) {
      static override readonly traits: Traits = { ...super.traits, ...traits };
    }
    // An empty name marks a class made here: it has no section in configurations.
    Object.defineProperty(TraitBase, 'name', { value: '' });
    return TraitBase as unknown as WithTraits<B, T>;
  }
}

/**
 * Checks the declaration of a trait.
 *
 * @param place - for the message: `Plugin plane-fit: PlaneFit`
 * @throws TypeError for a trait without help, or with a name that is not in camelCase
 */
export function checkTrait(place: string, name: string, declared: Trait): void {
  const expected = camelCase(snakeCase(name));
  if (expected !== name || !/^[a-z][A-Za-z0-9_]*$/.test(name)) {
    const words = name.replace(/[^\w]+(\w)/g, (_, letter: string) => letter.toUpperCase());
    throw new TypeError(
      `${place}: the name of the trait ${name} is not in camelCase; expected ${camelCase(snakeCase(words).replace(/^_+/, ''))}.`,
    );
  }
  const { declaration } = Object(declared) as Partial<Trait>;
  if (typeof declaration !== 'object') {
    throw new TypeError(`${place}: the trait ${name} has no declaration; expected trait.number({ ... }), for example.`);
  }
  if (!declaration.help) throw new TypeError(`${place}: the trait ${name} has no help; describe it in one sentence.`);
}

/** Whether a value is a component class. Checked by brand, not by `instanceof`: a plugin may have its own copy of core. */
export function isComponentKind(value: unknown): value is ComponentKind {
  return typeof value === 'function' && BRAND in value;
}

/** Returns the nearest named base class; undefined for a direct subclass of `Component`. */
export function baseOf(component: ComponentKind): ComponentKind | undefined {
  let base: unknown = Object.getPrototypeOf(component);
  while (isComponentKind(base) && base.name === '') base = Object.getPrototypeOf(base);
  return isComponentKind(base) && Object.getPrototypeOf(base) !== Function.prototype ? base : undefined;
}

/** Returns the traits that a class adds or replaces. */
export function ownTraits(component: ComponentKind): Map<string, Trait> {
  const inherited = baseOf(component)?.traits ?? {};
  return new Map(Object.entries(component.traits).filter(([name, trait]) => inherited[name] !== trait));
}
