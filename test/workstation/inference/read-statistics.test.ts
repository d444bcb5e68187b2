import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readStatistics } from '#workstation/inference/read-statistics.ts'
import { shippedNetwork } from '../../support/shipped-networks.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

test('a network without statistics has none', async () => {
  expect(
    valueOf(await readStatistics({ ...(await shippedNetwork()), statistics: null })),
  ).toBeNull()
})

test('those of a network that ships fit its features', async () => {
  const network = await shippedNetwork()
  const statistics = valueOf(await readStatistics(network))!
  const { outputs, use } = network.description
  const channels = outputs
    .find(({ id }) => id === use!.features)!
    .axes.find(({ kind }) => kind === 'channel')!.channelNames.length
  expect(statistics.mean).toHaveLength(channels)
  expect(valueOf(await readStatistics(network))).toBe(statistics)
})

test.each([
  ['{', 'its statistics are not JSON'],
  ['{}', ''],
  [null, 'no statistics'],
])('%s is refused by the path of its file', async (text, detail) => {
  const path = join(temporaryFolder(), 'ood.json')
  if (text === null) rmSync(path, { force: true })
  else writeFileSync(path, text)
  const read = await readStatistics({ ...(await shippedNetwork()), statistics: path })
  expect(read).toMatchObject({ ok: false, fault: { kind: 'model-invalid', path } })
  if (!read.ok) expect(JSON.stringify(read.fault)).toContain(detail)
})
