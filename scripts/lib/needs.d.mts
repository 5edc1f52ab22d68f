export interface Need {
  readonly name: 'chromium' | 'redisServer';
  readonly install: string;
  readonly path: string | null;
}
export declare function findNeeds(searchPath?: string): Need[];
export declare function findCommand(commands: readonly string[], searchPath: string | undefined): string | null;
