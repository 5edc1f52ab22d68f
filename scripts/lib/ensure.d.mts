interface Options {
  readonly log: (line: string) => void;
  readonly root?: string;
}
export function ensureInstalled(options: Options): Promise<void>;
export function ensureBuilt(options: Options & { readonly only?: 'server' | 'web' }): Promise<void>;
export function isInstalled(root: string): boolean;
