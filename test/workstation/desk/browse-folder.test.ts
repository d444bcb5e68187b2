import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FolderListing } from '#contract/folders.ts'
import { browseFolder, mountsIn, TOP } from '#workstation/desk/browse-folder.ts'
import { createFolderHandles } from '#workstation/desk/folder-handles.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

async function browse(path: string, handles = createFolderHandles()) {
  const listed = valueOf(await browseFolder(handles, path))
  return FolderListing.parse(listed)
}

describe('a folder that is browsed', () => {
  test('shows its folders by name and counts its images, without what is hidden', async () => {
    const folder = temporaryFolder()
    for (const name of ['Plate 10', 'plate 2', '.trash']) mkdirSync(join(folder, name))
    symlinkSync(join(folder, 'plate 2'), join(folder, 'link'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken link'))
    for (const name of ['a.tif', 'b.PNG', 'notes.txt', '.c.tif', 'd.tif.part']) {
      writeFileSync(join(folder, name), '')
    }
    const handles = createFolderHandles()
    const listing = await browse(folder, handles)
    expect(listing.folders.map(({ name }) => name)).toEqual(['link', 'plate 2', 'Plate 10'])
    expect(listing.images).toBe(2)
    expect(handles.pathOf(listing.folders[2]!.handle)).toBe(join(folder, 'Plate 10'))
    expect(handles.pathOf(listing.parent!)).toBe(dirname(folder))
  })

  test('leads up to the places to begin at, and no further', async () => {
    const handles = createFolderHandles()
    const top = await browse(TOP, handles)
    expect(top.parent).toBeNull()
    expect(top.folders[0]).toMatchObject({ name: 'Home' })
    expect(handles.pathOf(top.folders[0]!.handle)).toBe(homedir())
    const drive = await browse(handles.pathOf(top.folders[1]!.handle)!, handles)
    expect(handles.pathOf(drive.parent!)).toBe(TOP)
  })

  test('that is gone, or is a file, is named', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.tif'), '')
    for (const path of [join(folder, 'gone'), join(folder, 'a.tif')]) {
      const fault = { kind: 'folder-not-found', path }
      expect(await browseFolder(createFolderHandles(), path)).toEqual({ ok: false, fault })
    }
  })
})

test("people's disks and shares are told from the parts of the system", () => {
  const mounts = `
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
/dev/sda2 /boot/efi vfat rw 0 0
//server/plates /mnt/plates cifs rw 0 0
/dev/sdb1 /media/ada/My\\040Disk exfat rw 0 0
/dev/sdb1 /media/ada/My\\040Disk exfat rw 0 0
server:/vol /data nfs4 rw 0 0
`
  expect(mountsIn(mounts)).toEqual(['/data', '/media/ada/My Disk', '/mnt/plates'])
})
