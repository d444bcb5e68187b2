import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pieceOf, readPiece, writeView, type Piece } from '#workstation/pixels/view-file.ts'
import { temporaryFolder } from '../../support/stores.ts'

function piece(name: string, bytes: Uint8Array): Piece {
  return { name, type: 'uint8', width: bytes.length, height: 1, step: 1, bytes }
}

function write(pieces: readonly Piece[]): string {
  const folder = temporaryFolder()
  const path = join(folder, 'aa', 'one.view')
  expect(writeView(path, join(folder, 'unfinished', '1'), pieces)).toBe(readFileSync(path).length)
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([])
  return path
}

const TWO = [piece('a', Uint8Array.of(1, 2, 3)), piece('b', new Uint8Array(0))]

describe('a view in a file', () => {
  test('gives back each piece by its name', async () => {
    const path = write(TWO)
    expect(await readPiece(path, 'a')).toMatchObject({
      state: 'piece',
      piece: { name: 'a', type: 'uint8', width: 3, height: 1, step: 1 },
    })
    for (const { name, bytes } of TWO) {
      const found = await readPiece(path, name)
      expect(found.state === 'piece' && [...found.piece.bytes]).toEqual([...bytes])
    }
    expect(await readPiece(path, 'c')).toEqual({ state: 'no-piece' })
  })

  test('may have more pieces than are written at once, larger than are read at first', async () => {
    const pieces = Array.from({ length: 1500 }, (_, i) =>
      piece(`tile ${i}`, new Uint8Array(100).fill(i)),
    )
    pieces.push(piece('large', new Uint8Array(200_000).fill(9)))
    const path = write(pieces)
    for (const wanted of [pieces[0]!, pieces[1499]!, pieces[1500]!]) {
      const found = await readPiece(path, wanted.name)
      expect(found.state === 'piece' && Buffer.compare(found.piece.bytes, wanted.bytes)).toBe(0)
    }
  })

  test('that is not there is none', async () => {
    expect(await readPiece(join(temporaryFolder(), 'none'), 'a')).toEqual({ state: 'no-view' })
    expect(await readPiece(temporaryFolder(), 'a')).toEqual({ state: 'no-view' })
  })

  test('is not believed when one byte of it is another, or it is of another length', async () => {
    const path = write([piece('a', Uint8Array.of(7, 8, 9, 10, 11))])
    const whole = readFileSync(path)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const damaged = Buffer.from(whole)
          damaged[at]! ^= by
          writeFileSync(path, damaged)
          expect((await readPiece(path, 'a')).state).toBe('no-view')
          expect(pieceOf(damaged, 'a')).toBeNull()
        },
      ),
    )
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length))
      expect((await readPiece(path, 'a')).state, `${length} bytes`).toBe('no-view')
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.of(0)]))
    expect((await readPiece(path, 'a')).state).toBe('no-view')
  })

  test('that cannot be put in its place leaves nothing behind', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'aa'), 'a file where a folder should be')
    expect(() => writeView(join(folder, 'aa', 'x'), join(folder, 'unfinished'), TWO)).toThrow()
    expect(existsSync(join(folder, 'unfinished'))).toBe(false)
  })
})
