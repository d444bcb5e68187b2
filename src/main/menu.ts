import type { MenuItemConstructorOptions } from 'electron'

/**
 * The application's menu, or null where a window needs none.
 *
 * macOS takes Quit, Copy and Paste away from an application without a menu. Electron's own default menu
 * links to the web.
 */
export function applicationMenu(
  platform: NodeJS.Platform,
): readonly MenuItemConstructorOptions[] | null {
  return platform === 'darwin'
    ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]
    : null
}
