import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reproduceStore } from '#workstation/record/reproduce-store.ts'
import { verifyStore } from '#workstation/record/verify-store.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import { openedWorkstation, writePlate } from '../support/live-store.ts'
import { temporaryFolder } from '../support/stores.ts'
import { valueOf } from '../support/value-of.ts'

test('what was recorded of arrays can be verified and made again, and a chunk that is another is found', async () => {
  const folder = join(temporaryFolder(), 'plate')
  await writePlate(folder, { naming: NAMINGS['ome-zarr-0.5']!, wells: 1 })
  const workstation = openedWorkstation(temporaryFolder())
  const { store, pool } = workstation
  valueOf(await runFolder(workstation, folder, { naming: null, qualityOnly: false }))
  expect((await verifyStore(store)).problems).toEqual([])
  const { different, equal } = await reproduceStore(store, pool, store.folder, null)
  expect(different).toEqual([])
  expect(equal).toBeGreaterThan(0)

  const chunks = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const chunk = join(
    folder,
    chunks.find(path => path.endsWith(join('0', '0', 'c', '0', '0', '0')))!,
  )
  const bytes = readFileSync(chunk)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(chunk, bytes)
  const { problems } = await verifyStore(store)
  expect(problems.map(({ kind, where }) => [kind, where])).toEqual([
    ['file-altered', chunk.slice(0, chunk.indexOf(`${join('0', '0', 'c')}`) + 3)],
  ])
})
