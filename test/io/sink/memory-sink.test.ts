import { MemorySink } from '@cherenkit/io';
import { expect } from 'chai';
import fc from 'fast-check';

const part = fc.uint8Array({ minLength: 1, maxLength: 6 });

describe('MemorySink', () => {
  it('overwrites bytes within a part and across parts', async () => {
    const property = fc.asyncProperty(fc.array(part, { minLength: 1 }), part, fc.nat(), async (parts, bytes, at) => {
      const sink = new MemorySink();
      const expected = parts.flatMap((each) => [...each]);
      for (const each of parts) sink.append(each);
      const own = bytes.subarray(0, expected.length);
      const position = at % (expected.length - own.length + 1);
      sink.overwrite(position, own);
      expected.splice(position, own.length, ...own);
      await sink.publish();
      expect([...(sink.bytes ?? [])]).to.deep.equal(expected);
    });
    await fc.assert(property);
  });
});
