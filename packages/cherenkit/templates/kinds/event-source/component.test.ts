import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { byteSourceFrom } from '@cherenkit/core';
import { conformance, openSource } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

const file = new URL('../example.jsonl', import.meta.url);
const openInput = () => byteSourceFrom(new Uint8Array(readFileSync(file)), 'example.jsonl');

conformance(TemplateComponent, { runner: { describe, it }, openInput });

describe('TemplateComponent', () => {
  it('reads the example', async () => {
    const source = await openSource(TemplateComponent, { openInput });
    assert.deepEqual(source.subarray.telIds, [1, 2]);
    let count = 0;
    for await (const { index, dl1 } of source) {
      assert.equal(index.eventId, ++count);
      assert.equal(dl1.tel.get(2)?.image?.length, 400);
    }
    assert.equal(count, 5);
  });

  it('rejects files of other formats', async () => {
    const other = byteSourceFrom(new TextEncoder().encode('{}'), 'other.jsonl');
    await assert.rejects(openSource(TemplateComponent, { openInput: () => other }), /other\.jsonl does not begin with/);
  });
});
