import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startElectron } from '../../src/cli/start-electron.ts'
import { readStartOptions } from '../../src/workstation/desk/start-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'parfocal-electron-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = { storeFolder: '/data/S', folders: ['/data/P'], simulate: false, recipe: null }

/** A program in Electron's place. */
function program(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!${process.execPath}\n${text}\n`)
  chmodSync(path, 0o755)
  return path
}

// Windows starts no script by its first line.
describe.skipIf(process.platform === 'win32')('Electron', () => {
  test('is told what to open, and which Node runs the workers', async () => {
    const said = join(folder, 'said.json')
    const keep = `
      const { PARFOCAL_START, PARFOCAL_NODE, ELECTRON_RUN_AS_NODE } = process.env
      const said = { start: PARFOCAL_START, node: PARFOCAL_NODE, asNode: ELECTRON_RUN_AS_NODE }
      require('node:fs').writeFileSync(${JSON.stringify(said)}, JSON.stringify(said))`
    process.env['ELECTRON_RUN_AS_NODE'] = '1'
    const failure = await startElectron(program('electron.cjs', keep), options)
    delete process.env['ELECTRON_RUN_AS_NODE']
    expect(failure).toBeNull()
    const { start, node, asNode } = JSON.parse(readFileSync(said, 'utf8')) as Record<string, string>
    expect(readStartOptions(start)).toEqual({ ok: true, value: options })
    expect([node, asNode]).toEqual([process.execPath, undefined])
  })

  test('hands on how it ended', async () => {
    const before = process.exitCode
    expect(await startElectron(program('two.cjs', 'process.exit(2)'), options)).toBeNull()
    expect(process.exitCode).toBe(2)
    process.exitCode = before
  })

  test('that cannot begin says so, and leaves the window to the browser', async () => {
    const lacking = program('lacking.cjs', 'process.exit(127)')
    expect(await startElectron(lacking, options)).toContain('could not begin')
    expect(await startElectron(join(folder, 'nothing'), options)).toContain('could not be started')
  })
})
