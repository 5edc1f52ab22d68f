/** What the build writes into the worker: every file a peer's page needs to open, and one name for all of them together. */
export interface Shell {
  readonly version: string;
  readonly files: readonly string[];
}

const PREFIX = 'pd-shell-';
const INDEX = '/index.html';
/** A phone at the edge of the network opens from what it has instead of waiting for ever. */
const PATIENCE_MS = 4_000;
/** What looks like an address of ours and is no page. */
const NO_PAGE = /^\/(api|docs|openapi\.json|metrics|healthz|readyz)(\/|$)/;

type Keep = 'page' | 'file' | 'leave';

/** What the worker does about a request. Answers of the API and what others own go past it. */
export function keepFor(request: { readonly method: string; readonly mode: string; readonly url: string }, origin: string, shell: Shell): Keep {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return 'leave';
  if (request.mode === 'navigate') return NO_PAGE.test(url.pathname) ? 'leave' : 'page';
  return shell.files.includes(url.pathname) ? 'file' : 'leave';
}

/** The page's own files on this device, so that it opens without a network and can say so. */
export class ShellCache {
  private readonly name: string;

  constructor(
    private readonly shell: Shell,
    private readonly caches: CacheStorage,
  ) {
    this.name = PREFIX + shell.version;
  }

  async fill(): Promise<void> {
    const cache = await this.caches.open(this.name);
    await cache.addAll([new Request(INDEX, { cache: 'reload' }), ...this.shell.files]);
  }

  /** Forgets what earlier versions kept. */
  async tidy(): Promise<void> {
    const names = await this.caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== this.name).map((name) => this.caches.delete(name)));
  }

  /** The network's page where there is one; what is kept when there is none, or none in time. */
  async page(request: Request): Promise<Response> {
    const network = fetch(request).catch(() => Response.error());
    const inTime = await Promise.race([network, new Promise<null>((late) => setTimeout(late, PATIENCE_MS, null))]);
    // A broken answer has the status 0.
    if (inTime !== null && inTime.status > 0 && inTime.status < 500) return inTime;
    return (await this.kept(INDEX)) ?? network;
  }

  /** Its name changes with its content, so what is kept is never out of date. */
  async file(request: Request): Promise<Response> {
    return (await this.kept(request)) ?? fetch(request);
  }

  private async kept(request: Request | string): Promise<Response | undefined> {
    return (await this.caches.open(this.name)).match(request);
  }
}
