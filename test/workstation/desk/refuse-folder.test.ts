import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refuseFolder } from '#workstation/desk/refuse-folder.ts'
import { temporaryFolder } from '../../support/stores.ts'

describe('a folder to be watched', () => {
  const base = (): string => {
    const folder = temporaryFolder()
    for (const path of ['store/artifacts', 'data/plates/1', 'data/plates 2']) {
      mkdirSync(join(folder, path), { recursive: true })
    }
    symlinkSync(join(folder, 'data'), join(folder, 'link'))
    return folder
  }

  test.each([
    { name: 'beside those that are', path: 'data/plates 2', refusal: null },
    { name: 'that is away, beside those that are', path: 'data/gone', refusal: null },
    { name: 'that is watched', path: 'data/plates', refusal: 'folder-watched-already' },
    { name: 'inside one that is', path: 'data/plates/1', refusal: 'folder-watched-already' },
    { name: 'around one that is', path: 'data', refusal: 'folder-watched-already' },
    { name: 'by another name', path: 'link/plates', refusal: 'folder-watched-already' },
    { name: 'with the store in it', path: '.', refusal: 'folder-watched-already' },
    { name: 'that is the store', path: 'store', refusal: 'store-misplaced' },
    { name: 'inside the store', path: 'store/artifacts', refusal: 'store-misplaced' },
  ])('$name', ({ path, refusal }) => {
    const folder = base()
    const watched = [join(folder, 'data/plates')]
    const refused = refuseFolder(join(folder, path), watched, join(folder, 'store'))
    expect(refused?.kind ?? null).toBe(refusal)
  })

  test('may not have the store in it', () => {
    const folder = base()
    const refused = refuseFolder(folder, [], join(folder, 'store'))
    expect(refused).toMatchObject({ kind: 'store-misplaced', path: join(folder, 'store') })
  })
})
