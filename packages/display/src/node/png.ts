import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { toSvg } from '../scene/to-svg.js';
import type { Scene } from '../scene/scene.js';

/** Options of {@link toPng}. */
export interface PngOptions {
  /** Dots per CSS pixel. Default: 1. */
  readonly scale?: number;
  /** Program that draws: compiled for this platform, or WebAssembly, which is slower. Default: the first that is installed. */
  readonly engine?: 'native' | 'wasm';
}

type Render = (svg: string, scale: number) => Uint8Array;

const FAMILY = 'DejaVu Sans';

/** The bundled font, from the bundle in dist/. */
const FONT = new URL('../font/DejaVuSans.ttf', import.meta.url);

const renderers = new Map<string, Promise<Render>>();

/**
 * Draws a picture as PNG. Both engines give the same dots. Fonts of the system are not used, so pictures are the same on all
 * computers.
 *
 * @param picture - a display, a plot, a scene, or SVG text
 */
export async function toPng(
  picture: { toSvg(): string } | Scene | string,
  { scale = 1, engine }: PngOptions = {},
): Promise<Uint8Array> {
  const svg = typeof picture === 'string' ? picture : 'toSvg' in picture ? picture.toSvg() : toSvg(picture);
  const render = await renderer(engine ?? 'any');
  return render(svg, scale);
}

function renderer(engine: 'native' | 'wasm' | 'any'): Promise<Render> {
  let found = renderers.get(engine);
  if (found === undefined) {
    found =
      engine === 'native'
        ? nativeRenderer()
        : engine === 'wasm'
          ? wasmRenderer()
          : renderer('native').catch(() => renderer('wasm'));
    renderers.set(engine, found);
  }
  return found;
}

async function nativeRenderer(): Promise<Render> {
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { fontFiles: [fileURLToPath(FONT)], loadSystemFonts: false, defaultFontFamily: FAMILY };
  return (svg, scale) => {
    const image = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } }).render();
    return new Uint8Array(image.asPng());
  };
}

async function wasmRenderer(): Promise<Render> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  const code = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  await initWasm(await readFile(code));
  const font = { fontBuffers: [new Uint8Array(await readFile(FONT))], defaultFontFamily: FAMILY };
  return (svg, scale) => {
    const program = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } });
    const image = program.render();
    const png = image.asPng().slice();
    image.free();
    program.free();
    return png;
  };
}
