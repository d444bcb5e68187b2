import { copyFileSync, cpSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { USUAL_WATCH } from '#contract/folders.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { readSettings } from '#workstation/desk/settings-file.ts'
import { auditRows } from '#workstation/store/audit.ts'
import { listAcquisitions } from '#workstation/store/plates.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { BROWSER, liveDesk, type LiveDesk } from '../../support/live-desk.ts'
import { until, writePlate } from '../../support/live-store.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

async function judged(desk: LiveDesk, planes: number): Promise<void> {
  await until(`${planes} verdicts`, () => {
    const states = desk.told('plate.changed').at(-1)?.summary.states
    if (states === undefined) return false
    const { waiting, ...done } = states
    return waiting === 0 && Object.values(done).reduce((sum, n) => sum + n, 0) === planes
  })
}

/** Watches a folder as a window does: by what the host's own dialog gave. */
async function watch(desk: LiveDesk, naming = 'auto') {
  const listing = valueOf(await desk.api['folders.choose'](undefined))!
  return desk.api['folders.watch']({ handle: listing.handle, naming, settings: USUAL_WATCH })
}

const choosing = (path: string) => ({ host: { ...BROWSER, chooseFolder: async () => path } })

describe('a desk', () => {
  test('tells of a plate as it is judged and analysed, and answers for it', async () => {
    const folder = temporaryFolder()
    const plate = join(folder, 'plate')
    await writePlate(plate)
    const desk = await liveDesk(folder, { folders: [plate] })
    await judged(desk, 4)
    await until('objects', () =>
      desk.told('plate.changed').some(({ wells }) => wells.some(({ objects }) => objects !== null)),
    )
    const [summary] = valueOf(await desk.api['plates.list'](undefined))
    expect(summary).toMatchObject({ name: 'simulated-3', wells: 2, fields: 2, expected: 4 })
    const told = desk.told('plate.changed').flatMap(({ wells }) => wells.map(({ well }) => well))
    expect([...new Set(told)].sort()).toEqual(['A01', 'A02'])
    const [field] = valueOf(
      await desk.api['plates.fields']({ plateId: summary!.plateId, well: 'A02', history: false }),
    )
    const [plane] = field!.planes
    const path = `/pixels/about/${plane!.planeId}/${plane!.version}`
    const about = await desk.pixels(new Request(`http://desk${path}`))
    expect(await about.json()).toMatchObject({ width: 96, height: 96 })
    await until('all files counted', () => desk.told('folders.changed').at(-1)?.[0]?.files === 5)
    expect(desk.told('folders.changed').at(-1)).toMatchObject([
      { path: plate, state: 'watching', files: 5, fault: null, simulated: false },
    ])
  })

  test('goes offline with its folder and goes on when it is back', async () => {
    const folder = temporaryFolder()
    const plate = join(folder, 'plate')
    mkdirSync(plate)
    const desk = await liveDesk(folder, { folders: [plate] })
    const state = () => desk.told('folders.changed').at(-1)?.[0]?.state
    await until('watching', () => state() === 'watching')
    renameSync(plate, join(folder, 'away'))
    await until('offline', () => state() === 'offline')
    expect(desk.told('folders.changed').at(-1)![0]!.fault).toMatchObject({
      kind: 'folder-offline',
      detail: 'it is not there',
    })
    await writePlate(join(folder, 'new'), { wells: 1 })
    for (const name of readdirSync(join(folder, 'new'))) {
      renameSync(join(folder, 'new', name), join(folder, 'away', name))
    }
    renameSync(join(folder, 'away'), plate)
    await until('watching again', () => state() === 'watching', 30_000)
    await judged(desk, 2)
  }, 60_000)

  test('remembers settings and folders, and writes down who changed what', async () => {
    const folder = temporaryFolder()
    const plate = join(folder, 'plate')
    await writePlate(plate, { wells: 1 })
    const before = await liveDesk(folder, choosing(plate))
    const changed = valueOf(await before.api['settings.change']({ theme: 'dark', operator: 'Ada' }))
    expect(changed.theme).toBe('dark')
    expect(before.told('settings.changed')).toEqual([changed])
    const watched = valueOf(await watch(before))
    expect(watched).toMatchObject({ path: plate, state: 'starting' })
    await judged(before, 2)
    await before.close()

    const after = await liveDesk(folder)
    expect(valueOf(await after.api['settings.read'](undefined))).toEqual(changed)
    await until('its files', () => after.told('folders.changed').at(-1)?.[0]?.files === 3)
    const folders = valueOf(await after.api['folders.list'](undefined))
    expect(folders).toMatchObject([{ path: plate, naming: 'auto' }])
    valueOf(await after.api['folders.forget']({ folderId: folders[0]!.folderId }))
    await after.close()

    const last = await liveDesk(folder)
    expect(valueOf(await last.api['folders.list'](undefined))).toEqual([])
    expect(valueOf(await last.api['plates.list'](undefined))).toMatchObject([{ wells: 1 }])
    await last.close()
    const store = openStoreReader(join(folder, 'store'))
    if (!store.ok) throw new Error(store.fault.kind)
    const actions = [...auditRows(store.value.db)].map(
      ({ action, entity }) => `${action} ${entity}`,
    )
    store.value.close()
    for (const action of ['change settings', 'watch folder', 'forget folder']) {
      expect(actions).toContain(action)
    }
  })

  test('opens with broken settings, names them and keeps them', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'store'))
    writeFileSync(join(folder, 'store/settings.json'), '{"theme":')
    const desk = await liveDesk(folder)
    expect(desk.faults).toMatchObject([{ kind: 'settings-invalid' }])
    const kept = readdirSync(join(folder, 'store')).filter(name => /^settings\.broken/.test(name))
    expect(kept.length).toBe(1)
    expect(valueOf(await desk.api['settings.read'](undefined)).theme).toBe('system')
  })

  test('refuses what cannot be watched, and handles it never gave', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'plate/inner'), { recursive: true })
    const desk = await liveDesk(folder, {
      folders: [join(folder, 'plate')],
      ...choosing(join(folder, 'plate/inner')),
    })
    expect(await watch(desk)).toMatchObject({ fault: { kind: 'folder-watched-already' } })
    const handle = 'x'.repeat(24)
    for (const reply of [
      await desk.api['folders.browse']({ handle }),
      await desk.api['folders.watch']({ handle, naming: 'auto', settings: USUAL_WATCH }),
    ]) {
      expect(reply).toEqual({ ok: false, fault: { kind: 'folder-handle-unknown' } })
    }
    const top = valueOf(await desk.api['folders.browse']({ handle: null }))
    expect(
      await desk.api['folders.watch']({
        handle: top.handle,
        naming: 'auto',
        settings: USUAL_WATCH,
      }),
    ).toEqual({
      ok: false,
      fault: { kind: 'folder-handle-unknown' },
    })
    const misspelt = await desk.api['folders.watch']({
      handle: top.folders[0]!.handle,
      naming: 'imagexpres',
      settings: USUAL_WATCH,
    })
    expect(misspelt).toMatchObject({ fault: { kind: 'bad-option', value: 'imagexpres' } })
  })

  test('works by another recipe from the moment it is chosen, and after a restart', async () => {
    const folder = temporaryFolder()
    const plate = join(folder, 'plate')
    await writePlate(plate)
    const desk = await liveDesk(folder, { folders: [plate] })
    await judged(desk, 4)
    const { recipe, quality } = valueOf(await desk.api['quality.rules'](undefined))
    expect(recipe).toMatchObject({ name: NUCLEI_FLUORESCENCE.name, inUse: true })
    const stricter = { ...quality, metrics: { ...quality.metrics } }
    const next = await desk.api['recipes.succeed']({
      quality: { ...stricter, rules: quality.rules.slice(1) },
      reason: 'one rule too many',
    } as never)
    const used = valueOf(next)
    expect(used.hash).not.toBe(recipe.hash)
    expect(desk.told('recipe.changed')).toEqual([used])
    const plateId = desk.told('plate.changed')[0]!.summary.plateId
    const verdicts = async () =>
      valueOf(await desk.api['quality.planes']({ plateId, after: 0, metrics: [] })).planeId.length
    await until('all judged again', () => desk.told('plate.changed').length > 0)
    await judged(desk, 4)
    expect(await verdicts()).toBeGreaterThanOrEqual(4)
    await desk.close()

    const after = await liveDesk(folder)
    expect(valueOf(await after.api['quality.rules'](undefined)).recipe).toMatchObject({
      hash: used.hash,
      inUse: true,
    })
  })

  test('simulates nothing where it remembers a folder to watch', async () => {
    const folder = temporaryFolder()
    const plate = join(folder, 'plate')
    mkdirSync(plate)
    const desk = await liveDesk(folder, choosing(plate))
    valueOf(await watch(desk))
    await desk.close()
    const again = await liveDesk(folder, { simulate: true })
    expect(valueOf(await again.api['folders.list'](undefined))).toMatchObject([{ path: plate }])
  })

  test('remembers folders it was given, until somebody stops watching them', async () => {
    const folder = temporaryFolder()
    const [plate, away] = [join(folder, 'plate'), join(folder, 'a share that comes later')]
    await writePlate(plate, { wells: 1 })
    const given = await liveDesk(folder, { folders: [plate, away] })
    await until('one of them offline', () =>
      (given.told('folders.changed').at(-1) ?? []).some(({ state }) => state === 'offline'),
    )
    await judged(given, 2)
    await given.close()

    const next = await liveDesk(folder, { simulate: true, folders: [plate] })
    expect(next.faults).toEqual([])
    const folders = valueOf(await next.api['folders.list'](undefined))
    expect(folders.map(({ path }) => path)).toEqual([plate, away])
    for (const { folderId } of folders) valueOf(await next.api['folders.forget']({ folderId }))
    await next.close()
    expect(valueOf(readSettings(join(folder, 'store'))).folders).toEqual([])

    // Nothing is watched any more, and the store has a plate of the laboratory: none is simulated beside it.
    const last = await liveDesk(folder, { simulate: true })
    expect(valueOf(await last.api['folders.list'](undefined))).toEqual([])
    expect(valueOf(await last.api['plates.list'](undefined))).toHaveLength(1)
  })

  test('reads a folder by another naming when asked, and keeps what it had recognised', async () => {
    const folder = temporaryFolder()
    const plate = join(folder, 'plate')
    await writePlate(plate, { wells: 1 })
    const image = readdirSync(plate, { recursive: true })
      .map(String)
      .find(name => /\.tif$/i.test(name))!
    copyFileSync(join(plate, image), join(plate, 'one more.tif'))
    const desk = await liveDesk(folder, { folders: [plate] })
    const now = () => desk.told('folders.changed').at(-1)?.[0]
    await until('one that is not recognised', () => now()?.unmatched.count === 1)
    await judged(desk, 2)
    const { folderId } = now()!
    const misspelt = await desk.api['folders.reread']({ folderId, naming: 'lose' })
    expect(misspelt).toMatchObject({ fault: { kind: 'bad-option', value: 'lose' } })
    const unknown = await desk.api['folders.reread']({ folderId: 99, naming: 'loose' })
    expect(unknown).toEqual({ ok: false, fault: { kind: 'folder-handle-unknown' } })
    const reread = valueOf(await desk.api['folders.reread']({ folderId, naming: 'loose' }))
    expect(reread).toMatchObject({ folderId, path: plate, naming: 'loose', state: 'starting' })
    expect(reread.unmatched.count).toBe(0)
    await until('a plate of loose images', () =>
      desk.told('plate.changed').some(({ summary }) => summary.name === 'plate'),
    )
    await desk.close()
    expect(valueOf(readSettings(join(folder, 'store'))).folders).toEqual([
      { path: plate, naming: 'loose', settings: USUAL_WATCH },
    ])
    const store = valueOf(openStoreReader(join(folder, 'store')))
    const noted = [...auditRows(store.db)].find(({ action }) => action === 'reread')
    const runs = listAcquisitions(store.db)
    store.close()
    expect(runs.map(({ plate, namedBy }) => [plate, namedBy])).toEqual([
      ['simulated-3', 'index'],
      ['plate', 'loose'],
    ])
    expect(noted).toMatchObject({ oldJson: '{"naming":"auto"}', newJson: '{"naming":"loose"}' })
  })

  test('watches a folder otherwise when asked, and says what waits and what is a copy', async () => {
    const folder = temporaryFolder()
    const screen = join(folder, 'screen')
    await writePlate(join(screen, 'first'), { wells: 1 })
    const desk = await liveDesk(folder, { folders: [screen] })
    const now = () => desk.told('folders.changed').at(-1)?.[0]
    await judged(desk, 2)
    const { folderId, naming, settings } = now()!
    const refused = await desk.api['folders.reread']({
      folderId,
      naming,
      settings: { ...settings, doneMarker: '**' },
    })
    expect(refused).toMatchObject({ fault: { kind: 'bad-option', option: 'done marker' } })
    const asked = { quietSeconds: 0.5, access: 'polling', doneMarker: '*.done' } as const
    valueOf(await desk.api['folders.reread']({ folderId, naming, settings: asked }))
    cpSync(join(screen, 'first'), join(screen, 'second'), { recursive: true })
    await until('what waits', () => now()?.unmarked.count === 2)
    const { paths } = now()!.unmarked
    for (const path of paths) writeFileSync(join(screen, path.replace(/tif$/i, 'done')), '')
    await until('copies', () => now()?.copies.count === 2)
    expect(now()!.copies.paths.toSorted()).toEqual(paths.toSorted())
    await until('that nothing waits', () => now()?.unmarked.count === 0)
    await desk.close()
    expect(valueOf(readSettings(join(folder, 'store'))).folders).toEqual([
      { path: screen, naming: 'auto', settings: asked },
    ])
  })

  test('simulates another plate where the store holds none but simulated ones', async () => {
    const folder = temporaryFolder()
    const first = await liveDesk(folder, { simulate: true })
    await until('a plate', () => first.told('plate.changed').length > 0)
    await first.close()
    const again = await liveDesk(folder, { simulate: true })
    expect(valueOf(await again.api['plates.list'](undefined))).not.toEqual([])
    const [watched] = valueOf(await again.api['folders.list'](undefined))
    expect(watched).toMatchObject({ simulated: true })
  })

  test('says of a simulated plate that its microscope cannot go on', async () => {
    const folder = temporaryFolder()
    const desk = await liveDesk(folder, { simulate: true })
    const [watched] = valueOf(await desk.api['folders.list'](undefined))
    writeFileSync(join(watched!.path, 'of somebody else'), '')
    await until(
      'it says so',
      () => desk.told('folders.changed').at(-1)?.[0]?.fault?.kind === 'output-not-writable',
    )
    expect(desk.told('folders.changed').at(-1)![0]!.state).toBe('failed')
  })

  test('lets a simulated microscope acquire a plate, which ends with it', async () => {
    const folder = temporaryFolder()
    const desk = await liveDesk(folder, { simulate: true })
    const again = await desk.api['folders.simulate'](undefined)
    expect(again).toMatchObject({ fault: { kind: 'folder-watched-already' } })
    await until('a verdict', () =>
      desk.told('plate.changed').some(({ summary }) => summary.states.pass > 0),
    )
    const [watched] = valueOf(await desk.api['folders.list'](undefined))
    expect(watched).toMatchObject({ simulated: true, state: 'watching' })
    expect(watched!.path.startsWith(join(folder, 'store-simulated'))).toBe(true)
    await desk.close()
    const images = () => readdirSync(watched!.path, { recursive: true }).length
    const then = images()
    await new Promise(resolve => setTimeout(resolve, 1000))
    expect(images()).toBe(then)
  })
})
