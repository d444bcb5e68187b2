import type { SettingsDesk } from './settings-desk.ts'
import type { WatchedFolders } from './watched-folders.ts'

/** Keeps in the settings which folders are watched, for the next start; simulated plates end with this one. */
export function rememberFolders(settings: SettingsDesk, watched: WatchedFolders): void {
  const folders = watched
    .list()
    .filter(({ simulated }) => !simulated)
    .map(({ path, naming, settings: asked }) => ({ path, naming, settings: asked }))
  // Watched all the same when the disk is full: the settings are told again with the next change.
  settings.change({ folders })
}
