import { open } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { fileSource, memorySource } from '#workstation/reading/byte-source.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const write = scratchFolder()

test('a file and memory give the same bytes, at, across and beyond every border', async () => {
  const bytes = Uint8Array.from({ length: 1_200_000 }, (_, i) => (i * 7919) % 256)
  const path = write('bytes', bytes)
  await using handle = await open(path)
  const file = fileSource(path, handle, bytes.length)
  const memory = memorySource(path, bytes)
  for (const offset of [0, 1, 65_530, 65_536, 131_071, 700_000, 1_199_990, 1_200_000, 2 ** 60]) {
    for (const length of [0, 1, 16, 65_536, 200_000]) {
      const [read, expected] = [await file.read(offset, length), await memory.read(offset, length)]
      expect(Buffer.compare(read, expected), `${length} bytes from ${offset}`).toBe(0)
    }
  }
})
