import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Chromium as installed by the package managers of Linux distributions. Another one is set by CHERENKIT_CHROMIUM. */
const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const CHROMIUM = process.env['CHERENKIT_CHROMIUM'] ?? PATHS.find((path) => existsSync(path));

/** Skips a test, or a suite if used in `before`, unless Chromium is installed. */
export function skipWithoutChromium(this: Mocha.Context): void {
  if (CHROMIUM !== undefined) return;
  console.log('      skipped: Chromium is not installed; its path can be set by CHERENKIT_CHROMIUM');
  this.skip();
}

/** Starts Chromium without window and without connections of its own. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    timeout: 120_000,
  });
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves the files of a folder at localhost. */
export class FolderServer implements Disposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param headers - headers of all responses */
  static async start(folder: string, headers: Readonly<Record<string, string>>): Promise<FolderServer> {
    const server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://localhost');
      const path = join(folder, pathname);
      if (pathname.endsWith('/') || !existsSync(path)) {
        response.writeHead(404, headers).end();
        return;
      }
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'content-type': type }).end(readFileSync(path));
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new FolderServer(server);
  }

  /** Address of the folder, which ends with a slash. */
  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
  }

  [Symbol.dispose](): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
