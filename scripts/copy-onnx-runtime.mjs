// Copies ONNX Runtime, compiled to WebAssembly, from onnxruntime-web to the plugin that evaluates graphs with it. That package is not a
// dependency at run time: it has 140 MB, and one of its dependencies a script that npm runs when it is installed.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'ort-wasm-simd-threaded.wasm';

const dist = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
const folder = fileURLToPath(new URL('../packages/plugin-onnx/wasm/', import.meta.url));
mkdirSync(folder, { recursive: true });
copyFileSync(join(dist, NAME), join(folder, NAME));
