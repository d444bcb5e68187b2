import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parfocal } from '../../support/command-line.ts'
import { temporaryFolder } from '../../support/stores.ts'

const small = ['--wells', '2', '--fields', '1', '--size', '64x48', '--defects', 'none']

describe('parfocal simulate', () => {
  test('writes a plate where the user stands and prints one JSON document', async () => {
    const folder = temporaryFolder()
    const { code, stdout, stderr } = await parfocal(
      ['simulate', 'plate', ...small, '--seed', '7', '--truth', 'truth', '--json'],
      folder,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      folder: join(folder, 'plate'),
      plate: 'simulated-7',
      wells: 2,
      fields: 1,
      planes: { written: 4, missing: 0, truncated: 0 },
      truth: join(folder, 'truth'),
    })
    expect(readdirSync(join(folder, 'plate')).sort()).toEqual(['TimePoint_1', 'simulated-7.HTD'])
    expect(readdirSync(join(folder, 'truth')).sort()).toEqual(['labels', 'truth.csv'])
  })

  test('says by which pattern names are read that no instrument writes', async () => {
    const folder = temporaryFolder()
    const { stderr } = await parfocal(
      ['simulate', 'plate', ...small, '--naming', 'pattern'],
      folder,
    )
    const pattern = /^These names are read by --naming '(.+)'$/m.exec(stderr)![1]!
    const { stdout } = await parfocal(['identify', 'plate', '--naming', pattern, '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject({
      plates: [{ plate: 'simulated-1', wells: ['A01', 'A02'], planes: { arrived: 4 } }],
      unmatched: [],
    })
  })

  test.each([
    { option: '--wells', value: '0', allowed: 'a whole number from 1 to 1536' },
    { option: '--fields', value: '1.5', allowed: 'a whole number from 1 to 100' },
    { option: '--channels', value: '6', allowed: 'a whole number from 1 to 5' },
    { option: '--size', value: '512', allowed: 'WIDTHxHEIGHT, each from 32 to 4096' },
    { option: '--seed', value: 'x', allowed: 'a whole number from 0 to' },
    { option: '--naming', value: 'toString', allowed: 'imagexpress, ' },
    { option: '--rate', value: '0', allowed: 'planes a second, more than 0' },
    { option: '--defects', value: 'smear:0.1', allowed: 'none, or name:fraction' },
  ])('refuses $option $value with what is allowed', async ({ option, value, allowed }) => {
    const folder = temporaryFolder()
    const { code, stdout, stderr } = await parfocal(['simulate', 'plate', option, value], folder)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`${option} is ${value}; allowed: ${allowed}`)
    expect(existsSync(join(folder, 'plate'))).toBe(false)
  })
})
