import { cp, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as expression from '@cherenkit/expression';
import { compileExpression, EnumerationMember, Quantity, Unit } from '@cherenkit/expression';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

/** The classes of a second copy of the package, as in the node_modules of a plugin under development. */
type Copy = Pick<typeof expression, 'EnumerationMember' | 'Quantity' | 'Unit'>;

describe('values of another copy of the expression language', () => {
  let folder = '';
  let copy: Copy;

  before(async () => {
    // Inside the repository, so that dependencies are resolved.
    folder = await mkdtemp(join(dirname(fileURLToPath(import.meta.url)), 'second-copy-'));
    await cp(join(REPOSITORY_ROOT, 'packages', 'expression', 'dist'), folder, { recursive: true });
    copy = (await import(pathToFileURL(join(folder, 'index.js')).href)) as Copy;
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('are recognized by brand', () => {
    expect(copy.Quantity).not.to.equal(Quantity);
    expect(new copy.Quantity(2, copy.Unit.deg)).to.be.instanceOf(Quantity);
    expect(copy.Unit.deg).to.be.instanceOf(Unit);
    expect(new copy.EnumerationMember('GAMMA', 0)).to.be.instanceOf(EnumerationMember);
    expect({ value: 1, unit: Unit.deg }).not.to.be.instanceOf(Quantity);
  });

  it('are calculated with and compared as those of this copy', () => {
    const length = new copy.Quantity(2, copy.Unit.parse('km'));
    const test = (text: string): boolean => compileExpression(text, ['length']).test(new Map([['length', length]]));
    expect(test('length > 300 * u.m')).to.equal(true);
    expect(test('length.to_value("m") == 2000 and length.unit == u.km')).to.equal(true);
    expect(() => test('length > 3 * u.deg')).to.throw(/cannot convert/);
  });
});
