import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';

/** Line of the output at which the next part of the script begins. */
const MARKER = '\u0001';

const HEAD = '<!-- Written by `npm run pictures` from examples/tutorial.ts, its output and its pictures. -->';

/**
 * Runs examples/tutorial.ts and returns docs/tutorial.md and its pictures: the comments of the script as text, then code, output
 * and pictures of each part.
 */
export async function tutorialPage(root) {
  const folder = join(root, 'examples', 'dist');
  const parts = partsOf(await readFile(join(root, 'examples', 'tutorial.ts'), 'utf8'));
  const marked = parts.map(({ code }) => `console.log(${JSON.stringify(MARKER)});\n${code}`).join('\n');
  const { code } = await transform(marked, { loader: 'ts', target: 'node20' });
  // Within the repository, where its packages are found.
  const temporary = await mkdtemp(join(folder, 'tutorial-'));
  try {
    const script = join(temporary, 'tutorial.js');
    await writeFile(script, code);
    const pictures = join(temporary, 'pictures');
    const input = [script, 'toymodel:?array=north&events=60', pictures];
    const { stdout } = await promisify(execFile)(process.execPath, input, { maxBuffer: 2 ** 24 });
    const outputs = stdout.split(`${MARKER}\n`).slice(1);
    const names = (await readdir(pictures)).filter((name) => name.endsWith('.svg'));
    const files = names.map(async (name) => [`tutorial/${name}`, await readFile(join(pictures, name), 'utf8')]);
    const drawn = Object.fromEntries(await Promise.all(files));
    return { 'tutorial.md': pageOf(parts, outputs, drawn), ...drawn };
  } finally {
    await rm(temporary, { recursive: true });
  }
}

/** Splits the script at comments that stand alone, between empty lines. */
function partsOf(script) {
  const blocks = script.trim().split(/^((?:\/\/.*\n)+)\n/m);
  // The parts before each comment, the comment, and so on; the script begins with a comment.
  return blocks
    .slice(1)
    .flatMap((text, i, all) => (i % 2 === 0 ? [{ text: markdownOf(text), code: all[i + 1].trim() }] : []));
}

function markdownOf(comment) {
  return comment.replaceAll(/^\/\/ ?/gm, '').trim();
}

function pageOf(parts, outputs, pictures) {
  const blocks = parts.flatMap(({ text, code }, i) => [
    text,
    ...(code === '' ? [] : [fenced('ts', code)]),
    ...(outputs[i].trim() === '' ? [] : [fenced('text', outputs[i])]),
    ...[...code.matchAll(/join\(folder, '([^']+)\.svg'\)/g)].map(
      ([, name]) => `![${altOf(pictures[`tutorial/${name}.svg`])}](tutorial/${name}.svg)`,
    ),
  ]);
  return `${[HEAD, ...blocks].join('\n\n')}\n`;
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** The description of a picture. */
function altOf(svg) {
  const [, description = ''] = /<desc>(.*?)<\/desc>/.exec(svg) ?? [];
  return description.replaceAll('[', '(').replaceAll(']', ')');
}
