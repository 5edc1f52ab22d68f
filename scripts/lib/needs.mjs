import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const wanted = [
  { name: 'chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'], install: 'apt-get install -y chromium' },
  { name: 'redisServer', commands: ['redis-server'], install: 'apt-get install -y redis-server' },
];

/** What tests may ask of the machine beyond Node and npm; `path` is null where it is missing. */
export function findNeeds(searchPath = process.env.PATH) {
  return wanted.map(({ name, commands, install }) => ({ name, install, path: findCommand(commands, searchPath) }));
}

/** The first of `commands` that is an executable file on `searchPath`, or null. */
function findCommand(commands, searchPath) {
  const folders = (searchPath ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const command of commands) {
    const found = folders.map((folder) => join(folder, command)).find(isExecutableFile);
    if (found) return found;
  }
  return null;
}

function isExecutableFile(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
