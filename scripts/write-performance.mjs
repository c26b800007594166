// Writes the table of docs/performance.md from the results of the benchmark.
//
// usage: node scripts/write-performance.mjs RESULTS
import { readFileSync, writeFileSync } from 'node:fs';
import { performanceTable } from './performance-table.mjs';

const page = new URL('../docs/performance.md', import.meta.url);
const [begin, end] = ['<!-- table: npm run bench -- --json -->', '<!-- end of the table -->'];
const table = performanceTable(JSON.parse(readFileSync(process.argv[2], 'utf8')));
const text = readFileSync(page, 'utf8');
const [before, after] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
writeFileSync(page, `${text.slice(0, before)}\n\n${table}\n\n${text.slice(after)}`);
