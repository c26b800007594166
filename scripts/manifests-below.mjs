import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The manifests of the plugins of a repository, with the names of their packages. */
export function manifestsBelow(root) {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .sort()
    .map((folder) => ({ folder, content: JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8')) }))
    .filter(({ content }) => content.cherenkit !== undefined)
    .map(({ folder, content: { name, cherenkit } }) => ({
      packageName: name,
      manifest: JSON.parse(readFileSync(join(packages, folder, cherenkit.manifest), 'utf8')),
    }));
}
