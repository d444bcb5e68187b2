import { createInterface } from 'node:readline'
import type { Fault } from '#core/fault.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { pixelHash, pixelType } from './pixel-hash.ts'

// Reads the image files named on stdin, one a line, and prints what came of each as a line of JSON. A process of
// its own, so that a test sees the memory and the time that reading takes, and would see it crash.

export interface ReadOutcome {
  readonly path: string
  readonly milliseconds: number
  /** Most memory that the process has held so far. */
  readonly megabytes: number
  /** The file's fault, or what came of each page. */
  readonly outcome: Fault | readonly PageOutcome[]
}

export type PageOutcome =
  Fault | readonly [width: number, height: number, type: string, hash: string]

async function read(path: string): Promise<ReadOutcome['outcome']> {
  const image = await openImage(path)
  if (!image.ok) return image.fault
  const pages: PageOutcome[] = []
  for (let page = 0; page < image.value.structure.pages.length; page += 1) {
    const raster = await image.value.readPage(page)
    if (!raster.ok) {
      pages.push(raster.fault)
      continue
    }
    toPlane(raster.value)
    const { width, height, pixels } = raster.value
    pages.push([width, height, pixelType(pixels), pixelHash(pixels).slice(0, 16)])
  }
  return pages
}

for await (const path of createInterface({ input: process.stdin })) {
  const start = performance.now()
  const outcome = await read(path)
  const milliseconds = Math.round(performance.now() - start)
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const line: ReadOutcome = { path, milliseconds, megabytes, outcome }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
