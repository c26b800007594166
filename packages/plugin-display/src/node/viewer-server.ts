import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { openFile, type ByteSource } from '@cherenkit/io';
import { VIEWER_PAGE } from '@cherenkit/viewer';

const HOST = '127.0.0.1';
/** Bytes that are read from the file at once. */
const BLOCK = 2 ** 20;

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Options of {@link ViewerServer.start}. */
export interface ViewerServerOptions {
  /** File or URL such as `toymodel:`; empty for none. */
  readonly input: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Called with each request. */
  readonly onRequest?: () => void;
}

/**
 * Serves the viewer and one file to browsers on this computer. Requests need the token in the address, and the name of this
 * computer as their host, which pages of other sites do not have.
 */
export class ViewerServer implements AsyncDisposable {
  readonly #token = randomBytes(24).toString('base64url');
  readonly #server: Server;

  private constructor(
    private readonly page: string,
    private readonly file: ByteSource | undefined,
    { onRequest }: ViewerServerOptions,
  ) {
    this.#server = createServer((request, response) => {
      onRequest?.();
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** @throws CherenkitError INPUT_MISSING; errors of the system for a port that is not free */
  static async start(options: ViewerServerOptions): Promise<ViewerServer> {
    const { input, port } = options;
    const isUrl = /^[a-z][a-z0-9+.-]+:/i.test(input) && !/^[a-z]:[\\/]/i.test(input);
    const page = await readFile(VIEWER_PAGE, 'utf8');
    const meta = `<meta name="cherenkit-file" content="${escaped(input)}">`;
    const file = input === '' || isUrl ? undefined : await openFile(input);
    const server = new ViewerServer(
      input === '' ? page : page.replace('<meta charset="utf-8" />', (found) => `${found}\n${meta}`),
      file,
      options,
    );
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject).listen(port, HOST, resolve);
    });
    return server;
  }

  /** Address of the page, with the token. */
  get url(): string {
    return `http://${HOST}:${this.#port}/${this.#token}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.file?.[Symbol.asyncDispose]();
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number): void => void response.writeHead(status, HEADERS).end();
    const { host = '', range } = request.headers;
    if (![`${HOST}:${this.#port}`, `localhost:${this.#port}`].includes(host)) return refuse(403);
    const [, token = '', name, ...others] = (request.url ?? '').replace(/\?.*/, '').split('/');
    if (!this.#isToken(token) || others.length > 0) return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    if (name === '') {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
      return void response.end(request.method === 'HEAD' ? undefined : this.page);
    }
    if (name !== 'file' || this.file?.size === undefined) return refuse(404);
    await sendFile(this.file, this.file.size, request.method === 'HEAD', range, response);
  }

  #isToken(text: string): boolean {
    const [given, token] = [Buffer.from(text), Buffer.from(this.#token)];
    return given.length === token.length && timingSafeEqual(given, token);
  }
}

async function sendFile(
  file: ByteSource,
  size: number,
  isHead: boolean,
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const headers = { ...HEADERS, 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' };
  const part = range === undefined ? undefined : partOf(range, size);
  if (part === 'outside') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
    return;
  }
  const [start, end] = part ?? [0, size];
  const length = { 'content-length': String(end - start) };
  if (part) response.writeHead(206, { ...headers, ...length, 'content-range': `bytes ${start}-${end - 1}/${size}` });
  else response.writeHead(200, { ...headers, ...length });
  if (isHead) response.end();
  else await pipeline(blocksOf(file, start, end), response);
}

async function* blocksOf(file: ByteSource, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += BLOCK) yield await file.read(at, Math.min(BLOCK, end - at));
}

/** First and end of the bytes of a range; undefined for what is not understood, so that all are sent. */
function partOf(range: string, size: number): readonly [start: number, end: number] | 'outside' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  return start < end ? [start, end] : 'outside';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
