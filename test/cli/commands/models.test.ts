import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parfocal } from '../../support/command-line.ts'
import { writePackage } from '../../support/model-packages.ts'
import { temporaryFolder } from '../../support/stores.ts'

/** Runs `parfocal models …` on a store of its own; `json` is what it prints with `--json`. */
function commandLine() {
  const folder = temporaryFolder()
  const run = (...args: readonly string[]) =>
    parfocal(['models', ...args, '--store', join(folder, 'store')], folder)
  return {
    folder,
    run,
    async json(...args: readonly string[]) {
      const { code, stdout } = await run(...args, '--json')
      return { code, document: JSON.parse(stdout) as unknown }
    },
  }
}

describe('models', () => {
  test('are added, qualified and shown', { timeout: 120_000 }, async () => {
    const { folder, run, json } = commandLine()
    expect(await json('list')).toMatchObject({ code: 0, document: { models: [] } })
    writePackage(join(folder, 'package'))
    expect(await json('add', 'package')).toMatchObject({
      code: 0,
      document: {
        known: false,
        model: {
          reference: 'paper-nuclei@1.0.0',
          state: 'draft',
          lastTest: { passed: true, here: true },
        },
      },
    })
    const set = await run('set', 'paper-nuclei', 'qualified', '--reason', 'it passes here')
    expect(set).toMatchObject({ code: 0, stdout: 'paper-nuclei@1.0.0 is qualified now.\n' })
    const { stdout } = await run('show', 'paper-nuclei@1.0.0')
    for (const words of ['CC0-1.0', 'takes raw (float32)', 'qualified  ', 'it passes here']) {
      expect(stdout).toContain(words)
    }
    const listed = await run('list')
    expect(listed.stdout).toMatch(
      /paper-nuclei@1\.0\.0 {2}instances-from-boundary {2}qualified {2}passed /,
    )
  })

  test('that give something else end in 1, and say by how much', { timeout: 120_000 }, async () => {
    const { folder, run, json } = commandLine()
    const path = writePackage(join(folder, 'package'), { wrong: true })
    const added = await run('add', path)
    expect(added.code).toBe(1)
    expect(added.stdout).toContain('FAILED')
    expect(added.stdout).toContain('probability: ')
    expect(await json('test')).toMatchObject({
      code: 1,
      document: { models: [{ lastTest: { passed: false } }], faults: [] },
    })
    const set = await run('set', 'paper-nuclei', 'qualified', '--reason', 'please')
    expect(set).toMatchObject({ code: 2, stdout: '' })
    expect(set.stderr).toContain('its newest test on this PC failed')
  })

  test.each([
    { args: ['add', 'nowhere'], says: 'nowhere' },
    { args: ['add'], says: 'missing required argument' },
    { args: ['test', 'nothing'], says: 'not registered' },
    { args: ['show', 'nothing'], says: 'not registered' },
    { args: ['set', 'nothing', 'fine', '--reason', 'x'], says: 'allowed: qualified, in-use' },
    { args: ['set', 'nothing', 'retired', '--reason', ' '], says: '--reason is blank' },
    { args: ['set', 'nothing', 'retired'], says: '--reason' },
    { args: ['mend'], says: 'unknown command' },
  ])('that cannot be done end in 2: $args', { timeout: 60_000 }, async ({ args, says }) => {
    const { run } = commandLine()
    const { code, stdout, stderr } = await run(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(says)
  })
})
