import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode } from '@cherenkit/core';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

const CODE = /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g;
const MADE_WITH_CODE = /(?:\bnew \w*Error|\bsuper|\.error)\(\s*'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g;

/** All error codes in the sources. Files that declare errors contain codes in other places than constructor calls. */
function codesInSources(): Set<string> {
  const packages = join(REPOSITORY_ROOT, 'packages');
  const folders = readdirSync(packages).map((folder) => join(packages, folder, 'src'));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const codes = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const pattern = file.endsWith('-error.ts') ? CODE : MADE_WITH_CODE;
      return [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, code]) => code);
    });
  return new Set(codes);
}

/** Code, exit code, and the texts of cause and remedy of each row. */
function documentedErrors(): {
  readonly code: string;
  readonly exitCodes: readonly number[];
  readonly texts: readonly string[];
}[] {
  const text = readFileSync(join(REPOSITORY_ROOT, 'docs', 'errors.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| (\d[\d, ]*) \| (.+) \| (.+) \|$/gm)];
  return rows.map(([, code, exitCodes, ...texts]) => ({ code, exitCodes: exitCodes.split(',').map(Number), texts }));
}

describe('docs/errors.md', () => {
  it('lists every error code exactly once', () => {
    const documented = documentedErrors().map(({ code }) => code);
    expect(documented).to.have.members([...codesInSources()]);
    expect(new Set(documented).size).to.equal(documented.length);
  });

  it('lists every exit code', () => {
    const text = readFileSync(join(REPOSITORY_ROOT, 'docs', 'errors.md'), 'utf8');
    const listed = [...text.matchAll(/^\| (\d[\d, ]*) \|/gm)].flatMap(([, codes = '']) => codes.split(',').map(Number));
    expect(listed).to.have.members([0, 3, ...Object.values(ExitCode), 129, 130, 131]);
  });

  it('gives a valid exit code, a cause and a remedy for each code', () => {
    for (const { code, exitCodes, texts } of documentedErrors()) {
      expect(Object.values(ExitCode), code).to.include.members([...exitCodes]);
      expect(
        texts.map((text) => text.trim().length > 10),
        code,
      ).to.deep.equal([true, true]);
    }
  });
});
