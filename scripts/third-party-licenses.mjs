// Lists the licenses of packages whose code is part of a bundle.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Collects the license of the package that a bundled file belongs to. */
export function addLicense(licenses, file) {
  const [, folder, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
  if (folder === undefined || licenses.has(name)) return;
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  licenses.set(
    name,
    `${name} ${version} (${license})\n\n${text ? readFileSync(join(folder, text), 'utf8').trim() : ''}`,
  );
}

export function writeLicenses(file, licenses) {
  rmSync(file, { force: true });
  if (licenses.size === 0) return;
  const parts = [...licenses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  writeFileSync(file, `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}
