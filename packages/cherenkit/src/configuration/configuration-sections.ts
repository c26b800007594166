import type { BuiltInSections } from './built-in-sections.js';

/**
 * A configuration as an object: sections with the keys of a configuration file. Editors complete and explain them, and a
 * misspelt key does not compile. Types are not as strict as the check of the configuration, which is done in any case.
 *
 * A plugin adds the sections of its components, or is configured by `objectLayer`, which takes any object:
 *
 * @example
 * ```ts
 * import 'cherenkit';
 *
 * declare module 'cherenkit' {
 *   interface ConfigurationSections {
 *     readonly MyReconstructor?: { readonly min_telescopes?: number };
 *   }
 * }
 * ```
 */
export interface ConfigurationSections extends BuiltInSections {
  /** Packages or paths of plugins. */
  readonly plugins?: readonly string[] | undefined;
}

/** The section of a component: `ConfigurationOf<'TailcutsImageCleaner'>`. */
export type ConfigurationOf<Name extends keyof ConfigurationSections> = NonNullable<ConfigurationSections[Name]>;
