import { chmod, mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lookAgain, surveyFile, surveyFolder } from '#workstation/intake/survey-folder.ts'
import { isTemporary } from '#workstation/temporary-name.ts'

let root: string

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'survey-')))
})

afterEach(async () => {
  await rm(root, { recursive: true })
})

async function write(path: string, content = 'x'): Promise<void> {
  const absolute = join(root, path)
  await mkdir(dirname(absolute), { recursive: true })
  await writeFile(absolute, content)
}

async function paths(): Promise<readonly string[]> {
  return (await surveyFolder(root)).files.map(({ path }) => path)
}

describe('a survey', () => {
  test('lists the files of all folders below, in code-unit order', async () => {
    for (const path of ['b.tif', 'B.tif', 'a/c.tif', 'a.tif', 'a/b/d.tif', 'é.tif'])
      await write(path)
    expect(await paths()).toEqual(['B.tif', 'a.tif', 'a/b/d.tif', 'a/c.tif', 'b.tif', 'é.tif'])
  })

  test('says how large and how old each file is, to the nanosecond', async () => {
    await write('a.tif', '12345')
    await utimes(join(root, 'a.tif'), 1_700_000_000, 1_700_000_000)
    expect((await surveyFolder(root)).files).toEqual([
      {
        path: 'a.tif',
        absolute: join(root, 'a.tif'),
        bytes: 5,
        modified: '1700000000000000000',
      },
    ])
  })

  test('leaves out hidden and temporary files, and counts them', async () => {
    for (const path of ['a.tif', '.b.tif', 'c.tif.part', 'Thumbs.db', '.git/config', '._a.tif'])
      await write(path)
    const { files, skipped } = await surveyFolder(root)
    expect(files.map(({ path }) => path)).toEqual(['a.tif'])
    expect(skipped).toBe(5)
  })

  test('follows links to files and folders, none twice', async () => {
    await write('run/a.tif')
    await symlink(join(root, 'run/a.tif'), join(root, 'linked.tif'))
    await symlink(join(root, 'run'), join(root, 'again'))
    await symlink(root, join(root, 'run/up'))
    expect(await paths()).toEqual(['linked.tif', 'run/a.tif'])
  })

  test('follows a link to a folder elsewhere', async () => {
    await write('elsewhere/deep/a.tif')
    await mkdir(join(root, 'here'))
    await symlink(join(root, 'elsewhere'), join(root, 'here/link'))
    const { files } = await surveyFolder(join(root, 'here'))
    expect(files.map(({ path }) => path)).toEqual(['link/deep/a.tif'])
  })

  test('says what it could not look at, and lists the rest', async () => {
    await write('a.tif')
    await symlink(join(root, 'nowhere'), join(root, 'dangling.tif'))
    const { files, faults } = await surveyFolder(root)
    expect(files.map(({ path }) => path)).toEqual(['a.tif'])
    expect(faults).toEqual([{ kind: 'file-not-found', path: join(root, 'dangling.tif') }])
  })

  test.skipIf(process.getuid?.() === 0)('says which folder it may not open', async () => {
    await write('closed/a.tif')
    await chmod(join(root, 'closed'), 0o000)
    const { faults } = await surveyFolder(root)
    await chmod(join(root, 'closed'), 0o700)
    expect(faults).toEqual([
      { kind: 'folder-offline', path: join(root, 'closed'), detail: 'EACCES' },
    ])
  })

  test('stops at a depth that no instrument reaches', async () => {
    const deep = Array.from({ length: 33 }, (_, depth) => `d${depth}`)
    await write([...deep, 'a.tif'].join('/'))
    const { files, faults } = await surveyFolder(root)
    expect(files).toEqual([])
    expect(faults).toMatchObject([{ kind: 'folder-offline', path: join(root, ...deep) }])
  })

  test('of a folder that is not there is empty, and says so', async () => {
    const path = join(root, 'nowhere')
    expect(await surveyFolder(path)).toEqual({
      root: path,
      files: [],
      skipped: 0,
      faults: [{ kind: 'folder-not-found', path }],
    })
  })

  test('ends when it is told to', async () => {
    await expect(surveyFolder(root, AbortSignal.abort())).rejects.toThrow('abort')
  })

  test('of one file has the folder of that file for its root', async () => {
    await write('run/a.tif')
    const survey = await surveyFile(join(root, 'run/a.tif'))
    expect(survey).toMatchObject({ root: join(root, 'run'), files: [{ path: 'a.tif' }] })
  })

  test('of one file that is not there says so', async () => {
    const path = join(root, 'a.tif')
    const { files, faults } = await surveyFile(path)
    expect({ files, faults }).toEqual({ files: [], faults: [{ kind: 'file-not-found', path }] })
  })
})

describe('looking at a file again', () => {
  test('gives what a survey gives', async () => {
    await write('run/a.tif', '123')
    expect(await lookAgain(root, 'run/a.tif')).toEqual((await surveyFolder(root)).files[0])
  })

  test('gives nothing once it is gone', async () => {
    expect(await lookAgain(root, 'run/a.tif')).toBe('gone')
  })
})

test.each([
  ['.hidden', true],
  ['~$map.xlsx', true],
  ['a.tif.tmp', true],
  ['a.TIF.PART', true],
  ['a.tif~', true],
  ['Thumbs.db', true],
  ['.zattrs', false],
  ['a.tif', false],
  ['template.tif', false],
])('%s is temporary: %s', (name, temporary) => {
  expect(isTemporary(name)).toBe(temporary)
})
