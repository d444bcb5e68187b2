import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import { parfocal } from '../support/command-line.ts'
import { temporaryFolder } from '../support/stores.ts'

interface Report {
  readonly plates: readonly {
    readonly name: string
    readonly instrument: string
    readonly wells: number
    readonly fields: number
    readonly planes: {
      readonly expected: number | null
      readonly arrived: number
      readonly unreadable: number
    }
    readonly objects: number
  }[]
  readonly unmatched: readonly string[]
  readonly faults: readonly unknown[]
}

/** `pattern` is for names that no instrument writes. */
const WRITTEN = Object.keys(NAMINGS).filter(name => name !== 'pattern')

test(
  'plates of all instruments lie in one folder, and each is read, judged, recorded and reproduced',
  { timeout: 300_000 },
  async () => {
    const folder = temporaryFolder()
    const order = ['--wells', '2', '--fields', '2', '--channels', '2', '--size', '192x192']
    const simulated = await Promise.all(
      WRITTEN.map((name, i) =>
        parfocal(
          [
            'simulate',
            join('screens', name),
            ...order,
            '--naming',
            name,
            '--seed',
            String(i + 1),
          ].concat(['--defects', 'none', '--json']),
          folder,
        ),
      ),
    )
    for (const { code, stderr } of simulated) expect({ code, stderr }).toMatchObject({ code: 0 })
    const ran = await parfocal(['run', 'screens', '--store', 'store', '--json'], folder)
    const { plates, unmatched, faults } = JSON.parse(ran.stdout) as Report
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    const byName = new Map(plates.map(plate => [plate.name, plate]))
    expect(plates).toHaveLength(WRITTEN.length)
    for (const [i, name] of WRITTEN.entries()) {
      // An Incucyte calls its plates by the vessel's number.
      const plate = byName.get(name === 'incucyte' ? `${101 + i}` : `simulated-${i + 1}`)
      expect(plate, name).toMatchObject({
        instrument: name.replace(/-0\.5$/, ''),
        wells: 2,
        fields: 4,
        planes: { arrived: 8, unreadable: 0 },
      })
      expect([8, null], name).toContain(plate!.planes.expected)
      expect(plate!.objects, name).toBeGreaterThan(0)
    }
    const verified = await parfocal(['verify', 'store', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] })
    const again = await parfocal(['reproduce', 'store', '--sample', '40', '--json'], folder)
    expect(JSON.parse(again.stdout)).toMatchObject({ different: [] })
  },
)
