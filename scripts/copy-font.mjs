// Copies the characters that pictures need of the font of PNG pictures, DejaVu Sans, from dejavu-fonts-ttf to the package that
// draws them: an eighth of the font. dejavu-fonts-ttf is not a dependency at run time, since it contains 20 other fonts.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const NAME = 'DejaVuSans.ttf';
const EXPECTED = '7da195a74c55bef988d0d48f9508bd5d849425c1770dba5d7bfc6ce9ed848954';

/** Latin, Greek, Cyrillic; punctuation, superscripts, arrows, operators. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x370, 0x45f],
  [0x2010, 0x2044],
  [0x2070, 0x209c],
  [0x2190, 0x2199],
  [0x2200, 0x22ff],
];

const source = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf', NAME);
const folder = fileURLToPath(new URL('../packages/display/font/', import.meta.url));
const content = readFileSync(source);
const found = createHash('sha256').update(content).digest('hex');
if (found !== EXPECTED) {
  console.error(`${source}: expected SHA-256 ${EXPECTED}, found ${found}. Check the version of dejavu-fonts-ttf.`);
  process.exit(1);
}
const characters = RANGES.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, NAME),
  await subsetFont(content, String.fromCodePoint(...characters), { targetFormat: 'truetype' }),
);
