import { spawn } from 'node:child_process'

/** The command that opens an address in the user's browser. None goes through a shell that would read the address. */
export function browserCommand(
  platform: NodeJS.Platform,
  address: string,
): readonly [command: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', address]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address]
  return ['xdg-open', address]
}

/** Opens an address in the browser; one that does not come is no fault, as the address is on the terminal too. */
export function openBrowser(address: string): void {
  const [command, ...args] = browserCommand(process.platform, address)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => process.stderr.write('No browser could be opened. Use the address.\n'))
  child.unref()
}
