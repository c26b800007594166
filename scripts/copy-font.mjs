// Copies the font of PNG pictures, DejaVu Sans, from dejavu-fonts-ttf to the package that draws them. That package is not a
// dependency at run time, since it contains 20 other fonts.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'DejaVuSans.ttf';
const EXPECTED = '7da195a74c55bef988d0d48f9508bd5d849425c1770dba5d7bfc6ce9ed848954';

const source = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf', NAME);
const folder = fileURLToPath(new URL('../packages/display/font/', import.meta.url));
const content = readFileSync(source);
const found = createHash('sha256').update(content).digest('hex');
if (found !== EXPECTED) {
  console.error(`${source}: expected SHA-256 ${EXPECTED}, found ${found}. Check the version of dejavu-fonts-ttf.`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, NAME), content);
