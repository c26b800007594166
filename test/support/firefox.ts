import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { firefox, type Browser } from 'playwright-core';

const onPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['firefox', 'firefox-esr'].map((name) => join(folder, name)));
/** Firefox as it is installed by the package managers of Linux distributions. Another one is set by FIREFOX. */
const FIREFOX = process.env['FIREFOX'] ?? onPath.find((path) => existsSync(path));

/** Skips a test, or a suite if used in `before`, unless Firefox is installed. */
export function skipWithoutFirefox(this: Mocha.Context): void {
  if (FIREFOX !== undefined) return;
  console.log('      skipped: Firefox is not installed; its path can be set by FIREFOX');
  this.skip();
}

/** Starts Firefox without window. */
export function launchFirefox(): Promise<Browser> {
  // By WebDriver BiDi: the other protocol is that of the Firefox that is made for Playwright.
  return firefox.launch({ channel: 'moz-firefox', executablePath: FIREFOX ?? '', headless: true, timeout: 120_000 });
}
