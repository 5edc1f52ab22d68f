/** `npm run replay`: posts recorded dispatches through the public API of a running server and tells what became of them. */
import { loadMapping, MappingError } from './replay/mapping.js';
import { readOptions, USAGE, UsageError } from './replay/options.js';
import { run } from './replay/run.js';

export interface ReplayCall {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly mappingFile: URL;
}

/** The exit code: 0 when every record was taken in and none was lost or doubled. */
export async function replay({ argv, env, mappingFile }: ReplayCall): Promise<number> {
  try {
    const options = readOptions(argv, env);
    return await run(options, await loadMapping(mappingFile), (line) => process.stdout.write(`${line}\n`));
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}\n`);
    else if (error instanceof MappingError) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`The replay stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
