import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { RecordId } from '#core/brand.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { artifactPath, keepArtifact } from '#workstation/record/artifacts.ts'
import { insertGenerated } from '#workstation/store/activities.ts'
import { first } from '#workstation/store/db.ts'
import { planeView } from '#workstation/pixels/view.ts'
import { viewPath } from '#workstation/pixels/view-cache.ts'
import {
  faultOf,
  pixelDesk,
  samplesOf,
  simulate,
  size,
  tile,
  writeLarge,
  type DeskPlane,
  type PixelDesk,
} from '../../support/pixel-desk.ts'
import { temporaryFolder } from '../../support/stores.ts'

describe('the answer for a tile', () => {
  test('may be kept for ever and used by nobody else', async () => {
    const desk = await pixelDesk(await simulate())
    const { headers } = await desk.ask(tile(desk.planes[0]!))
    expect(headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable')
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Content-Length')).toBe(String(96 * 64 * 2))
  })
})

describe('a file that is not what it was', () => {
  test('rewritten since is another version, cached or not', async () => {
    const folder = await simulate()
    const desk = await pixelDesk(folder)
    const [plane] = desk.planes as [DeskPlane]
    expect((await desk.ask(tile(plane))).status).toBe(200)
    utimesSync(plane.path, 1, 1)
    // One look at a file holds for a second.
    await new Promise(resolve => setTimeout(resolve, 1_100))
    expect(await faultOf(await desk.ask(tile(plane)))).toEqual([410, 'file-changed'])
  })

  test('under an older name is not handed out', async () => {
    const desk = await pixelDesk(await simulate())
    const older = { ...desk.planes[0]!, version: '0123456789abcdef0123456789abcdef' }
    expect(await faultOf(await desk.ask(tile(older)))).toEqual([410, 'file-changed'])
  })

  test('cut short is a fault with its name, and costs nothing else', async () => {
    const folder = await simulate({ wells: 2 })
    const [name] = readdirSync(join(folder, 'TimePoint_1')).sort()
    const path = join(folder, 'TimePoint_1', name!)
    truncateSync(path, 5_000)
    const desk = await pixelDesk(folder)
    const [bad, good] = desk.planes as [DeskPlane, DeskPlane]
    const response = await desk.ask(tile(bad))
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await faultOf(response)).toEqual([422, 'image-truncated'])
    expect((await desk.ask(tile(good))).status).toBe(200)
  })

  test('gone is still shown where it was looked at before', async () => {
    const folder = await simulate({ wells: 2 })
    const desk = await pixelDesk(folder)
    const [seen, unseen] = desk.planes as [DeskPlane, DeskPlane]
    await desk.ask(tile(seen))
    for (const { path } of [seen, unseen]) rmSync(path)
    await new Promise(resolve => setTimeout(resolve, 1_100))
    expect((await desk.ask(tile(seen))).status).toBe(200)
    expect(await faultOf(await desk.ask(tile(unseen)))).toEqual([404, 'file-not-found'])
  })
})

describe('many requests', () => {
  test('for one plane at once decode it once', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    const { planeId, version } = plane
    const responses = await Promise.all([
      ...[0, 1, 2].flatMap(column => [0, 1].map(row => desk.ask(tile(plane, 0, column, row)))),
      desk.ask(tile(plane, 1, 0, 0)),
      desk.ask({ kind: 'about', planeId, version }),
    ])
    expect(responses.map(({ status }) => status)).toEqual(new Array(8).fill(200))
    await desk.ask(tile(plane, 2, 0, 0))
    expect(desk.jobs.filter(job => job === 'plane')).toEqual(['plane'])
  })

  test('that nobody waits for any more are dropped before a worker has them', async () => {
    const desk = await pixelDesk(await simulate({ wells: 6, fields: 2, width: 700, height: 700 }))
    const leaving = new AbortController()
    const { signal } = leaving
    const unwanted = desk.planes.slice(0, -1).map(plane => desk.ask(tile(plane), { signal }))
    const wanted = desk.ask(tile(desk.planes.at(-1)!))
    await new Promise(resolve => setTimeout(resolve, 5))
    leaving.abort()
    const statuses = (await Promise.all(unwanted)).map(({ status }) => status)
    expect(statuses).toContain(499)
    expect((await wanted).status).toBe(200)
    const { folder } = desk.workstation.store
    const made = desk.planes.filter(plane => existsSync(viewPath(folder, planeView(plane).name)))
    expect(made.length).toBeLessThan(desk.planes.length)
  })

  test('one of which is dropped still answer the others', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    const leaving = new AbortController()
    const unwanted = desk.ask(tile(plane), { signal: leaving.signal })
    const wanted = desk.ask(tile(plane, 0, 1, 0))
    leaving.abort()
    expect((await unwanted).status).toBe(499)
    expect((await wanted).status).toBe(200)
  })
})

describe('the view cache', () => {
  test('is never believed when it is short or damaged', async () => {
    const desk = await pixelDesk(await simulate())
    const [plane] = desk.planes as [DeskPlane]
    const whole = await samplesOf(await desk.ask(tile(plane)))
    const damages: ((path: string, size: number) => void)[] = [
      (path, length) => truncateSync(path, length - 1),
      path => truncateSync(path, 0),
      (path, length) => {
        const content = readFileSync(path)
        content.fill(0, length >> 1)
        writeFileSync(path, content)
      },
      path => writeFileSync(path, 'no view at all, but long enough to be looked at'),
    ]
    for (const damage of damages) {
      for (const path of cachedViews(desk)) damage(path, statSync(path).size)
      expect(await samplesOf(await desk.ask(tile(plane)))).toEqual(whole)
    }
    expect(desk.jobs.filter(job => job === 'plane').length).toBe(1 + damages.length)
  })

  test('stays within its bound by what was looked at longest ago', async () => {
    const planeBytes = 400 * 400 * 2
    const folder = await simulate({ wells: 6, fields: 2, width: 400, height: 400 })
    const desk = await pixelDesk(folder, { cacheBytes: 5 * planeBytes })
    for (const plane of desk.planes) await desk.ask(tile(plane))
    await expect
      .poll(() => cachedViews(desk).reduce((sum, path) => sum + statSync(path).size, 0))
      .toBeLessThan(5 * planeBytes)
    expect(desk.jobs).toContain('sweep')
    const before = desk.jobs.length
    await desk.ask(tile(desk.planes.at(-1)!))
    expect(desk.jobs.length).toBe(before)
  })

  test('may be deleted at any time', async () => {
    const desk = await pixelDesk(await simulate())
    const [plane] = desk.planes as [DeskPlane]
    await desk.ask(tile(plane))
    rmSync(join(desk.workstation.store.folder, 'cache'), { recursive: true })
    expect((await desk.ask(tile(plane))).status).toBe(200)
  })
})

function cachedViews({ workstation }: PixelDesk): readonly string[] {
  return readdirSync(join(workstation.store.folder, 'cache'), {
    recursive: true,
    withFileTypes: true,
  })
    .filter(entry => entry.isFile() && entry.name.endsWith('.view'))
    .map(entry => join(entry.parentPath, entry.name))
}
describe('a map of networks', () => {
  const [width, height] = [31, 17]
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => (i * 7) % 256)

  /** A record with a map of one kind. */
  async function desk() {
    const served = await pixelDesk(await simulate())
    const { db, folder } = served.workstation.store
    const record = first<{ id: RecordId }>(db, 'SELECT id FROM activity')!.id
    const artifact = keepArtifact(folder, encodeTiff({ width, height, pixels }, deflateSync), 'tif')
    insertGenerated(db, record, { kind: 'artifact', role: 'map.entropy', ...artifact })
    return { ...served, record, path: artifactPath(folder, artifact.location) }
  }

  test('is its artifact, for ever, and is made once', async () => {
    const { ask, jobs, record } = await desk()
    const request = { kind: 'prediction-map', record, map: 'entropy' } as const
    for (let i = 0; i < 2; i += 1) {
      const response = await ask(request)
      expect(response.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable')
      expect(size(response)).toBe(`uint8 ${width} ${height}`)
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(pixels))
    }
    expect(jobs.filter(job => job === 'prediction-map')).toHaveLength(1)
  })

  test('of a kind or a record that is not there is named', async () => {
    const { ask, record } = await desk()
    const other = { kind: 'prediction-map', record, map: 'saliency' } as const
    expect(await faultOf(await ask(other))).toEqual([404, 'record-not-found'])
    const strange = { ...other, record: 'f'.repeat(64) as RecordId }
    expect(await faultOf(await ask(strange))).toEqual([404, 'record-not-found'])
  })

  test('whose artifact is gone is named, and costs nothing else', async () => {
    const { ask, record, path, planes } = await desk()
    const request = { kind: 'prediction-map', record, map: 'entropy' } as const
    rmSync(path)
    expect(await faultOf(await ask(request))).toEqual([404, 'artifact-missing'])
    expect((await ask(tile(planes[0]!))).status).toBe(200)
  })

  test('that nobody waits for any more is dropped', async () => {
    const { ask, record } = await desk()
    const leaving = new AbortController()
    const request = { kind: 'prediction-map', record, map: 'entropy' } as const
    const unwanted = ask(request, { signal: leaving.signal })
    leaving.abort()
    expect((await unwanted).status).toBe(499)
    expect((await ask(request)).status).toBe(200)
  })
})

describe('what is not an address', () => {
  test.each([
    '/pixels/tile/1/../../../etc/passwd',
    '/pixels/tile/1/%2e%2e/0/0/0',
    '/pixels/about/1%2f2/0123456789abcdef',
    '/pixels/about/-1/0123456789abcdef',
    '/pixels/cache/unfinished',
    '/pixels/',
    '/pixels/atlas/1/DAPI/4000000000/now',
  ])('leads nowhere: %s', async path => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'empty'))
    const desk = await pixelDesk(folder)
    expect(await faultOf(await desk.ask(path))).toEqual([404, 'bad-request'])
  })

  test('a plane that is not in the store is not there', async () => {
    const desk = await pixelDesk(await simulate())
    const response = await desk.ask('/pixels/about/4711/0123456789abcdef')
    expect(await faultOf(response)).toEqual([404, 'plane-not-found'])
  })

  test('nothing can be put here', async () => {
    const desk = await pixelDesk(await simulate())
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await desk.ask(tile(desk.planes[0]!), { method })).status).toBe(405)
    }
  })

  test('a HEAD request gets the headers alone', async () => {
    const desk = await pixelDesk(await simulate())
    const response = await desk.ask(tile(desk.planes[0]!), { method: 'HEAD' })
    expect(size(response)).toBe('uint16 96 64')
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })
})
