import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CherenkitError, ExitCode, type Json } from '@cherenkit/core';
import { openFile, type ByteSource } from '@cherenkit/io';
import { VIEWER_PAGE, type ServedFile, type ServedRun } from '@cherenkit/viewer';

const HOST = '127.0.0.1';
/** Bytes that are read from the file at once, for each connection. */
const BLOCK = 2 ** 18;
/** Connections at a time; a browser makes six at most. */
const MAX_CONNECTIONS = 32;

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
  /** Paths of the files that are read with the input: streams and chunks of its run. */
  readonly others: readonly string[];
  /** Paths that traits of the configuration have. */
  readonly paths: readonly string[];
  /** Configuration with which the page begins. */
  readonly config: Readonly<Record<string, Json>>;
  /** 0 for one that is free. */
  readonly port: number;
  /** Called with each request that has the token. */
  readonly onRequest?: () => void;
}

/**
 * Serves the viewer and the files of one run to browsers on this computer, and no other files. Requests need the token in the address,
 * and the name of this computer as their host, which pages of other sites do not have.
 */
export class ViewerServer implements AsyncDisposable {
  readonly #token = randomBytes(24).toString('base64url');
  readonly #server: Server;

  private constructor(
    private readonly page: string,
    private readonly files: ReadonlyMap<string, string>,
    private readonly onRequest: () => void = () => undefined,
  ) {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** @throws CherenkitError INPUT_MISSING, INPUT_NOT_SEEKABLE; errors of the system for a port that is not free */
  static async start(options: ViewerServerOptions): Promise<ViewerServer> {
    const { input, port, config } = options;
    const isServed = input !== '' && !isUrl(input);
    const others = options.others.map((path, i) => served(path, `file/${i + 1}`));
    const named = options.paths.filter((path) => !isUrl(path)).map((path, i) => served(path, `path/${i + 1}`));
    const files = new Map([...(isServed ? [['file', input] as const] : []), ...[...others, ...named].map(placeOf)]);
    for (const path of files.values()) await expectFile(path);
    const run: ServedRun = {
      others,
      addresses: Object.fromEntries(named.map(({ path, address }) => [path, address])),
      config,
    };
    const page = await readFile(VIEWER_PAGE, 'utf8');
    const meta = [
      ...(input === '' ? [] : [metaOf('cherenkit-file', input)]),
      metaOf('cherenkit-run', JSON.stringify(run)),
    ];
    const server = new ViewerServer(
      page.replace('<meta charset="utf-8" />', (found) => [found, ...meta].join('\n')),
      files,
      options.onRequest,
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
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number): void => void response.writeHead(status, HEADERS).end();
    const { host = '', range } = request.headers;
    // Browsers leave out the default port.
    const [name = '', port = '80'] = host.split(':');
    if (![HOST, 'localhost'].includes(name) || port !== String(this.#port)) return refuse(403);
    const [, token = '', ...parts] = (request.url ?? '').replace(/\?.*/, '').split('/');
    if (!this.#isToken(token)) return refuse(404);
    this.onRequest();
    const address = parts.join('/');
    const path = this.files.get(address);
    if (address === '' ? parts.length !== 1 : path === undefined) return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    if (path === undefined) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
      return void response.end(request.method === 'HEAD' ? undefined : this.page);
    }
    // The file is opened for each answer: it may have been replaced. The page compares the tags of the answers.
    const opened = await openFile(path).catch(() => undefined);
    if (opened === undefined) return refuse(410);
    await using file = opened;
    if (file.size === undefined) return refuse(410);
    const etag = await tagOf(file.name);
    await sendFile(file, file.size, { etag, range, isHead: request.method === 'HEAD' }, response);
  }

  #isToken(text: string): boolean {
    const [given, token] = [Buffer.from(text), Buffer.from(this.#token)];
    return given.length === token.length && timingSafeEqual(given, token);
  }
}

/**
 * Checks that an input can be served, unless it is a URL such as `toymodel:`. Pipes and devices have no size, and cannot be read in
 * ranges; reading from them could wait for ever.
 *
 * @throws CherenkitError INPUT_MISSING, INPUT_NOT_SEEKABLE (66)
 */
export async function expectFile(path: string): Promise<void> {
  if (isUrl(path)) return;
  const found = /^[a-z]+:/i.test(path) ? undefined : await stat(path).catch(() => undefined);
  if (path === '-' || (found && !found.isFile() && !found.isDirectory())) {
    const message = `${path}: expected a file, found a pipe or a device. Write it to a file first.`;
    throw new CherenkitError('INPUT_NOT_SEEKABLE', ExitCode.NO_INPUT, message);
  }
  await (await openFile(path))[Symbol.asyncDispose]();
}

/** A text that changes with the content of a file. */
async function tagOf(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path);
  return `"${[ino, size, mtimeMs].join('-')}"`;
}

async function sendFile(
  file: ByteSource,
  size: number,
  { etag, range, isHead }: { readonly etag: string; readonly range: string | undefined; readonly isHead: boolean },
  response: ServerResponse,
): Promise<void> {
  const headers = { ...HEADERS, etag, 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' };
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

/** A file with its path. Its address ends with its name, by which formats are recognised. */
function served(path: string, place: string): ServedFile & { readonly path: string } {
  const name = basename(path);
  return { name, address: `${place}/${encodeURIComponent(name)}`, path };
}

function placeOf({ address, path }: ServedFile & { readonly path: string }): readonly [address: string, path: string] {
  return [address, path];
}

/** Whether an input is no file, such as `toymodel:`. */
function isUrl(input: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(input) && !/^([a-z]:[\\/]|file:)/i.test(input);
}

function metaOf(name: string, content: string): string {
  return `<meta name="${name}" content="${escaped(content)}">`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
