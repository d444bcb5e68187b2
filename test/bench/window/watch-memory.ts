import type { Browser } from 'playwright-core'
import { openPage, residentMegabytes, rounded } from './open-page.ts'
import { timeOf } from './time-fields.ts'
import { writeFields } from './written-fields.ts'

const FIELDS = 500
const EVERY = 50

/** What window and host hold while somebody goes through 500 fields, one after the other. */
export async function watchMemory(browser: Browser, scratch: string): Promise<unknown> {
  // Large enough for all of them not to fit into what the viewer keeps.
  const { args } = writeFields(scratch, { fields: FIELDS, channels: 3, side: 512 })
  const { page, workstation, close } = await openPage(browser, args)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const held: unknown[] = []
  try {
    await timeOf(page, 1, { hash: '#/field/1/1' })
    for (let field = 2; field <= FIELDS; field += 1) {
      await timeOf(page, field, { key: ']' })
      if (field % EVERY !== 0) continue
      await session.send('HeapProfiler.collectGarbage')
      const { metrics } = await session.send('Performance.getMetrics')
      const metric = (name: string): number =>
        metrics.find(each => each.name === name)?.value ?? NaN
      const { usedSize, backingStorageSize = NaN } = (await session.send(
        'Runtime.getHeapUsage',
      )) as { readonly usedSize: number; readonly backingStorageSize?: number }
      held.push({
        field,
        heap: megabytes(usedSize),
        arrays: megabytes(backingStorageSize),
        textures: megabytes(await page.evaluate(() => window.graphics.textureBytes)),
        nodes: metric('Nodes'),
        listeners: metric('JSEventListeners'),
        host: residentMegabytes(workstation.process.pid!),
      })
    }
    return held
  } finally {
    await close()
  }
}

function megabytes(bytes: number): number {
  return rounded(bytes / 2 ** 20)
}
