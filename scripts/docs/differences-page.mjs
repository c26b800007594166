// docs/differences.md: differences from ctapipe's tables, from the reference file of the comparison tests.
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
  const table = rows.length > 0 ? markdownTable(['tables and columns', 'reason'], rows) : 'None.';
  return `# Differences from ctapipe 0.32 in its own tables

This page is generated from \`test/reference/differences.txt\`, the accepted differences of the tests that compare complete files: each
line is a pattern of messages of the comparison. All other columns agree. Additional tables of Cherenkit are below \`/cherenkit\`;
differences in use are described in [from-ctapipe.md](from-ctapipe.md).

${table}
`;
}
