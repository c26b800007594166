// docs/differences.md: what differs from ctapipe's tables, from the file that the comparisons read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown-table.mjs';

export function differencesPage(root) {
  const rows = readFileSync(join(root, 'test/reference/differences.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [pattern, reason = ''] = line.split(/ {2,}# /);
      return [`\`${pattern.trim()}\``, reason.trim()];
    });
  const table = rows.length > 0 ? markdownTable(['tables and columns', 'why'], rows) : 'There is none.';
  return `# Differences from ctapipe 0.32 in its own tables

This page is made from \`test/reference/differences.txt\`, which the comparisons of whole files read: each line is a pattern over
their messages. All other columns agree. What Cherenkit adds lies in tables of its own below \`/cherenkit\`; what differs in use is
told in [from-ctapipe.md](from-ctapipe.md).

${table}
`;
}
