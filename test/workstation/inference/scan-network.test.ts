import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { oneNode } from '#workstation/inference/probe-networks.ts'
import { scanNetwork } from '#workstation/inference/scan-network.ts'
import { temporaryFolder } from '../../support/stores.ts'

test('a network that may be run is scanned; what is none is refused under its name', async () => {
  const folder = temporaryFolder()
  const good = join(folder, 'good.onnx')
  const bad = join(folder, 'bad.onnx')
  writeFileSync(good, oneNode().weights)
  writeFileSync(bad, Uint8Array.of(8, 8, 255, 255, 255))
  expect(await scanNetwork(good, 'good.zip: good.onnx')).toEqual({ ok: true, value: undefined })
  expect(await scanNetwork(bad, 'bad.zip: bad.onnx')).toMatchObject({
    ok: false,
    fault: { kind: expect.stringMatching(/^model-/) as string, path: 'bad.zip: bad.onnx' },
  })
})

test('a file that is gone ends in a fault', async () => {
  expect(await scanNetwork(join(temporaryFolder(), 'none.onnx'), 'none')).toMatchObject({
    fault: { kind: 'model-refused', detail: expect.stringContaining('crashed') as string },
  })
})
