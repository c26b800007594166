import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaOf, SchemaValidator, type JsonSchema } from '@cherenkit/core/internal';
import { Ajv, type ErrorObject } from 'ajv';
import { expect } from 'chai';
import type { PluginManifest } from '@cherenkit/core';
import fc from 'fast-check';
import { REPOSITORY_ROOT } from '../../../support/repository-root.js';

const isComponent = (kind: string, name: string): boolean => name.endsWith(kind);
const isExpression = (_: unknown, text: string): boolean => text.includes('>');

/** The schemas of all traits of the built-in plugins. */
function traitSchemas(): ReadonlyMap<string, JsonSchema> {
  const packages = join(REPOSITORY_ROOT, 'packages');
  const manifests = readdirSync(packages).flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(packages, name, 'cherenkit-manifest.json'), 'utf8')) as PluginManifest];
    } catch {
      return [];
    }
  });
  const declarations = manifests.flatMap(({ components }) =>
    Object.values(components).flatMap(({ traits = {} }) => Object.values(traits)),
  );
  return new Map(declarations.map(schemaOf).map((schema) => [JSON.stringify(schema), schema]));
}

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 120 }),
  fc.double({ noNaN: true, min: -5, max: 200 }),
  fc.constantFrom(NaN, Infinity),
  fc.constantFrom(
    '',
    'x',
    'LST_*',
    '[',
    'type',
    'id',
    'FixedImageCleaner',
    'TailcutsImageExtractor',
    'a > 3',
    'spread',
    '-1582059789516351903',
  ),
  fc.constantFrom(true, false, null, {}),
);
const { value } = fc.letrec<{ value: unknown; list: unknown[] }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('list')),
  list: fc.oneof(
    fc.array(tie('value'), { maxLength: 4 }),
    fc.tuple(fc.constantFrom('type', 'id', 'kind'), scalar, tie('value')),
    fc.array(fc.tuple(fc.constantFrom('type', 'id'), scalar, scalar), { maxLength: 3 }),
    fc.array(fc.tuple(scalar, scalar), { maxLength: 3 }),
  ),
}));

describe('SchemaValidator', () => {
  it('finds the errors that ajv finds, in the same order', () => {
    const schemas = [...traitSchemas().values()];
    expect(schemas.length).to.be.greaterThan(20);
    const options = { validateSchema: false, allErrors: true, verbose: true, strictTuples: false, strictTypes: false };
    const ajv = new Ajv(options);
    ajv.addVocabulary(['unit', 'rule', 'integers', 'bigInteger', 'quantity', 'orNull', 'perTelescope']);
    ajv.addKeyword({ keyword: 'component', type: 'string', validate: isComponent });
    ajv.addKeyword({ keyword: 'expression', type: 'string', validate: isExpression });
    const validator = new SchemaValidator(isComponent, isExpression);
    const isGlob = (_: true, text: string): boolean => validator.errorsOf({ glob: true }, text).length === 0;
    ajv.addKeyword({ keyword: 'glob', type: 'string', validate: isGlob });
    const compiled = schemas.map((schema) => ajv.compile(schema));
    const shown = ({ keyword, instancePath, schema, data }: Partial<ErrorObject>): unknown[] => [
      keyword,
      instancePath,
      schema,
      data,
    ];
    fc.assert(
      fc.property(fc.nat({ max: schemas.length - 1 }), value, (index, given) => {
        const validate = compiled[index];
        validate(given);
        const expected = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
        expect(
          validator.errorsOf(schemas[index], given).map(shown),
          JSON.stringify([schemas[index], given]),
        ).to.deep.equal(expected.map(shown));
      }),
      { numRuns: 5000 },
    );
  });
});
