import { spawn } from 'node:child_process';

/** Best effort: where there is no browser to open, the address stands on the screen anyway. */
export function openBrowser(url: string): void {
  const child = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [url], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined).unref();
}
