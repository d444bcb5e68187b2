import { writeFileSync } from 'node:fs'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { tiffPages } from './tiff-pages.ts'

// node test/golden/image/write-tiffs.ts && python3 test/golden/image/read_tiffs.py
for (const [name, page] of Object.entries(tiffPages)) {
  writeFileSync(new URL(`${name}.tif`, import.meta.url), encodeTiff(page))
}
