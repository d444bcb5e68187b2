import { expect, test } from 'vitest'
import { FolderHandle } from '#contract/folders.ts'
import { createFolderHandles } from '#workstation/desk/folder-handles.ts'

test('a folder has one handle, which says nothing about it and cannot be guessed', () => {
  const handles = createFolderHandles()
  const handle = handles.handleOf('/data/plate 1')
  expect(FolderHandle.safeParse(handle).success).toBe(true)
  expect(handles.handleOf('/data/plate 1')).toBe(handle)
  expect(handles.handleOf('/data/plate 2')).not.toBe(handle)
  expect(handles.pathOf(handle)).toBe('/data/plate 1')
  // 18 bytes: other sessions have other handles.
  expect(createFolderHandles().handleOf('/data/plate 1')).not.toBe(handle)
  expect(createFolderHandles().pathOf(handle)).toBeUndefined()
})

test('a path is no handle', () => {
  const handles = createFolderHandles()
  handles.handleOf('/data')
  expect(handles.pathOf('/data')).toBeUndefined()
})

test('those shown longest ago are forgotten first', () => {
  const handles = createFolderHandles()
  const [first, second] = ['/1', '/2'].map(handles.handleOf)
  for (let i = 3; i <= 20_000; i += 1) handles.handleOf(`/${i}`)
  handles.handleOf('/1')
  handles.handleOf('/one too many')
  expect(handles.pathOf(first!)).toBe('/1')
  expect(handles.pathOf(second!)).toBeUndefined()
})
