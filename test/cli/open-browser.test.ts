import { expect, test } from 'vitest'
import { browserCommand } from '../../src/cli/open-browser.ts'

const address = 'http://127.0.0.1:4711/#code'

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s the address goes to the browser as one word, through no shell',
  platform => {
    const [command, ...args] = browserCommand(platform, address)
    expect(args.at(-1)).toBe(address)
    expect(command).not.toMatch(/^(cmd|sh|bash|start)(\.exe)?$/)
  },
)
