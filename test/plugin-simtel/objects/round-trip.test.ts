import { join } from 'node:path';
import {
  EventioWriter,
  eventioObjects,
  objectName,
  ReadingContext,
  type EventioObject,
} from '@cherenkit/plugin-simtel/eventio';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { expectSums, type ObjectReference } from '../../support/object-sums.js';
import { RANDOM_OBJECTS, type RandomObject } from '../../support/random-objects.js';

/** A container for any objects; type 2010 does not restrict its content. */
const ANY_CONTAINER = { type: 2010, version: 0, id: 1, onlySubobjects: true };

/** The bytes of a file with these objects in one container. */
function fileOf({ write }: RandomObject, values: readonly unknown[]): Uint8Array {
  const writer = new EventioWriter();
  writer.topLevel(ANY_CONTAINER, () => {
    for (const value of values) write(writer, value);
  });
  return writer.takeBytes().slice();
}

async function objectsIn(bytes: Uint8Array): Promise<EventioObject[]> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  const objects: EventioObject[] = [];
  for await (const object of eventioObjects(whole(), new ReadingContext('bytes', objectName))) {
    objects.push(...object.subobjects());
  }
  return objects;
}

describe('a written object', () => {
  for (const random of RANDOM_OBJECTS) {
    it(`is read back unchanged: ${random.name}`, () =>
      fc.assert(
        fc.asyncProperty(fc.array(random.value, { minLength: 1, maxLength: 3 }), async (values) => {
          const objects = await objectsIn(fileOf(random, values));
          expect(objects.map(random.read)).to.deep.equal(values);
        }),
      ));
  }

  it('is padded to multiples of four bytes, as by sim_telarray', () => {
    for (const random of RANDOM_OBJECTS) {
      const values = fc.sample(random.value, { numRuns: 10, seed: 1 });
      for (const value of values) expect(fileOf(random, [value]).length % 4, random.name).to.equal(0);
    }
  });

  it('is read by eventio with the same content', async function () {
    skipWithoutCtapipe.call(this);
    this.timeout(60_000);
    using folder = new TemporaryFolder();
    for (const random of RANDOM_OBJECTS) {
      const values = fc.sample(random.value, { numRuns: 20, seed: 2 });
      folder.write(`${random.name}.simtel`, fileOf(random, values));
    }
    const script = join(REPOSITORY_ROOT, 'test', 'reference', 'make_eventio_reference.py');
    const output = await ctapipePython([script, folder.path], { cwd: folder.path });
    const reference = JSON.parse(output) as Record<string, Record<string, ObjectReference>>;
    expect(Object.keys(reference)).to.have.length(RANDOM_OBJECTS.length);
    for (const [file, objects] of Object.entries(reference)) {
      // eventio skips some settings, so the reference has no entry for them.
      if (Object.keys(objects).length > 0) await expectSums(folder.join(file), objects);
    }
  });
});
