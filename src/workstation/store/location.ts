import { join } from 'node:path'

/** Where the store is when nobody says: `parfocal/store` in the user's data folder. */
export function defaultStoreFolder(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): string {
  return join(dataFolder(environment, platform, home), 'parfocal', 'store')
}

function dataFolder(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'win32') return environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share')
}
