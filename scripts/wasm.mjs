// Translates the kernels written as WebAssembly text into modules that hold their bytes: NAME.wat into NAME-wasm.ts beside it.
//
// usage: npm run wasm [-- --check]      --check: change nothing, exit 1 if a module is not what its text says
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

const sources = fileURLToPath(new URL('../packages/kernels/src/', import.meta.url));
const wabt = await loadWabt();

for (const file of readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('.wat'))) {
  const parsed = wabt.parseWat(file, readFileSync(join(sources, file), 'utf8'), { simd: true });
  parsed.validate();
  const base64 = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
  const name = basename(file, '.wat');
  const lines = [
    `/** ${name}.wat as base64; made by \`npm run wasm\`. */`,
    `export const ${name.replaceAll('-', '_').toUpperCase()}_WASM =`,
    `  '${base64}';`,
    '',
  ];
  const target = join(sources, file.replace(/\.wat$/, '-wasm.ts'));
  if (!process.argv.includes('--check')) writeFileSync(target, lines.join('\n'));
  else if (readFileSync(target, 'utf8') !== lines.join('\n')) {
    console.error(`${target} is not what ${file} says; run npm run wasm.`);
    process.exitCode = 1;
  }
}
