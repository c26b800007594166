// Writes API reports to docs/api: the exports of all packages with their types, one file per entry of `exports`. Reads the
// built declarations. `--check` lists outdated reports without writing.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'docs', 'api');
const isCheck = process.argv.includes('--check');
const temporary = mkdtempSync(join(tmpdir(), 'cherenkit-api-'));
mkdirSync(reports, { recursive: true });
const silent = { default: { logLevel: 'none' } };

const written = [];
const stale = [];
for (const folder of readdirSync(join(root, 'packages')).sort()) {
  const packageFolder = join(root, 'packages', folder);
  const { exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  for (const [entry, { types }] of Object.entries(exports)) {
    if (types === undefined) continue;
    const reportFileName = `${folder}${entry === '.' ? '' : `.${entry.slice(2)}`}.api.md`;
    written.push(reportFileName);
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: packageFolder,
        mainEntryPointFilePath: join(packageFolder, types),
        compiler: { tsconfigFilePath: join(packageFolder, 'tsconfig.json') },
        apiReport: { enabled: true, reportFolder: reports, reportTempFolder: temporary, reportFileName },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: silent,
          extractorMessageReporting: silent,
          tsdocMessageReporting: silent,
        },
        newlineKind: 'lf',
      },
      packageJsonFullPath: join(packageFolder, 'package.json'),
    });
    const { apiReportChanged } = Extractor.invoke(config, {
      localBuild: !isCheck,
      messageCallback: (message) => (message.handled = message.logLevel !== 'error'),
    });
    if (apiReportChanged) stale.push(`docs/api/${reportFileName}`);
  }
}
for (const name of readdirSync(reports).filter((each) => !written.includes(each))) {
  stale.push(`docs/api/${name}`);
  if (!isCheck) rmSync(join(reports, name));
}
rmSync(temporary, { recursive: true });

if (isCheck && stale.length > 0) {
  console.error(`Outdated, run npm run api:\n${stale.join('\n')}`);
  process.exitCode = 1;
}
