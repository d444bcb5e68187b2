import { expect, test } from 'vitest'
import { fileFault } from '#workstation/reading/file-fault.ts'

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'open' })
}

test.each(['EBUSY', 'EPERM', 'EACCES', 'EIO', 'ESTALE'])('%s is worth trying again', code => {
  const fault = { kind: 'file-locked', path: 'a.tif', detail: code }
  expect(fileFault('a.tif', systemError(code))).toEqual({ ok: false, fault })
})

test.each(['ENOENT', 'ENOTDIR'])('%s means that the file is gone', code => {
  const fault = { kind: 'file-not-found', path: 'a.tif' }
  expect(fileFault('a.tif', systemError(code))).toEqual({ ok: false, fault })
})

test('what the file system did not say is thrown on', () => {
  expect(() => fileFault('a.tif', new TypeError('a bug'))).toThrow('a bug')
})
