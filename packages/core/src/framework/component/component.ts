import type { SubarrayDescription } from '../../instrument/index.js';
import type { CommandDeclaration } from './command-declaration.js';
import type { Logger } from './logger.js';
import type { ServiceToken } from './service.js';
import { camelCase, snakeCase } from '@cherenkit/expression';
import type { Trait, Traits, TraitValues } from './trait.js';

/** What a component is given: its values, the array, and the way to its children and to services. For constructors, not for the event loop. */
export interface ComponentContext {
  /** The classes from the root to this component, `ShowerProcessor.HillasReconstructor`: the place of its values in a configuration. */
  readonly path: string;
  /** The plugin that its class comes from; undefined where it is made without any. */
  readonly plugin?: string | undefined;
  /** The resolved values, by the names in code. Those of an event source that are per telescope are empty before its array is known. */
  readonly traits: object;
  /** The array. An event source and its children are made before there is one: for them it is an error to ask. */
  readonly subarray: SubarrayDescription;
  /** The telescopes that this component serves: all, or those that it was chosen for; for an event source none before its array is known. */
  readonly telIds: readonly number[];
  /** Writes under the component's path. */
  readonly logger: Logger;
  /** A new child, configured by its place below this component. Its class has to be among `children`, or named by a trait. */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C;
  /** The one instance of a service. */
  service<T>(token: ServiceToken<T>): T;
}

/** How an event source recognises its inputs, as plain data: no code is imported to find the one that reads a file. */
export interface InputSignature {
  /** The URL's scheme without the colon, `toymodel`. */
  readonly scheme?: string;
  /** The first bytes in hexadecimal, after decompression: `894844460d0a1a0a`. */
  readonly magic?: string;
  /** The end of the file's name, in lower case and before any `.gz` or `.zst`: `.fits`. With `magic`, both have to fit. */
  readonly extension?: string;
}

/** What a component class says of itself. */
export interface ComponentStatics {
  readonly name: string;
  readonly kind: string;
  readonly help: string;
  readonly traits: Traits;
  readonly children: readonly ComponentKind[];
  readonly recognises: readonly InputSignature[];
  readonly command: CommandDeclaration;
}

/** A class that can be chosen. Not `ComponentKind & new`: TypeScript would see the abstract signature first (TS2511). */
export type ComponentClass<C extends Component = Component> = ComponentStatics & (new (context: ComponentContext) => C);

/** An abstract or concrete class that other components are chosen by. */
export type ComponentKind<C extends Component = Component> = ComponentStatics &
  (abstract new (context: ComponentContext) => C);

/** The base class that `withTraits` makes of `B`. */
export type WithTraits<B extends ComponentKind, T extends Traits> = Omit<B, 'prototype' | keyof ComponentStatics> &
  Omit<ComponentStatics, 'traits'> & { readonly traits: B['traits'] & T } & (abstract new (
    context: ComponentContext,
  ) => InstanceType<B> & { readonly traits: TraitValues<T> });

const BRAND = Symbol.for('cherenkit.component');

/**
 * A configurable part of the analysis. Subclass `Kind.withTraits({ ... })` and read the values in `this.traits`.
 *
 * The class's name is its name in configurations, so bundles have to keep names.
 */
export abstract class Component {
  static readonly [BRAND] = true;
  /** What it can be chosen as; a class that others are chosen by sets it to its own name. */
  static readonly kind: string = '';
  /** One sentence for `cherenkit components` and the docs. Not inherited. */
  static readonly help: string = '';
  static readonly traits: Traits = {};
  /** Classes that the component creates by a name of its own; those named by its traits need no mention. A kind stands for all its components. */
  static readonly children: readonly ComponentKind[] = [];
  /** For event sources. Not inherited. */
  static readonly recognises: readonly InputSignature[] = [];
  /** For tools. Not inherited. */
  static readonly command: CommandDeclaration = {};

  /** Refined by `withTraits`. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- anything narrower would not let subclasses refine it
  readonly traits: {};

  constructor(protected readonly context: ComponentContext) {
    this.traits = context.traits;
  }

  /** The name of the class, as configurations and output columns spell it. */
  get name(): string {
    return this.constructor.name;
  }

  /** The name of the plugin that the class comes from; undefined for a component that was made without any. */
  get plugin(): string | undefined {
    return this.context.plugin;
  }

  /**
   * The base class of a component with these traits and those of `this`; a trait of the same name is replaced.
   *
   * @throws TypeError for a trait without help, or whose name does not come back from its spelling in files
   */
  static withTraits<B extends ComponentKind, const T extends Traits>(this: B, traits: T): WithTraits<B, T> {
    for (const [name, { declaration }] of Object.entries(traits)) {
      if (camelCase(snakeCase(name)) !== name) throw new TypeError(`Trait name ${name} has no snake_case of its own.`);
      if (!declaration.help) throw new TypeError(`Trait ${name} has no help.`);
    }
    // The compiler cannot know that `this` is a subclass of Component with `super.traits`.
    abstract class TraitBase extends (this as unknown as typeof Component) {
      static override readonly traits: Traits = { ...super.traits, ...traits };
    }
    // An empty name marks the class as ours: it is no section of a configuration.
    Object.defineProperty(TraitBase, 'name', { value: '' });
    return TraitBase as unknown as WithTraits<B, T>;
  }
}

/** By brand, not by `instanceof`: a plugin may bring its own copy of core. */
export function isComponentKind(value: unknown): value is ComponentKind {
  return typeof value === 'function' && BRAND in value;
}

/** The named class above this one; undefined for a class right below `Component`. */
export function baseOf(component: ComponentKind): ComponentKind | undefined {
  let base: unknown = Object.getPrototypeOf(component);
  while (isComponentKind(base) && base.name === '') base = Object.getPrototypeOf(base);
  return isComponentKind(base) && Object.getPrototypeOf(base) !== Function.prototype ? base : undefined;
}

/** The traits that this class adds to, or replaces in, those of its base. */
export function ownTraits(component: ComponentKind): Map<string, Trait> {
  const inherited = baseOf(component)?.traits ?? {};
  return new Map(Object.entries(component.traits).filter(([name, trait]) => inherited[name] !== trait));
}
