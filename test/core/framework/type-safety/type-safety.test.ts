import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { REPOSITORY_ROOT } from '../../../support/repository-root.js';

const HEAD = `
import {
  definePlugin, ImageCleaner, LOGGER, Reconstructor, ReconstructedEnergyContainer, service, serviceToken, SUBARRAY, trait,
  type ArrayEvent, type ComponentContext, type Logger, type SubarrayDescription,
} from '@cherenkit/core';
import { conformance } from '@cherenkit/testing';
`;

/** Code that compiles, by title. */
const SOUND: Readonly<Record<string, string>> = {
  'traits have the types of their declarations': `
    export class A extends Reconstructor.withTraits({
      count: trait.integer({ default: 2, help: 'h' }),
      mode: trait.oneOf(['fast', 'slow'], { default: 'fast', help: 'h' }),
      perTel: trait.perTelescope(trait.number({ default: 1, help: 'h' })),
      maybe: trait.optional(trait.string({ help: 'h' })),
      pairs: trait.list(trait.tuple([trait.string(), trait.integer()]), { default: [['a', 1]], help: 'h' }),
    }) {
      override reconstruct(event: ArrayEvent): void {
        const count: number = this.traits.count;
        const mode: 'fast' | 'slow' = this.traits.mode;
        const value: number = this.traits.perTel.for(1);
        const maybe: string | undefined = this.traits.maybe;
        const [[name, number] = ['', 0]] = this.traits.pairs;
        event.dl2.stereo.energy.set(name + mode + (maybe ?? ''), new ReconstructedEnergyContainer({ energy: count + value + number }));
      }
    }
    export default definePlugin({ name: 'a', apiVersion: 1, components: [A] });
    conformance(A);`,
  'traits of a base class are inherited, and overridden ones have the new type': `
    class Base extends Reconstructor.withTraits({ a: trait.number({ default: 1, help: 'h' }), b: trait.string({ default: '', help: 'h' }) }) {
      override reconstruct(): void {}
    }
    export class C extends Base.withTraits({ b: trait.integer({ default: 1, help: 'h' }) }) {
      override reconstruct(): void { const sum: number = this.traits.a; void sum; }
    }`,
  'services are passed to constructors in the order of their dependencies': `
    class Both { constructor(readonly array: SubarrayDescription, readonly logger: Logger) {} }
    export const both = service(serviceToken<Both>('test.Both'), [SUBARRAY, LOGGER], Both);
    export function use(context: ComponentContext): Logger { return context.service(LOGGER); }`,
};

const reconstructor = (traits: string, body: string): string =>
  `export class A extends Reconstructor.withTraits({ ${traits} }) { override reconstruct(event: ArrayEvent): void { void event; ${body} } }`;

const BROKEN: readonly [what: string, code: string, message: RegExp][] = [
  [
    'an undeclared trait',
    reconstructor(`count: trait.integer({ default: 1, help: 'h' })`, 'void this.traits.cuont;'),
    /Property 'cuont' does not exist.*Did you mean 'count'/,
  ],
  [
    'a number used as text',
    reconstructor(
      `count: trait.integer({ default: 1, help: 'h' })`,
      'const text: string = this.traits.count; void text;',
    ),
    /Type 'number' is not assignable to type 'string'/,
  ],
  [
    'a trait per telescope used as one value',
    reconstructor(
      `least: trait.perTelescope(trait.number({ default: 1, help: 'h' }))`,
      'const value: number = this.traits.least; void value;',
    ),
    /Type 'TelescopeValues<number>' is not assignable to type 'number'/,
  ],
  [
    'an optional trait used without a check for undefined',
    reconstructor(
      `maybe: trait.optional(trait.string({ help: 'h' }))`,
      'const text: string = this.traits.maybe; void text;',
    ),
    /Type 'string \| undefined' is not assignable to type 'string'/,
  ],
  [
    'an assignment to a trait',
    reconstructor(`count: trait.integer({ default: 1, help: 'h' })`, 'this.traits.count = 2;'),
    /Cannot assign to 'count' because it is a read-only property/,
  ],
  [
    'a default of the wrong type',
    reconstructor(`count: trait.integer({ default: 'two', help: 'h' })`, ''),
    /Type 'string' is not assignable to type 'number'/,
  ],
  [
    'a default that is not a choice',
    reconstructor(`mode: trait.oneOf(['fast', 'slow'], { default: 'medium', help: 'h' })`, ''),
    /Type '"medium"' is not assignable to type/,
  ],
  [
    'a default list with an item of the wrong type',
    reconstructor(`names: trait.list(trait.string(), { default: [1], help: 'h' })`, ''),
    /Type 'number' is not assignable to type 'string'/,
  ],
  [
    'an option that the trait type does not have',
    reconstructor(`flag: trait.boolean({ default: true, minimum: 1, help: 'h' })`, ''),
    /'minimum' does not exist in type/,
  ],
  [
    'a reconstructor without reconstruct',
    'export class A extends Reconstructor {}',
    /Non-abstract class 'A' does not implement inherited abstract member reconstruct/,
  ],
  [
    'a cleaner with the wrong return type',
    'export class A extends ImageCleaner { override clean(_telId: number, image: Float32Array): number[] { return [...image]; } }',
    /Property 'clean' in type 'A' is not assignable to the same property in base type 'ImageCleaner'/,
  ],
  [
    'a class that is not a component',
    `class A { reconstruct(): void {} }\nexport default definePlugin({ name: 'a', apiVersion: 1, components: [A] });`,
    /Type 'typeof A' is not assignable to type 'ComponentClass/,
  ],
  [
    'an abstract class as a component',
    `export default definePlugin({ name: 'a', apiVersion: 1, components: [Reconstructor] });`,
    /Cannot assign an abstract constructor type to a non-abstract constructor type/,
  ],
  ['a plugin without API version', `export default definePlugin({ name: 'a' });`, /Property 'apiVersion' is missing/],
  [
    'service dependencies that do not match the constructor',
    `class Both { constructor(readonly array: SubarrayDescription, readonly logger: Logger) {} }
     export const both = service(serviceToken<Both>('test.Both'), [LOGGER, SUBARRAY], Both);`,
    /is not assignable to/,
  ],
  [
    'a service used with another type',
    `export function use(context: ComponentContext): SubarrayDescription { return context.service(LOGGER); }`,
    /Type 'Logger' is .*(?:missing|not assignable)/,
  ],
  [
    'an unknown field of a container',
    reconstructor('', `event.dl2.stereo.energy.set('A', new ReconstructedEnergyContainer({ enrgy: 1 }));`),
    /'enrgy' does not exist in type|but 'enrgy' does not exist/,
  ],
  [
    'a container of the wrong property',
    reconstructor('', `event.dl2.stereo.geometry.set('A', new ReconstructedEnergyContainer({ energy: 1 }));`),
    /Argument of type 'ReconstructedEnergyContainer' is not assignable/,
  ],
  [
    'a conformance suite for a class that is not a component',
    'class A {}\nconformance(A);',
    /Argument of type 'typeof A' is not assignable to parameter of type 'ComponentClass/,
  ],
];

/** The compiler settings written by `cherenkit create-plugin`. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  skipLibCheck: true,
  noEmit: true,
};

describe('the types of the plugin API', function () {
  this.timeout(120_000);
  // Inside the repository, so that the packages are resolved as in the node_modules of a plugin.
  const folder = join(REPOSITORY_ROOT, 'test', 'dist', 'type-safety-cases');
  const cases = [...Object.entries(SOUND), ...BROKEN.map(([what, code]) => [what, code] as const)];
  const fileOf = (what: string): string => join(folder, `${what.replace(/\W+/g, '-')}.ts`);
  const mistakes = new Map<string, string[]>();

  before(() => {
    mkdirSync(folder, { recursive: true });
    for (const [what, code] of cases) writeFileSync(fileOf(what), `${HEAD}${code}\n`);
    // A single program, so that the types of the packages are read once.
    const program = ts.createProgram(
      cases.map(([what]) => fileOf(what)),
      OPTIONS,
    );
    for (const [what] of cases) {
      const source = program.getSourceFile(fileOf(what));
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      mistakes.set(
        what,
        found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      );
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const what of Object.keys(SOUND)) {
    it(`accept: ${what}`, () => expect(mistakes.get(what)).to.deep.equal([]));
  }

  for (const [what, , message] of BROKEN) {
    it(`reject ${what}`, () => {
      const found = mistakes.get(what) ?? [];
      expect(found, found.join('\n')).not.to.be.empty;
      expect(found[0].replace(/\s+/g, ' ')).to.match(message);
    });
  }
});
