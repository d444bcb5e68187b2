import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { artifactPath, keepArtifact } from '#workstation/record/artifacts.ts'
import { unfinishedFolder } from '#workstation/store/open-store.ts'
import { temporaryFolder } from '../../support/stores.ts'

describe('an artifact', () => {
  test('lies under the hash of its bytes', () => {
    const store = temporaryFolder()
    const artifact = keepArtifact(store, new TextEncoder().encode('abc'), 'txt')
    // FIPS 180-4, example "abc"
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(artifact).toEqual({ sha256, bytes: 3, location: `ba/${sha256}.txt` })
    expect(readFileSync(artifactPath(store, artifact.location), 'utf8')).toBe('abc')
  })

  test('is one file however often it is kept, and leaves nothing unfinished', () => {
    const store = temporaryFolder()
    mkdirSync(unfinishedFolder(store), { recursive: true })
    const bytes = Uint8Array.of(1, 2, 3)
    expect(keepArtifact(store, bytes, 'bin')).toEqual(keepArtifact(store, bytes, 'bin'))
    expect(readdirSync(unfinishedFolder(store))).toEqual([])
  })
})
