import { yamlText, type YamlSection } from '@cherenkit/core/internal';
import type { Json } from '@cherenkit/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';

describe('yamlText', () => {
  it('writes one line per trait and rule, with comments and origins', async () => {
    const cleaner: YamlSection = {
      comment: ['Finds pixels.'],
      values: [
        {
          key: 'threshold',
          value: [
            ['type', '*', 8],
            ['id', 3, 9.5],
          ],
          note: 'site.yaml:3:5',
          comment: ['In pe.', '', 'Rules.'],
        },
        { key: 'names', value: ['a', 'b c', 'yes'], note: '--set x' },
        { key: 'more', value: { a: [1, null], 'b c': 'x: y' } },
      ],
      sections: [['Empty', { values: [], sections: [] }]],
    };
    const text = await yamlText({
      values: [],
      sections: [
        ['ImageCleaner', cleaner],
        ['@other/plugin/Fit', { values: [{ key: 'scale', value: 1e-7 }], sections: [] }],
      ],
    });
    expect(text).to.equal(`# Finds pixels.
ImageCleaner:
  # In pe.
  #
  # Rules.
  threshold: # site.yaml:3:5
    - [type, "*", 8]
    - [id, 3, 9.5]
  names: [a, "b c", "yes"] # --set x
  more: {"a": [1, null], "b c": "x: y"}
  Empty: {}

"@other/plugin/Fit":
  scale: 1e-7
`);
  });

  it('writes text that parses to the same values', async () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
    const keys = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('yes', 'null', '1', 'a.b', '#', '- a')));
    await fc.assert(
      fc.asyncProperty(keys, fc.array(json, { minLength: 1 }), async (names, values) => {
        const given = names.map((key, index) => ({ key, value: values[index % values.length] ?? null }));
        const expected = Object.fromEntries(given.map(({ key, value }) => [key, value]));
        const text = await yamlText({ values: [], sections: [['A', { values: given, sections: [] }]] });
        const read = (parse(text) as { A: object }).A;
        expect(read).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });
});
